package dev.lazymm.check;

import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;

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
    for (int t = 0; t < g.threads; t++) {
      KObject root = x.prepared().program().start().cpus().get(t).root();
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        if (g.kind[e] == Kind.HOLD && g.op[e] == x.register(Hold.ROOT)) {
          root = x.object(e);
        } else if (g.kind[e] == Kind.USER && root != x.object(e)) {
          String what =
              "CPU %d goes to user mode on %s instead of %s".formatted(t, root, x.object(e));
          return Optional.of(new Finding(what, List.of(e), false));
        }
      }
    }
    return Optional.empty();
  }
}
