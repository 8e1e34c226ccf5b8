package dev.lazymm.check;

import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Mm;
import java.util.List;
import java.util.Optional;

/**
 * I12, as far as hotplug goes: __mmdrop does not run on a CPU that is offline, where RCU does not
 * look any more. (That it runs with interrupts on the kernel warns of itself.)
 */
final class ContextLaw implements Invariant {
  @Override
  public String name() {
    return "I12";
  }

  @Override
  public String about() {
    return "context law: __mmdrop runs on no CPU that is offline";
  }

  @Override
  public Optional<Finding> find(Execution x) {
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
