package dev.lazymm.cat;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A set of the events 0 to n - 1 as a bit vector. Immutable: every operation makes a new set, or
 * gives an operand back where that is the result.
 */
public final class EventSet {
  private final int n;
  final long[] bits;

  EventSet(int n, long[] bits) {
    this.n = n;
    this.bits = bits;
  }

  static int words(int n) {
    return (n + 63) >>> 6;
  }

  /** {@return the empty set of a universe of {@code n} events} */
  public static EventSet empty(int n) {
    return new EventSet(n, new long[words(n)]);
  }

  /** {@return the set of all {@code n} events} */
  public static EventSet all(int n) {
    return of(n, e -> true);
  }

  /** {@return the events that satisfy a predicate} */
  public static EventSet of(int n, IntPredicate in) {
    long[] bits = new long[words(n)];
    for (int e = 0; e < n; e++) {
      if (in.test(e)) {
        bits[e >>> 6] |= 1L << e;
      }
    }
    return new EventSet(n, bits);
  }

  /** {@return how many events there are in the universe} */
  public int universe() {
    return n;
  }

  /** {@return whether event {@code e} is in this set} */
  public boolean contains(int e) {
    return (bits[e >>> 6] >>> e & 1) != 0;
  }

  /** {@return whether there is no event in this set} */
  public boolean isEmpty() {
    for (long word : bits) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return how many events are in this set} */
  public int size() {
    int size = 0;
    for (long word : bits) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /** {@return the events in this set, ascending} */
  public IntStream stream() {
    return IntStream.range(0, n).filter(this::contains);
  }

  /** {@return the events of both} */
  public EventSet union(EventSet other) {
    long[] all = bits.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] |= other.bits[i];
    }
    return new EventSet(n, all);
  }

  /** {@return the events that are in both} */
  public EventSet intersect(EventSet other) {
    long[] both = bits.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.bits[i];
    }
    return new EventSet(n, both);
  }

  /** {@return the events of this set that are not in the other} */
  public EventSet minus(EventSet other) {
    long[] rest = bits.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] &= ~other.bits[i];
    }
    return new EventSet(n, rest);
  }

  /** {@return all events that are not in this set} */
  public EventSet complement() {
    return all(n).minus(this);
  }

  /** {@return this set and event {@code e}} */
  public EventSet with(int e) {
    long[] more = bits.clone();
    more[e >>> 6] |= 1L << e;
    return new EventSet(n, more);
  }

  /** {@return whether every event of this set is in the other} */
  public boolean isSubsetOf(EventSet other) {
    for (int i = 0; i < bits.length; i++) {
      if ((bits[i] & ~other.bits[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return all pairs of an event of this set and one of the other: cat's {@code S * T}} */
  public Relation times(EventSet other) {
    Relation.Builder pairs = new Relation.Builder(n);
    stream().forEach(e -> pairs.addAll(e, other));
    return pairs.build();
  }

  /** {@return the identity on this set: cat's {@code [S]}} */
  public Relation identity() {
    Relation.Builder pairs = new Relation.Builder(n);
    stream().forEach(e -> pairs.add(e, e));
    return pairs.build();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof EventSet other && n == other.n && Arrays.equals(bits, other.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return stream().boxed().toList().toString();
  }
}
