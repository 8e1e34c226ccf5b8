package dev.lazymm.export;

import dev.lazymm.check.Shape;
import dev.lazymm.check.Shape.Op;
import java.util.function.Predicate;

/**
 * Takes away from a shape what is not needed for what it shows: dependencies, operations, that
 * accesses are plain. What it shows is judged anew each time.
 */
final class Smaller {
  private final Predicate<Shape> shows;
  private Shape shape;

  private Smaller(Shape shape, Predicate<Shape> shows) {
    this.shape = shape;
    this.shows = shows;
  }

  /**
   * {@return a shape that still shows it, from which nothing more can be taken}
   *
   * @param shape one that shows it
   */
  static Shape of(Shape shape, Predicate<Shape> shows) {
    Smaller smaller = new Smaller(shape, shows);
    boolean _ = smaller.becomes(shape.marked());
    while (smaller.step()) {
      // until nothing more can be taken away
    }
    return smaller.shape;
  }

  private boolean step() {
    for (Shape.Depends depends : shape.dependencies()) {
      if (becomes(shape.without(depends))) {
        return true;
      }
    }
    for (Shape.Step step : shape.steps()) {
      if (!step.added() && isNotRead(step) && becomes(without(step))) {
        return true;
      }
    }
    return false;
  }

  private boolean isNotRead(Shape.Step step) {
    return shape.steps().stream().noneMatch(s -> s.reads() && s.from() == step.id());
  }

  /** A lock goes with all of its critical sections. */
  private Shape without(Shape.Step step) {
    if (step.op() != Op.LOCK && step.op() != Op.UNLOCK) {
      return shape.without(step.id());
    }
    Shape less = shape;
    for (Shape.Step other : shape.steps()) {
      if (other.location() == step.location()) {
        less = less.without(other.id());
      }
    }
    return less;
  }

  private boolean becomes(Shape less) {
    if (less.equals(shape) || less.steps().isEmpty() || !shows.test(less)) {
      return false;
    }
    shape = less;
    return true;
  }
}
