package dev.lazymm.check;

import dev.lazymm.kernel.X86;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * I11: x86's is_lazy says the truth. No CPU is in user mode, or uses an mm, while it is set; and no
 * interrupt clears it and leaves a user mm loaded, as nobody would send that CPU the flushes it
 * then needs. (That leave_mm is called lazy or on init_mm the kernel warns of itself.)
 */
final class LazyFlag implements Invariant {
  @Override
  public String name() {
    return "I11";
  }

  @Override
  public String about() {
    return "lazy flag (x86): is_lazy is set only off user mode, and no IPI clears it in vain";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    if (!x.kernel().arch().believed().equals(X86.LOADED_MM)) {
      return Optional.empty();
    }
    Graph g = x.graph();
    int ofLazy = x.register(X86.IS_LAZY);
    int ofRoot = x.register(Hold.ROOT);
    KObject init = x.kernel().arch().rootOf(x.kernel().initMm());
    for (int t = 0; t < g.threads; t++) {
      KObject root = x.prepared().program().start().cpus().get(t).root();
      boolean lazy = false;
      int cleared = Graph.NONE;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        boolean inHandler = (g.flags[e] & Graph.IN_HANDLER) != 0;
        if (!inHandler) {
          if (cleared != Graph.NONE && root != init) {
            return Optional.of(inVain(t, cleared, root));
          }
          cleared = Graph.NONE;
        }
        if (g.kind[e] == Kind.HOLD && g.op[e] == ofLazy) {
          lazy = true;
        } else if (g.kind[e] == Kind.RELEASE && g.op[e] == ofLazy) {
          lazy = false;
          cleared = inHandler ? e : Graph.NONE;
        } else if (g.kind[e] == Kind.HOLD && g.op[e] == ofRoot) {
          root = x.object(e);
        } else if (g.kind[e] == Kind.USER && lazy) {
          String what = "CPU %d is in user mode while it is lazy".formatted(t);
          return Optional.of(new Finding(what, List.of(e), false));
        }
      }
      if (cleared != Graph.NONE && root != init) {
        return Optional.of(inVain(t, cleared, root));
      }
    }
    return Optional.empty();
  }

  private static Finding inVain(int cpu, int cleared, @Nullable KObject root) {
    String what = "an IPI makes CPU %d non-lazy while it is on %s".formatted(cpu, root);
    return new Finding(what, List.of(cleared), false);
  }
}
