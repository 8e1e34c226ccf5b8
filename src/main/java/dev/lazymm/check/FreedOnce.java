package dev.lazymm.check;

import java.util.List;
import java.util.Optional;

/**
 * I5: freed once, and no leak. Nothing is freed twice without being allocated in between; an mm to
 * which no reference is left has been freed, with its tables and its context, and one with
 * references has not; a task that has exited has been freed.
 */
final class FreedOnce implements Invariant {
  @Override
  public String name() {
    return "I5";
  }

  @Override
  public String about() {
    return "freed once, no leak: an mm is freed when, and only when, its last reference goes";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    List<Integer> frees = x.frees();
    for (int f : frees) {
      for (int again : frees) {
        if (f < again && x.object(f) == x.object(again) && !between(x, f, again)) {
          return Optional.of(
              new Finding(x.object(f) + " is freed twice", List.of(f, again), false));
        }
      }
    }
    return CountLaw.ended(x, x.endLaws().freedOnce());
  }

  private static boolean between(Execution x, int f, int again) {
    return x.reborn(x.object(f), f, again) || x.reborn(x.object(f), again, f);
  }
}
