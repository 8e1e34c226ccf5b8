package dev.lazymm.litmus.way;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * A value, and the reads that it depends on; more than are left in it where its syntax names more.
 *
 * @param reads by their index on the path
 * @param picks these, and those that only decide which of several values it is, as the condition of
 *     a conditional select does
 * @param size how many parts the value has; those that are shared count each time
 */
public record Computed(Value value, Set<Integer> reads, Set<Integer> picks, int size) {
  /** What is larger takes a search too long. */
  public static final int LARGEST = 5_000;

  public Computed {
    reads = Set.copyOf(reads);
    picks = Set.copyOf(picks);
  }

  /** {@return a number} */
  public static Computed of(long number) {
    return of(number, Set.of());
  }

  /** {@return a number that was come by through reads} */
  public static Computed of(long number, Set<Integer> reads) {
    return new Computed(new Value.Constant(number), reads, reads, 1);
  }

  /** {@return what the read with an index on the path returns} */
  public static Computed ofRead(int event) {
    Set<Integer> reads = Set.of(event);
    return new Computed(new Value.OfRead(event), reads, reads, 1);
  }

  /**
   * {@return an operation on two}
   *
   * @throws ArithmeticException if it is a division of two constants, by zero
   */
  public static Computed binary(Operator operator, Computed left, Computed right) {
    Set<Integer> reads = union(left.reads, right.reads);
    Set<Integer> picks = union(left.picks, right.picks);
    return left.value instanceof Value.Constant(long a)
            && right.value instanceof Value.Constant(long b)
        ? new Computed(new Value.Constant(operator.apply(a, b)), reads, picks, 1)
        : new Computed(
            new Value.Binary(operator, left.value, right.value),
            reads,
            picks,
            1 + left.size + right.size);
  }

  /** {@return one or the other, as a condition that is not a constant decides} */
  public static Computed select(Computed condition, Computed then, Computed otherwise) {
    return new Computed(
        new Value.Select(condition.value, then.value, otherwise.value),
        union(condition.reads, union(then.reads, otherwise.reads)),
        union(condition.picks, union(then.picks, otherwise.picks)),
        1 + condition.size + then.size + otherwise.size);
  }

  /** {@return this, depending on some reads more} */
  public Computed and(Set<Integer> more) {
    return new Computed(value, union(reads, more), union(picks, more), size);
  }

  /** {@return this, picked by some reads more} */
  public Computed pickedBy(Set<Integer> more) {
    return new Computed(value, reads, union(picks, more), size);
  }

  /** {@return what is in one or the other} */
  public static Set<Integer> union(Set<Integer> a, Set<Integer> b) {
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
