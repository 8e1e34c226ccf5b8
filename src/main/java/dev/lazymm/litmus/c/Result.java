package dev.lazymm.litmus.c;

import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A way through an expression, and the value at its end. */
record Result(Way way, Computed value) {
  /** {@return the results of going on from each} */
  static <A, B> List<B> flatMap(List<A> from, int most, Function<A, List<B>> next) {
    if (from.size() == 1) {
      return next.apply(from.getFirst());
    }
    List<B> all = new ArrayList<>();
    for (A one : from) {
      all.addAll(next.apply(one));
      if (all.size() > most) {
        throw new TooManyException();
      }
    }
    return all;
  }

  /** There are more ways than allowed; caught where the thread's name is known. */
  static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
