package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<Witness.Step> steps = new ArrayList<>();
  private final List<Witness.Ipi> ipis = new ArrayList<>();

  /** The value of each cell with ADDs, where it is told. */
  private final Map<Integer, Long> values = new HashMap<>();

  /** The step that each SEND event is in. */
  private final Map<Integer, Integer> sentIn = new HashMap<>();

  /** Events that are told in any case. */
  private final Set<Integer> told;

  /** The step that each event is in which is told, or done by a step that is. */
  private final Map<Integer, Integer> stepOf = new HashMap<>();

  WitnessMaker(Explorer explorer, Execution x, Finding finding) {
    this(explorer, x, finding, Set.of());
  }

  /**
   * @param told events that are to be told of in any case
   */
  WitnessMaker(Explorer explorer, Execution x, Finding finding, Set<Integer> told) {
    this.told = Set.copyOf(told);
    this.explorer = explorer;
    this.x = x;
    this.g = x.graph();
    this.finding = finding;
    needed = needed(x, finding);
    story = new Story(x, finding, needed);
  }

  /** {@return how many events of each CPU happen before the harm, or are it} */
  static int[] needed(Execution x, Finding finding) {
    Graph g = x.graph();
    int[] needed = new int[g.threads];
    for (int e : finding.events()) {
      for (int t = 0; t < g.threads; t++) {
        for (int i = needed[t]; i < g.length[t]; i++) {
          if (x.isNeeded(g.po[t][i], e)) {
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
    order();
    markTheEnd();
    return new Witness(g.threads, steps, ipis);
  }

  /** {@return the step that an event is in, of those that were made; -1 if it is in none} */
  int stepOf(int event) {
    return stepOf.getOrDefault(event, -1);
  }

  /** What is wrong at the end may follow an event that nothing is told of. */
  private void markTheEnd() {
    if (!steps.isEmpty() && steps.stream().noneMatch(Witness.Step::bad)) {
      steps.add(steps.removeLast().asBad());
    }
  }

  /** Runs a CPU's script once more against the graph and writes down what it does. */
  private List<Operation> record(int t) {
    List<Operation> list = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          private String action = "";
          private String step = "";
          private String interrupted = "";
          private int handling = Graph.NONE;

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
              handling = event;
            } else if (what.equals("iret")) {
              step = interrupted;
              handling = Graph.NONE;
              return;
            }
            if (Story.UNHEARD.contains(what) && !told.contains(event)) {
              return;
            }
            Operation o =
                new Operation(
                    event, action, step, what, cell, old, value, site, handling, List.of());
            list.add(isShown(o) ? o.withStack(CallStack.here()) : o);
          }

          @Override
          public void step(String name) {
            step = name;
          }

          @Override
          public void action(String text) {
            action = text;
          }
        };
    recorder.hear(explorer, t, g);
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

  private boolean isHarm(Operation o) {
    return o.event() >= 0 && o.event() == finding.events().getLast();
  }

  private boolean isShown(Operation o) {
    return isHarm(o) || told.contains(o.event()) || (story.tells(o) && story.text(o).isPresent());
  }

  /** Puts the CPUs' operations in an order, and makes steps of them. */
  private void order() {
    int n = g.threads;
    int[] at = new int[n];
    int[] done = new int[n];
    int cpu = 0;
    Pending pending = null;
    while (true) {
      int t = next(cpu, at, done);
      if (t < 0) {
        break;
      }
      cpu = t;
      Operation o = told(operations.get(t).get(at[t]++));
      if (o.event() >= 0) {
        done[t] = g.index[o.event()] + 1;
        if (g.kind[o.event()] == Kind.RMW_R || g.kind[o.event()] == Kind.LOCK_R) {
          done[t] += g.succeeds(o.event()) ? 1 : 0;
        }
      }
      if (pending == null || !pending.takes(t, o)) {
        if (pending != null) {
          pending.flush();
        }
        pending = new Pending(t, o);
      }
      pending.add(o);
    }
    if (pending != null) {
      pending.flush();
    }
  }

  /** An operation as it is told here: what an increment makes of its cell depends on when it is. */
  private Operation told(Operation o) {
    int e = o.event();
    if (e < 0 || !Kind.isAccess(g.kind[e]) || !g.adds.in(g.cell[e])) {
      return o;
    }
    int c = g.cell[e];
    long old = values.computeIfAbsent(c, _ -> g.written(Graph.INIT, c));
    boolean add = g.kind[e] == Kind.ADD;
    long now = add ? old + g.value[e] : g.kind[e] == Kind.WRITE || isWritePart(e) ? o.value() : old;
    values.put(c, now);
    return add ? o.withValues(old, now) : o;
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
          if (x.isNeeded(g.po[u][i], e) || (isWritePart(e) && x.isNeeded(g.po[u][i], e + 1))) {
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
    private final Operation first;
    private final List<String> sites = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private final List<Integer> sends = new ArrayList<>();
    private final List<Integer> events = new ArrayList<>();
    private List<Source> stack = List.of();
    private boolean bad;

    Pending(int cpu, Operation first) {
      this.cpu = cpu;
      this.first = first;
    }

    boolean takes(int t, Operation o) {
      return t == cpu
          && o.step().equals(first.step())
          && o.action().equals(first.action())
          && o.handling() == first.handling();
    }

    void add(Operation o) {
      Optional<String> text = story.tells(o) ? story.text(o) : Optional.empty();
      text.or(() -> told.contains(o.event()) ? Optional.of(story.plain(o)) : Optional.empty())
          .ifPresent(cells::add);
      events.add(o.event());
      if (o.site() != null && !sites.contains(o.site().name())) {
        sites.add(o.site().name());
      }
      if (o.what().equals("send")) {
        sends.add(o.event());
      }
      if (stack.isEmpty() || isHarm(o)) {
        stack = o.stack();
      }
      bad |= isHarm(o);
    }

    void flush() {
      if (cells.isEmpty() && !bad) {
        return;
      }
      int number = steps.size();
      String text = first.step().isEmpty() ? first.action() : first.step();
      String at = String.join(",", sites);
      steps.add(new Witness.Step(cpu, first.action(), text, at, cells, bad, stack));
      events.forEach(event -> stepOf.put(event, number));
      sends.forEach(send -> sentIn.put(send, number));
      Integer from = first.handling() < 0 ? null : sentIn.remove(g.rf[first.handling()]);
      if (from != null) {
        ipis.add(new Witness.Ipi(from, number));
      }
    }
  }
}
