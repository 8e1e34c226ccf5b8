package dev.lazymm.cat;

import java.util.Arrays;

/**
 * A relation over the events 0 to n - 1 as a bit matrix, one row of words an event. Immutable:
 * every operation makes a new relation, or gives an operand back where that is the result.
 */
public final class Relation {
  private final int n;
  private final int words;
  final long[] rows;

  private Relation(int n, long[] rows) {
    this.n = n;
    this.words = EventSet.words(n);
    this.rows = rows;
  }

  /** Collects pairs; {@link #build} ends it. */
  public static final class Builder {
    private final int n;
    private final int words;
    private final long[] rows;

    public Builder(int n) {
      this.n = n;
      words = EventSet.words(n);
      rows = new long[n * words];
    }

    /** Begins with the pairs of a relation. */
    public Builder(Relation from) {
      n = from.n;
      words = from.words;
      rows = from.rows.clone();
    }

    /** Adds the pair (a, b). */
    public Builder add(int a, int b) {
      rows[a * words + (b >>> 6)] |= 1L << b;
      return this;
    }

    /** Adds the pairs of {@code a} and each event of a set. */
    public Builder addAll(int a, EventSet bs) {
      for (int w = 0; w < words; w++) {
        rows[a * words + w] |= bs.bits[w];
      }
      return this;
    }

    /** {@return the relation; the builder must not be used after that} */
    public Relation build() {
      return new Relation(n, rows);
    }
  }

  /** {@return the empty relation over {@code n} events} */
  public static Relation empty(int n) {
    return new Relation(n, new long[n * EventSet.words(n)]);
  }

  /** {@return all pairs over {@code n} events} */
  public static Relation full(int n) {
    return EventSet.all(n).times(EventSet.all(n));
  }

  /** {@return the identity over {@code n} events} */
  public static Relation identity(int n) {
    return EventSet.all(n).identity();
  }

  /** {@return how many events there are in the universe} */
  public int universe() {
    return n;
  }

  /** {@return whether the pair (a, b) is in this relation} */
  public boolean contains(int a, int b) {
    return (rows[a * words + (b >>> 6)] >>> b & 1) != 0;
  }

  /** {@return whether there is no pair} */
  public boolean isEmpty() {
    for (long row : rows) {
      if (row != 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return how many pairs there are} */
  public int size() {
    int size = 0;
    for (long row : rows) {
      size += Long.bitCount(row);
    }
    return size;
  }

  /** Somebody to be shown pairs. */
  @FunctionalInterface
  public interface PairConsumer {
    /** Is shown the pair (a, b). */
    void accept(int a, int b);
  }

  /** Shows every pair, ascending. */
  public void forEach(PairConsumer consumer) {
    for (int a = 0; a < n; a++) {
      for (int w = 0; w < words; w++) {
        for (long row = rows[a * words + w]; row != 0; row &= row - 1) {
          consumer.accept(a, (w << 6) + Long.numberOfTrailingZeros(row));
        }
      }
    }
  }

  /** {@return the pairs of both} */
  public Relation union(Relation other) {
    if (other == this) {
      return this;
    }
    long[] all = new long[rows.length];
    long mine = 0;
    long theirs = 0;
    for (int i = 0; i < all.length; i++) {
      long both = rows[i] | other.rows[i];
      mine |= both ^ rows[i];
      theirs |= both ^ other.rows[i];
      all[i] = both;
    }
    return mine == 0 ? this : theirs == 0 ? other : new Relation(n, all);
  }

  /** {@return the pairs that are in both} */
  public Relation intersect(Relation other) {
    long[] both = rows.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.rows[i];
    }
    return new Relation(n, both);
  }

  /** {@return the pairs of this relation that are not in the other} */
  public Relation minus(Relation other) {
    long[] rest = rows.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] &= ~other.rows[i];
    }
    return new Relation(n, rest);
  }

  /** {@return all pairs that are not in this relation} */
  public Relation complement() {
    return full(n).minus(this);
  }

  /** {@return the pairs (a, c) with (a, b) here and (b, c) there: cat's {@code r ; s}} */
  public Relation then(Relation other) {
    long[] result = new long[rows.length];
    long[] theirs = other.rows;
    if (words == 1) {
      for (int a = 0; a < n; a++) {
        long out = 0;
        for (long row = rows[a]; row != 0; row &= row - 1) {
          out |= theirs[Long.numberOfTrailingZeros(row)];
        }
        result[a] = out;
      }
      return new Relation(n, result);
    }
    for (int a = 0; a < n; a++) {
      int out = a * words;
      for (int w = 0; w < words; w++) {
        for (long row = rows[out + w]; row != 0; row &= row - 1) {
          int from = ((w << 6) + Long.numberOfTrailingZeros(row)) * words;
          for (int i = 0; i < words; i++) {
            result[out + i] |= theirs[from + i];
          }
        }
      }
    }
    return new Relation(n, result);
  }

  /** {@return the pairs that begin in a set: cat's {@code [S] ; r}} */
  public Relation from(EventSet set) {
    long[] kept = new long[rows.length];
    for (int w = 0; w < words; w++) {
      for (long bits = set.bits[w]; bits != 0; bits &= bits - 1) {
        int row = ((w << 6) + Long.numberOfTrailingZeros(bits)) * words;
        for (int i = 0; i < words; i++) {
          kept[row + i] = rows[row + i];
        }
      }
    }
    return new Relation(n, kept);
  }

  /** {@return the pairs that end in a set: cat's {@code r ; [S]}} */
  public Relation to(EventSet set) {
    long[] kept = new long[rows.length];
    for (int i = 0, w = 0; i < rows.length; i++, w = w + 1 == words ? 0 : w + 1) {
      kept[i] = rows[i] & set.bits[w];
    }
    return new Relation(n, kept);
  }

  /** {@return the first event that begins a pair, or -1} */
  int first() {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != 0) {
        return i / words;
      }
    }
    return -1;
  }

  /** {@return the pairs turned round} */
  public Relation inverse() {
    Builder pairs = new Builder(n);
    forEach((a, b) -> pairs.add(b, a));
    return pairs.build();
  }

  /** {@return the transitive closure: cat's {@code r+}} */
  public Relation plus() {
    long[] closed = rows.clone();
    if (words == 1) {
      close(closed);
      return new Relation(n, closed);
    }
    for (int k = 0; k < n; k++) {
      int via = k * words;
      int word = k >>> 6;
      long bit = 1L << k;
      for (int a = 0; a < n; a++) {
        int from = a * words;
        if (a != k && (closed[from + word] & bit) != 0) {
          for (int i = 0; i < words; i++) {
            closed[from + i] |= closed[via + i];
          }
        }
      }
    }
    return new Relation(n, closed);
  }

  private static void close(long[] closed) {
    for (int k = 0; k < closed.length; k++) {
      long via = closed[k];
      if (via != 0) {
        for (int a = 0; a < closed.length; a++) {
          closed[a] |= via & -(closed[a] >>> k & 1);
        }
      }
    }
  }

  /** {@return this and the identity: cat's {@code r?}} */
  public Relation optional() {
    Builder pairs = new Builder(this);
    for (int e = 0; e < n; e++) {
      pairs.add(e, e);
    }
    return pairs.build();
  }

  /** {@return the events that come first in a pair} */
  public EventSet domain() {
    return EventSet.of(n, this::hasSuccessor);
  }

  private boolean hasSuccessor(int a) {
    for (int w = 0; w < words; w++) {
      if (rows[a * words + w] != 0) {
        return true;
      }
    }
    return false;
  }

  /** {@return the events that come second in a pair} */
  public EventSet range() {
    long[] bits = new long[words];
    for (int i = 0; i < rows.length; i++) {
      bits[i % words] |= rows[i];
    }
    return new EventSet(n, bits);
  }

  /** {@return the events that come after {@code a} in a pair} */
  public EventSet successors(int a) {
    return new EventSet(n, Arrays.copyOfRange(rows, a * words, (a + 1) * words));
  }

  /** {@return whether no event is paired with itself} */
  public boolean isIrreflexive() {
    for (int e = 0; e < n; e++) {
      if (contains(e, e)) {
        return false;
      }
    }
    return true;
  }

  /** {@return whether there is no cycle} */
  public boolean isAcyclic() {
    return words == 1 ? peels() : plus().isIrreflexive();
  }

  /** Takes away events without successors until none is left, or none can be taken. */
  private boolean peels() {
    long left = n == 0 ? 0 : -1L >>> (64 - n);
    for (long before = 0; left != before; ) {
      before = left;
      for (long rest = left; rest != 0; rest &= rest - 1) {
        int e = Long.numberOfTrailingZeros(rest);
        if ((rows[e] & left) == 0) {
          left &= ~(1L << e);
        }
      }
    }
    return left == 0;
  }

  /** {@return whether every pair of this relation is in the other} */
  public boolean isSubsetOf(Relation other) {
    for (int i = 0; i < rows.length; i++) {
      if ((rows[i] & ~other.rows[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Relation other && n == other.n && Arrays.equals(rows, other.rows);
  }

  @Override
  public int hashCode() {
    return 31 * n + Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach((a, b) -> text.append(text.length() == 1 ? "" : " ").append(a + "->" + b));
    return text.append('}').toString();
  }
}
