package dev.lazymm.litmus;

import dev.lazymm.cat.Bounds;
import dev.lazymm.cat.Relation;
import java.util.ArrayList;
import java.util.List;

/** Which writes the reads of a candidate may still read from, and which read to decide next. */
final class Sources {
  private final Candidate candidate;
  private final Valuation values;
  private final int size;
  private final List<Integer> reads = new ArrayList<>();
  private final List<Integer> writes = new ArrayList<>();
  private final boolean[][] excluded;
  private final boolean[] guarding;

  Sources(Candidate candidate) {
    this.candidate = candidate;
    values = candidate.values();
    size = candidate.size();
    excluded = new boolean[size][size];
    guarding = new boolean[size];
    for (int e = 0; e < size; e++) {
      if (candidate.isRead(e)) {
        reads.add(e);
        excluded[e][e] = true;
      }
      if (candidate.isWrite(e)) {
        writes.add(e);
      }
      PathEvent event = candidate.event(e);
      if (event != null) {
        int base = candidate.base(candidate.thread(e));
        event.ctrl().forEach(r -> guarding[base + r] = true);
      }
    }
  }

  List<Integer> writes() {
    return writes;
  }

  boolean isOpen(int read) {
    return values.source(read) < 0;
  }

  /** {@return whether an open read may read from a write} */
  boolean mayRead(int read, int write) {
    return !excluded[read][write] && values.mayMeet(read, write);
  }

  /** From here a read does not read from a write, or may again. */
  void exclude(int read, int write, boolean not) {
    excluded[read][write] = not;
  }

  /** {@return what is known of reads-from} */
  Bounds<Relation> bounds() {
    Relation.Builder lo = new Relation.Builder(size);
    Relation.Builder hi = new Relation.Builder(size);
    boolean exact = true;
    for (int r : reads) {
      if (!isOpen(r)) {
        lo.add(values.source(r), r);
        hi.add(values.source(r), r);
      } else {
        exact = false;
        for (int w : writes) {
          if (mayRead(r, w)) {
            hi.add(w, r);
          }
        }
      }
    }
    Relation fixed = lo.build();
    return exact ? Bounds.exact(fixed) : new Bounds<>(fixed, hi.build());
  }

  // ---- what to decide next ---------------------------------------------------------------------

  /**
   * {@return a write of known value that some open atomic operation may read, among others whose
   * values are not known; -1 if there is none} Counters are such: each operation's value follows
   * from the one before it. Asking of a known write who reads it next keeps all values known.
   */
  int nextInChain() {
    for (int r : reads) {
      if (isOpen(r) && isAtomic(r) && values.isPlaced(r)) {
        int known = -1;
        boolean unknown = false;
        for (int w : writes) {
          if (mayRead(r, w)) {
            if (values.isKnown(w)) {
              known = w;
            } else {
              unknown = true;
            }
          }
        }
        if (known >= 0 && unknown) {
          return known;
        }
      }
    }
    return -1;
  }

  /** {@return the open atomic operations that may read a write} */
  List<Integer> readersOf(int write) {
    return reads.stream().filter(r -> isOpen(r) && isAtomic(r) && mayRead(r, write)).toList();
  }

  private boolean isAtomic(int read) {
    PathEvent event = candidate.event(read);
    return event != null && event.rmw();
  }

  /**
   * {@return the open read to decide next, -1 if none is open} First those of atomic operations,
   * then those that decide which way a thread goes, then those with the fewest writes to choose
   * from.
   */
  int nextRead() {
    int best = -1;
    int bestRank = Integer.MAX_VALUE;
    for (int r : reads) {
      if (isOpen(r)) {
        int rank = rank(r);
        if (rank < bestRank) {
          best = r;
          bestRank = rank;
        }
      }
    }
    return best;
  }

  private int rank(int read) {
    if (!values.isPlaced(read)) {
      return 3 * size;
    }
    if (isAtomic(read)) {
      return 0;
    }
    int choices = 0;
    for (int w : writes) {
      if (mayRead(read, w)) {
        choices++;
      }
    }
    return choices + (guarding[read] ? 0 : size);
  }

  /**
   * {@return whether some open read can only read what would be computed from itself} Such values
   * do not exist; mere copies do, out of thin air.
   */
  boolean isGroundless() {
    boolean[] grounded = new boolean[size];
    boolean more = true;
    while (more) {
      more = false;
      for (int r : reads) {
        if (!grounded[r]
            && (!isOpen(r) ? isGrounded(values.source(r), grounded) : reaches(r, grounded))) {
          grounded[r] = true;
          more = true;
        }
      }
    }
    for (int r : reads) {
      if (!grounded[r] && isOpen(r)) {
        return true;
      }
    }
    return false;
  }

  private boolean reaches(int read, boolean[] grounded) {
    for (int w : writes) {
      if (mayRead(read, w) && isGrounded(w, grounded)) {
        return true;
      }
    }
    return false;
  }

  private boolean isGrounded(int write, boolean[] grounded) {
    PathEvent event = candidate.event(write);
    if (values.isKnown(write) || event == null) {
      return true;
    }
    int base = candidate.base(candidate.thread(write));
    return !(event.value() instanceof Value.Binary binary) || isGrounded(binary, base, grounded);
  }

  private static boolean isGrounded(Value value, int base, boolean[] grounded) {
    return switch (value) {
      case Value.Constant c -> true;
      case Value.OfRead r -> grounded[base + r.event()];
      case Value.Binary b ->
          isGrounded(b.left(), base, grounded) && isGrounded(b.right(), base, grounded);
      case Value.Select s -> true;
    };
  }
}
