package dev.lazymm.check;

import dev.lazymm.kernel.Kernel;
import java.util.List;
import java.util.Optional;

/**
 * I1: what {@code current->active_mm} of any CPU points at has not been freed. Every interval in
 * which a CPU holds an mm there ends before that mm is freed.
 */
final class LiveActiveMm implements Invariant {
  private final boolean ended;

  /**
   * @param ended whether executions have ended, so that the pointers themselves can be looked at
   */
  LiveActiveMm(boolean ended) {
    this.ended = ended;
  }

  @Override
  public String name() {
    return "I1";
  }

  @Override
  public String about() {
    return "live active_mm: what current->active_mm points at is not freed";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Finding found = null;
    for (Execution.Interval hold : x.intervals(Kernel.ACTIVE_MM)) {
      for (int f : x.frees()) {
        if (x.object(f) == hold.object() && overlaps(x, hold, f)) {
          boolean cross = x.graph().thread[f] != hold.cpu();
          if (found == null || (cross && !found.cross())) {
            String what =
                "%s is freed while CPU %d's active_mm points at it"
                    .formatted(hold.object(), hold.cpu());
            found = new Finding(what, events(hold, f), cross);
          }
        }
      }
    }
    return found == null && ended ? atEnd(x) : Optional.ofNullable(found);
  }

  /** The pointer itself, in case the kernel says that it counts on another mm. */
  private static Optional<Finding> atEnd(Execution x) {
    return CountLaw.ended(x, x.endLaws().liveActiveMm());
  }

  /** Whether {@code f} frees the object that is held, and not safely after. */
  static boolean overlaps(Execution x, Execution.Interval hold, int f) {
    boolean over = hold.end() != Graph.NONE && x.isBefore(hold.end(), f);
    return !over && !x.reborn(hold.object(), f, hold.start());
  }

  static List<Integer> events(Execution.Interval hold, int f) {
    return hold.start() == Graph.NONE ? List.of(f) : List.of(hold.start(), f);
  }
}
