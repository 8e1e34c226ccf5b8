package dev.lazymm.check;

import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * I10: from where a CPU is sent no IPIs any more it is on init_mm, by active_mm and by its MMU, and
 * takes none; and once it is unplugged its idle task points at no mm. (That init_mm's count is back
 * then, and that no mm is kept alive by such a CPU, I4 and I5 say.)
 */
final class HotUnplug implements Invariant {
  @Override
  public String name() {
    return "I10";
  }

  @Override
  public String about() {
    return "hot-unplug: a CPU that is sent no IPIs any more borrows init_mm alone";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    if (!x.prepared().hasHotplug()) {
      return Optional.empty();
    }
    for (Execution.Interval offline : x.intervals(Hotplug.OFFLINE)) {
      Optional<Finding> found = during(x, offline.cpu(), offline.start(), offline.end());
      if (found.isPresent()) {
        return found;
      }
    }
    return CountLaw.ended(x, x.endLaws().nothingBorrowedOffline());
  }

  private static Optional<Finding> during(Execution x, int cpu, int start, int end) {
    Graph g = x.graph();
    KObject init = x.kernel().initMm();
    KObject initRoot = x.kernel().arch().rootOf(x.kernel().initMm());
    List<Execution.Interval> actives = x.intervals(Kernel.ACTIVE_MM);
    List<Execution.Interval> roots = x.intervals(Hold.ROOT);
    int until = end == Graph.NONE ? g.length[cpu] : g.index[end];
    Finding root = null;
    for (int i = g.index[start]; i < until; i++) {
      int e = g.po[cpu][i];
      KObject active = at(g, actives, cpu, e);
      if (active != null && active != init) {
        return found("CPU %d is offline and its active_mm is still %s", cpu, active, e);
      }
      KObject loaded = at(g, roots, cpu, e);
      if (root == null && loaded != null && loaded != initRoot) {
        root = finding("CPU %d is offline and its MMU is still on %s", cpu, loaded, e);
      }
      if (g.kind[e] == Kind.POLL && g.rf[e] != Graph.NONE && !isOfRcu(g, g.rf[e])) {
        return Optional.of(
            new Finding("CPU %d is offline and takes an IPI".formatted(cpu), List.of(e), false));
      }
    }
    return Optional.ofNullable(root);
  }

  /** Whether an IPI is a grace period's, which would not be sent. */
  private static boolean isOfRcu(Graph g, int send) {
    return g.payload[send] instanceof Send sent && sent.ipi() == Rcu.QUIESCENT;
  }

  /** What a register of a CPU holds once an event of that CPU has happened. */
  private static @Nullable KObject at(Graph g, List<Execution.Interval> holds, int cpu, int e) {
    for (Execution.Interval hold : holds) {
      boolean begun = hold.start() == Graph.NONE || g.index[hold.start()] <= g.index[e];
      boolean over = hold.end() != Graph.NONE && g.index[hold.end()] <= g.index[e];
      if (hold.cpu() == cpu && begun && !over) {
        return hold.object();
      }
    }
    return null;
  }

  private static Optional<Finding> found(String what, int cpu, KObject object, int e) {
    return Optional.of(finding(what, cpu, object, e));
  }

  @SuppressWarnings("AnnotateFormatMethod") // that would be a dependency
  private static Finding finding(String what, int cpu, KObject object, int e) {
    return new Finding(what.formatted(cpu, object), List.of(e), false);
  }
}
