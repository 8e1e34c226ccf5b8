package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Operator;
import dev.lazymm.litmus.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * A value, and the reads that it depends on; more than are left in it where its syntax names more.
 *
 * @param reads by their index on the path
 * @param size how many parts the value has; those that are shared count each time
 */
record Computed(Value value, Set<Integer> reads, int size) {
  /** What is larger takes a search too long. */
  static final int LARGEST = 5_000;

  Computed {
    reads = Set.copyOf(reads);
  }

  static Computed of(long number) {
    return of(number, Set.of());
  }

  /** {@return a number that was come by through reads} */
  static Computed of(long number, Set<Integer> reads) {
    return new Computed(new Value.Constant(number), reads, 1);
  }

  static Computed ofRead(int event) {
    return new Computed(new Value.OfRead(event), Set.of(event), 1);
  }

  /**
   * {@return an operation on two}
   *
   * @throws ArithmeticException if it is a division of two constants, by zero
   */
  static Computed binary(Operator operator, Computed left, Computed right) {
    Set<Integer> reads = union(left.reads, right.reads);
    return left.value instanceof Value.Constant(long a)
            && right.value instanceof Value.Constant(long b)
        ? of(operator.apply(a, b), reads)
        : new Computed(
            new Value.Binary(operator, left.value, right.value), reads, 1 + left.size + right.size);
  }

  /** {@return one or the other, as a condition that is not a constant decides} */
  static Computed select(Computed condition, Computed then, Computed otherwise) {
    return new Computed(
        new Value.Select(condition.value, then.value, otherwise.value),
        union(condition.reads, union(then.reads, otherwise.reads)),
        1 + condition.size + then.size + otherwise.size);
  }

  /** {@return this, depending on some reads more} */
  Computed and(Set<Integer> more) {
    return new Computed(value, union(reads, more), size);
  }

  static Set<Integer> union(Set<Integer> a, Set<Integer> b) {
    if (b.isEmpty() || a.equals(b)) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    var all = new HashSet<>(a);
    all.addAll(b);
    return Set.copyOf(all);
  }
}
