package dev.lazymm.check;

import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.Mm;
import java.util.List;
import java.util.Optional;

/**
 * I12: where __mmdrop must not run: under the rq lock, with interrupts off (a shootdown waits for
 * IPIs there), on x86 in a softirq, and on a CPU that is offline, where RCU does not look any more.
 * The kernel's own WARN_ONs tell of the first three; this gives them a name.
 */
final class ContextLaw implements Invariant {
  @Override
  public String name() {
    return "I12";
  }

  @Override
  public String about() {
    return "context law: no __mmdrop under rq->lock, irqs off, in x86's softirqs, offline";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    return offline(x).or(() -> warned(x));
  }

  private static Optional<Finding> warned(Execution x) {
    Graph g = x.graph();
    for (int e = 0; e < g.size; e++) {
      if (g.kind[e] == Kind.WARN
          && g.payload[e] instanceof String what
          && Lifetime.CONTEXT_LAW.contains(what)) {
        return Optional.of(
            new Finding("CPU %d warns: %s".formatted(g.thread[e], what), List.of(e), false));
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> offline(Execution x) {
    Graph g = x.graph();
    for (Execution.Interval offline : x.intervals(Hotplug.OFFLINE)) {
      for (int f : x.frees()) {
        boolean within =
            g.thread[f] == offline.cpu()
                && g.index[f] > g.index[offline.start()]
                && (offline.end() == Graph.NONE || g.index[f] < g.index[offline.end()]);
        if (within && x.object(f) instanceof Mm mm) {
          String what = "CPU %d frees %s and is offline".formatted(g.thread[f], mm);
          return Optional.of(new Finding(what, List.of(f), false));
        }
      }
    }
    return Optional.empty();
  }
}
