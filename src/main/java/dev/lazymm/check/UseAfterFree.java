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
        boolean access = Kind.isRead(g.kind[e]) || Kind.isWrite(g.kind[e]);
        if (access
            && x.cell(e).owner() == freed
            && !x.isBefore(e, f)
            && !x.reborn(freed, f, e)) {
          String what = "%s is used after it may have been freed".formatted(x.cell(e));
          return Optional.of(
              new Finding(what, List.of(f, e), g.thread[e] != g.thread[f]));
        }
      }
    }
    return Optional.empty();
  }
}
