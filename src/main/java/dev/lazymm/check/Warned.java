package dev.lazymm.check;

import java.util.List;
import java.util.Optional;

/** No WARN_ON of the kernel fires, and no private memory is freed twice. */
final class Warned implements Invariant {
  @Override
  public String name() {
    return "WARN";
  }

  @Override
  public String about() {
    return "no WARN_ON of the kernel fires";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    for (int e = 0; e < g.size; e++) {
      if (g.kind[e] == Kind.WARN && !isAnothers(g, e)) {
        String what = "CPU %d warns: %s".formatted(g.thread[e], g.payload[e]);
        return Optional.of(new Finding(what, List.of(e), false));
      }
    }
    return Optional.empty();
  }

  /** Whether a WARN is what another invariant tells of. */
  private static boolean isAnothers(Graph g, int e) {
    return UseAfterFree.isUseAfterFree(g, e) || DataRace.isWithHandler(g, e);
  }
}
