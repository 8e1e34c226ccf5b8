package dev.lazymm.check;

import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;

/**
 * No access to a freed object: every access to a cell of an object happens before the object is
 * freed, or after it was allocated again.
 */
final class UseAfterFree implements Invariant {
  @Override
  public String name() {
    return "UAF";
  }

  @Override
  public String about() {
    return "no use after free of any kernel object";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    for (int f : x.frees()) {
      KObject freed = x.object(f);
      if (freed.cells().isEmpty()) {
        continue;
      }
      for (int e = 0; e < g.size; e++) {
        boolean access = Kind.isAccess(g.kind[e]);
        if (access
            && x.cell(e).owner() == freed
            && !x.isBefore(e, f)
            && !x.reborn(freed, f, e)
            && !isAwaited(x, f, e)) {
          String what = "%s is used after it may have been freed".formatted(x.cell(e));
          return Optional.of(new Finding(what, List.of(f, e), g.thread[e] != g.thread[f]));
        }
      }
    }
    return ofPrivate(x);
  }

  /**
   * Whether the free waits for the reader that accesses: one that did not begin after it. What
   * began after it finds no pointer any more.
   */
  private static boolean isAwaited(Execution x, int free, int access) {
    Graph g = x.graph();
    if (g.op[free] != CheckCpu.AFTER_READERS) {
      return false;
    }
    for (Execution.Interval reader : x.intervals(CheckCpu.RCU_READER)) {
      if (reader.cpu() == g.thread[access]
          && g.index[reader.start()] < g.index[access]
          && (reader.end() == Graph.NONE || g.index[access] < g.index[reader.end()])) {
        return !x.isBefore(free, reader.start());
      }
    }
    return false;
  }

  /** Memory that one CPU alone touches makes no events; the CPU itself has seen it. */
  private static Optional<Finding> ofPrivate(Execution x) {
    Graph g = x.graph();
    for (int e = 0; e < g.size; e++) {
      if (isUseAfterFree(g, e)) {
        return Optional.of(
            new Finding("CPU %d: %s".formatted(g.thread[e], g.payload[e]), List.of(e), false));
      }
    }
    return Optional.empty();
  }

  /** {@return whether a WARN is a CPU's use of private memory after it was freed} */
  static boolean isUseAfterFree(Graph g, int e) {
    return g.kind[e] == Kind.WARN
        && g.payload[e] instanceof String what
        && what.startsWith("use after free of ");
  }
}
