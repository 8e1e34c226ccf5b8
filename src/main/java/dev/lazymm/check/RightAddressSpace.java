package dev.lazymm.check;

import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** I8: a CPU that goes to user mode translates through the root of the task's mm. */
final class RightAddressSpace implements Invariant {
  @Override
  public String name() {
    return "I8";
  }

  @Override
  public String about() {
    return "right address space: user code runs on its own mm's root";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    int ofRoot = x.register(Hold.ROOT);
    for (int t = 0; t < g.threads; t++) {
      KObject root = x.prepared().program().start().cpus().get(t).root();
      int since = Graph.NONE;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        boolean hold = g.kind[e] == Kind.HOLD || g.kind[e] == Kind.RELEASE;
        if (hold && g.op[e] == ofRoot) {
          root = g.kind[e] == Kind.HOLD ? x.object(e) : null;
          since = e;
        } else if (g.kind[e] == Kind.USER) {
          String on = root == x.object(e) ? stale(x, root, since, e) : String.valueOf(root);
          if (!on.isEmpty()) {
            String what =
                "CPU %d goes to user mode on %s instead of %s".formatted(t, on, x.object(e));
            return Optional.of(new Finding(what, List.of(e), false));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a root that has the right address: it may be that of an earlier mm. */
  private static String stale(Execution x, @Nullable KObject root, int since, int user) {
    for (int f : x.frees()) {
      boolean loadedAfter = since != Graph.NONE && x.isBefore(f, since);
      if (x.object(f) == root && !loadedAfter && x.reborn(root, f, user)) {
        return "what was " + root + " before that was freed and made again";
      }
    }
    return "";
  }
}
