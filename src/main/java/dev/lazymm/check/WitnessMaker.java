package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Refusal;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an execution graph into an order of kernel steps that a person can follow: only what
 * happens before the harm, in an order in which it can happen, with as few changes of CPU as
 * possible. The {@link Story} says what is told of each step.
 */
final class WitnessMaker {
  private final Explorer explorer;
  private final Execution x;
  private final Graph g;
  private final Finding finding;
  private final int[] needed;
  private final List<List<Operation>> operations = new ArrayList<>();
  private final Story story;

  WitnessMaker(Explorer explorer, Execution x, Finding finding, int[] needed) {
    this.explorer = explorer;
    this.x = x;
    this.g = x.graph();
    this.finding = finding;
    this.needed = needed;
    story = new Story(x, finding, needed);
  }

  /** {@return how many events of each CPU happen before the harm, or are it} */
  static int[] needed(Execution x, Finding finding) {
    Graph g = x.graph();
    int[] needed = new int[g.threads];
    for (int e : finding.events()) {
      for (int t = 0; t < g.threads; t++) {
        for (int i = needed[t]; i < g.length[t]; i++) {
          if (x.isBefore(g.po[t][i], e)) {
            needed[t] = i + 1;
          }
        }
      }
    }
    return needed;
  }

  Witness make() {
    for (int t = 0; t < g.threads; t++) {
      operations.add(record(t));
    }
    return new Witness(g.threads, steps());
  }

  /** Runs a CPU's script once more against the graph and writes down what it does. */
  private List<Operation> record(int t) {
    List<Operation> list = new ArrayList<>();
    CheckCpu cpu = explorer.cpu(t);
    cpu.record(
        new Recorder() {
          private String action = "";
          private String step = "";
          private String interrupted = "";

          @Override
          public void operation(
              int event,
              String what,
              @Nullable Cell cell,
              long old,
              long value,
              @Nullable Site site) {
            if (what.equals("irq")) {
              interrupted = step;
            } else if (what.equals("iret")) {
              step = interrupted;
              return;
            }
            list.add(new Operation(event, action, step, what, cell, old, value, site));
          }

          @Override
          public void step(String name) {
            step = name;
          }

          @Override
          public void action(String text) {
            action = text;
          }
        });
    try {
      explorer.replay(t, g);
    } catch (Refusal | Footprint.Restart e) {
      throw e;
    } catch (RuntimeException e) {
      // the code of this CPU fails here; what led to it is written down
    } finally {
      cpu.record(null);
    }
    int end = list.size();
    for (int i = list.size() - 1; i >= 0; i--) {
      int e = list.get(i).event();
      if (e >= 0 && g.index[e] >= needed[t]) {
        end = i;
      }
    }
    if (needed[t] < g.length[t]) {
      while (end > 0 && list.get(end - 1).event() < 0) {
        end--;
      }
    }
    return list.subList(0, needed[t] == 0 ? 0 : end);
  }

  private List<Witness.Step> steps() {
    int n = g.threads;
    int[] at = new int[n];
    int[] done = new int[n];
    List<Witness.Step> steps = new ArrayList<>();
    int cpu = 0;
    Pending pending = null;
    while (true) {
      int t = next(cpu, at, done);
      if (t < 0) {
        break;
      }
      cpu = t;
      Operation o = operations.get(t).get(at[t]++);
      if (o.event() >= 0) {
        done[t] = g.index[o.event()] + 1;
        if (g.kind[o.event()] == Kind.RMW_R || g.kind[o.event()] == Kind.LOCK_R) {
          done[t] += g.succeeds(o.event()) ? 1 : 0;
        }
      }
      if (pending == null || !pending.takes(t, o)) {
        if (pending != null) {
          pending.flush(steps);
        }
        pending = new Pending(t, o.action(), o.step());
      }
      pending.add(o);
    }
    if (pending != null) {
      pending.flush(steps);
    }
    return steps;
  }

  /** The CPU that goes on: the same one while it can, else the lowest. */
  private int next(int cpu, int[] at, int[] done) {
    for (int i = 0; i < g.threads; i++) {
      int t = (cpu + i) % g.threads;
      if (at[t] < operations.get(t).size() && ready(t, operations.get(t).get(at[t]), done)) {
        return t;
      }
    }
    return -1;
  }

  private boolean ready(int t, Operation o, int[] done) {
    int e = o.event();
    if (e < 0) {
      return true;
    }
    for (int u = 0; u < g.threads; u++) {
      if (u != t) {
        for (int i = done[u]; i < needed[u]; i++) {
          if (x.isBefore(g.po[u][i], e) || (isWritePart(e) && x.isBefore(g.po[u][i], e + 1))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean isWritePart(int e) {
    return (g.kind[e] == Kind.RMW_R || g.kind[e] == Kind.LOCK_R) && g.succeeds(e);
  }

  /** A step in the making. */
  private final class Pending {
    private final int cpu;
    private final String action;
    private final String step;
    private final List<String> sites = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private boolean bad;

    Pending(int cpu, String action, String step) {
      this.cpu = cpu;
      this.action = action;
      this.step = step;
    }

    boolean takes(int t, Operation o) {
      return t == cpu && o.step().equals(step) && o.action().equals(action);
    }

    void add(Operation o) {
      if (story.tells(o)) {
        story.text(o).ifPresent(cells::add);
      }
      if (o.site() != null && !sites.contains(o.site().name())) {
        sites.add(o.site().name());
      }
      bad |= o.event() >= 0 && o.event() == finding.events().getLast();
    }

    void flush(List<Witness.Step> to) {
      if (!cells.isEmpty() || bad) {
        String text = step.isEmpty() ? action : step;
        to.add(new Witness.Step(cpu, action, text, String.join(",", sites), cells, bad));
      }
    }
  }
}
