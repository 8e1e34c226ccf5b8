package dev.lazymm.check;

import dev.lazymm.kernel.Lifetime;
import java.util.List;
import java.util.Optional;

/**
 * I12: where __mmdrop must not run: under the rq lock, with interrupts off (a shootdown waits for
 * IPIs there), and on x86 in a softirq. The kernel's own WARN_ONs tell; this gives them a name.
 */
final class ContextLaw implements Invariant {
  @Override
  public String name() {
    return "I12";
  }

  @Override
  public String about() {
    return "context law: no __mmdrop under rq->lock, with irqs off, in a softirq (x86)";
  }

  @Override
  public Optional<Finding> find(Execution x) {
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
}
