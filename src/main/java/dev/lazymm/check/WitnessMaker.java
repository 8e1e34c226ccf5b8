package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an execution graph into an order of kernel steps that a person can follow: only what
 * happens before the harm, in an order in which it can happen, with as few changes of CPU as
 * possible.
 */
final class WitnessMaker {
  /** Fields whose changes another operation of the same step tells better, or nobody cares for. */
  private static final Set<String> UNTOLD =
      Set.of("__lock", "alloc_lock", "loaded_mm", "range_mapped");

  private final Explorer explorer;
  private final Execution x;
  private final Graph g;
  private final Finding finding;
  private final int[] needed;
  private final List<List<Operation>> operations = new ArrayList<>();
  private final @Nullable KObject focus;

  /** One operation of a CPU; {@code event} is NONE for what only that CPU sees. */
  private record Operation(
      int event,
      String action,
      String step,
      String what,
      @Nullable Cell cell,
      long old,
      long value,
      @Nullable Site site) {}

  WitnessMaker(Explorer explorer, Execution x, Finding finding, int[] needed) {
    this.explorer = explorer;
    this.x = x;
    this.g = x.graph();
    this.finding = finding;
    this.needed = needed;
    focus = focus();
  }

  /** {@return the mm that the story is about; null if it is about none} */
  private @Nullable KObject focus() {
    for (int i = finding.events().size() - 1; i >= 0; i--) {
      int e = finding.events().get(i);
      KObject object = null;
      if (Kind.isRead(g.kind[e]) || Kind.isWrite(g.kind[e])) {
        object = x.cell(e).owner();
      } else if (g.kind[e] == Kind.FREE || g.kind[e] == Kind.HOLD || g.kind[e] == Kind.USER) {
        object = x.object(e);
      }
      for (Mm mm : x.mms()) {
        if (object != null && (mm == object || mm.parts().contains(object))) {
          return mm;
        }
      }
    }
    return null;
  }

  /** Whether an operation belongs to the story: it is about the mm, or CPUs meet in it. */
  private boolean matters(Operation o) {
    if (focus == null) {
      return true;
    }
    Cell cell = o.cell();
    if (cell != null) {
      return about(cell.owner())
          || (cell.isPointer() && (about(o.value()) || about(o.old())))
          || meets(o.event());
    }
    return switch (o.what()) {
      case "free", "alloc", "user" -> about(o.value());
      default -> true;
    };
  }

  private boolean about(long handle) {
    return handle != 0 && about(x.memory().object(handle));
  }

  private boolean about(KObject object) {
    return object == focus || (focus != null && focus.parts().contains(object));
  }

  /** Whether another CPU reads what this event writes, or wrote what it reads. */
  private boolean meets(int e) {
    if (e < 0) {
      return false;
    }
    if (Kind.isRead(g.kind[e]) && g.rf[e] >= 0 && g.thread[g.rf[e]] != g.thread[e]) {
      return true;
    }
    for (int r = 0; r < g.size; r++) {
      if (Kind.isRead(g.kind[r]) && g.rf[r] == e && g.thread[r] != g.thread[e]) {
        return g.index[r] < needed[g.thread[r]];
      }
    }
    return false;
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
    } catch (Diverged | Footprint.Restart e) {
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
      if (matters(o)) {
        text(o).ifPresent(cells::add);
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

  /** What an operation says to a reader; empty for what does not matter to the story. */
  private Optional<String> text(Operation o) {
    Cell cell = o.cell();
    if (cell == null) {
      return switch (o.what()) {
        case "root" -> Optional.of("MMU on " + name(o.value()));
        case "hold" -> Optional.empty();
        case "free" -> Optional.of("free " + name(o.value()));
        case "alloc" -> Optional.of("alloc " + name(o.value()));
        case "send" -> Optional.of("IPI to CPU " + o.value());
        case "flush", "flush all" -> Optional.of(o.what() + " TLB");
        case "fence", "unlink", "irq", "user" -> Optional.empty();
        default -> o.event() >= 0 ? Optional.of("WARN: " + o.what()) : Optional.empty();
      };
    }
    if (UNTOLD.contains(cell.field()) || cell.field().startsWith("done ")) {
      return Optional.empty();
    }
    String value = Arrays.asList("read", "await").contains(o.what()) ? " is " : " = ";
    return switch (o.what()) {
      case "read" ->
          cell.field().startsWith("mm_cpumask")
              ? Optional.of(cell + value + format(cell, o.value()))
              : Optional.empty();
      case "rmw" ->
          Optional.of(cell + " " + format(cell, o.old()) + "->" + format(cell, o.value()));
      default -> Optional.of(cell + value + format(cell, o.value()));
    };
  }

  private String name(long handle) {
    return x.memory().object(handle).name();
  }

  private String format(Cell cell, long value) {
    if (cell.isPointer()) {
      KObject object = value == 0 ? null : x.memory().object(value);
      return object == null ? "NULL" : object.name();
    }
    if (cell.field().startsWith("mm_cpumask")) {
      List<String> bits = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        if ((value >>> i & 1) != 0) {
          bits.add(Integer.toString(i));
        }
      }
      return "{" + String.join(",", bits) + "}";
    }
    return Long.toString(value);
  }
}
