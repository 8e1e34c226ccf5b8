package dev.lazymm.check;

import dev.lazymm.machine.Dependency;
import java.util.ArrayList;
import java.util.List;

/** The dependencies of a {@link Shape}: those that the code names, and that of a wait's loop. */
final class ShapeDependencies {
  private final ShapeIds ids;
  private final Graph g;

  ShapeDependencies(ShapeIds ids) {
    this.ids = ids;
    g = ids.g;
  }

  /** {@return those among the operations of a CPU} */
  List<Shape.Depends> of(int t, List<Shape.Step> steps) {
    List<Shape.Depends> all = new ArrayList<>();
    for (Kept kept : Kept.in(g)) {
      int on = ids.of(g.po[kept.thread()][kept.read()]);
      if (kept.thread() != t || on < 0) {
        continue;
      }
      int to = ids.of(g.po[t][kept.to()]);
      if (kept.kind() == Dependency.CONTROL) {
        steps.stream()
            .filter(step -> step.isAccess() && isBehind(step.id(), t, kept.to()))
            .findFirst()
            .ifPresent(step -> all.add(new Shape.Depends(kept.kind(), on, step.id())));
      } else if (to >= 0) {
        all.add(new Shape.Depends(kept.kind(), on, to));
      }
    }
    for (int i = 0; i + 1 < steps.size(); i++) {
      int id = steps.get(i).id();
      if (waits(id, t)) {
        all.add(new Shape.Depends(Dependency.CONTROL, id, steps.get(i + 1).id()));
      }
    }
    return all;
  }

  private boolean waits(int id, int t) {
    for (int i = 0; i < g.length[t]; i++) {
      int e = g.po[t][i];
      if (g.kind[e] == Kind.AWAIT && ids.of(e) == id) {
        return true;
      }
    }
    return false;
  }

  /** Whether an operation comes at a po-index, or behind it. */
  private boolean isBehind(int id, int t, int index) {
    for (int i = index; i < g.length[t]; i++) {
      if (ids.of(g.po[t][i]) == id || isGhost(id, g.po[t][i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isGhost(int id, int e) {
    return switch (ids.conflict) {
      case Conflict.OfGhosts two ->
          (id == ids.first && e == two.first()) || (id == ids.second && e == two.second());
      case Conflict.WithAccess one -> id == ids.first && e == one.ghost();
      case null -> false;
    };
  }
}
