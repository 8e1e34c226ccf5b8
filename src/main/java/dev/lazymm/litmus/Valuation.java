package dev.lazymm.litmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a candidate's addresses and values, given where some of its reads read from.
 * Every decision is an entry on a trail and can be taken back.
 */
final class Valuation {
  private static final int UNDECIDED = -1;
  private static final int NONE = -1;

  /** What an entry of the trail takes back. */
  private static final int SOURCE = 0;

  private static final int VALUE = 1;
  private static final int PLACE = 2;
  private static final int SEEN = 3;

  private final Candidate candidate;
  private final int size;
  private final int[] source;
  private final boolean[] known;
  private final long[] value;
  private final boolean[] seen;
  private final long[] read;
  private final boolean[] placed;
  private final int[] location;
  private final int[] trail;
  private int trailed;
  private boolean placedAtStart;
  private int stray = NONE;
  private final List<ThreadView> views = new ArrayList<>();

  Valuation(Candidate candidate) {
    this.candidate = candidate;
    size = candidate.size();
    source = new int[size];
    Arrays.fill(source, UNDECIDED);
    known = new boolean[size];
    value = new long[size];
    seen = new boolean[size];
    read = new long[size];
    placed = new boolean[size];
    location = new int[size];
    trail = new int[4 * size];
    for (int t = 0; t < candidate.paths().size(); t++) {
      views.add(new ThreadView(candidate.base(t)));
    }
    LitmusTest test = candidate.test();
    for (int l = 0; l < test.locations().size(); l++) {
      known[l] = true;
      value[l] = test.initial().get(l);
      placed[l] = true;
      location[l] = l;
    }
    propagate();
    placedAtStart = true;
    for (int e = 0; e < size; e++) {
      PathEvent event = candidate.event(e);
      placedAtStart &= event == null || event.address() == null || placed[e];
    }
  }

  /** What the reads of one thread return. */
  private final class ThreadView implements Value.Known {
    private final int base;

    ThreadView(int base) {
      this.base = base;
    }

    @Override
    public boolean isKnown(int event) {
      return seen[base + event];
    }

    @Override
    public long value(int event) {
      return read[base + event];
    }
  }

  /** {@return a mark to come back to} */
  int mark() {
    return trailed;
  }

  /** Takes back what was decided, and what followed from it, since a mark. */
  void reset(int mark) {
    while (trailed > mark) {
      int entry = trail[--trailed];
      int e = entry >> 2;
      switch (entry & 3) {
        case SOURCE -> source[e] = UNDECIDED;
        case VALUE -> known[e] = false;
        case SEEN -> seen[e] = false;
        default -> placed[e] = false;
      }
    }
  }

  private void note(int what, int e) {
    trail[trailed++] = e << 2 | what;
  }

  /**
   * Decides where a read reads from, and computes what follows.
   *
   * @return false if that cannot be: another location or size, or a thread would not go its way
   */
  boolean decide(int read, int write) {
    source[read] = write;
    note(SOURCE, read);
    return propagate();
  }

  /**
   * {@return the access, by what was decided last, to what is no location, or with another size
   * than the location has; -1 if there is none}
   */
  int stray() {
    return stray;
  }

  private boolean propagate() {
    stray = NONE;
    boolean more = true;
    while (more) {
      more = false;
      for (int e = 0; e < size; e++) {
        PathEvent event = candidate.event(e);
        if (event == null) {
          continue;
        }
        ThreadView view = views.get(candidate.thread(e));
        if (!placed[e] && event.address() != null && isComputable(event.address(), view)) {
          int l = Value.locationOf(event.address().evaluate(view));
          if (l < 0 || l >= candidate.test().locations().size() || isOtherSize(event, l)) {
            stray = isConsistent() ? e : NONE;
            return false;
          }
          placed[e] = true;
          location[e] = l;
          note(PLACE, e);
          more = true;
        }
        if (!seen[e] && source[e] >= 0 && known[source[e]]) {
          see(e, value[source[e]]);
          more = true;
        }
        if (!known[e] && event.value() != null && isComputable(event.value(), view)) {
          know(e, event.value().evaluate(view));
          more = true;
        }
      }
    }
    return isConsistent();
  }

  /** Whether an access is of another size than one to the same location that is placed. */
  private boolean isOtherSize(PathEvent event, int l) {
    for (int e = 0; e < size; e++) {
      PathEvent other = candidate.event(e);
      if (other != null && placed[e] && location[e] == l && other.size() != event.size()) {
        return true;
      }
    }
    return false;
  }

  /** Notes what a read returns; that is its value, unless it writes another. */
  private void see(int e, long number) {
    seen[e] = true;
    read[e] = number;
    note(SEEN, e);
    if (!candidate.isWrite(e)) {
      know(e, number);
    }
  }

  private void know(int e, long number) {
    known[e] = true;
    value[e] = number;
    note(VALUE, e);
  }

  /**
   * Whether a value is known and no division by zero: that it has none, and may be no way to go.
   */
  static boolean isComputable(Value value, Value.Known view) {
    try {
      if (!value.isKnown(view)) {
        return false;
      }
      value.evaluate(view);
      return true;
    } catch (ArithmeticException _) {
      return false;
    }
  }

  /**
   * Computes each address and value that is not known.
   *
   * @throws ArithmeticException if one of them is a division by zero
   */
  void checkDivisions() {
    for (int e = 0; e < size; e++) {
      PathEvent event = candidate.event(e);
      if (event != null) {
        ThreadView view = views.get(candidate.thread(e));
        check(placed[e] ? null : event.address(), view);
        check(known[e] ? null : event.value(), view);
      }
    }
  }

  private static void check(@Nullable Value value, ThreadView view) {
    if (value != null && value.isKnown(view)) {
      value.evaluate(view);
    }
  }

  /** Lets a read return a symbol, and computes what follows; false if that cannot be. */
  boolean conjure(int read) {
    see(read, Value.SYMBOLS + read);
    return propagate();
  }

  private boolean isConsistent() {
    for (int e = 0; e < size; e++) {
      int w = source[e];
      if (w >= 0 && placed[e] && placed[w] && location[e] != location[w]) {
        return false;
      }
    }
    List<Path> paths = candidate.paths();
    for (int t = 0; t < paths.size(); t++) {
      ThreadView view = views.get(t);
      for (Path.Guard guard : paths.get(t).guards()) {
        if (guard.value().isKnown(view) && (guard.value().evaluate(view) != 0) != guard.holds()) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@return the write that a read reads from, -1 if that is not decided} */
  int source(int read) {
    return source[read];
  }

  /** {@return whether the location of an access is known} */
  boolean isPlaced(int e) {
    return placed[e];
  }

  /** {@return whether all locations are known whatever is read} */
  boolean isPlacedAtStart() {
    return placedAtStart;
  }

  /** {@return the location of an access that is placed} */
  int location(int e) {
    return location[e];
  }

  /**
   * {@return whether the value of an access is known; of one that reads and writes, the written}
   */
  boolean isKnown(int e) {
    return known[e];
  }

  /** {@return whether what a read returns is known} */
  boolean isSeen(int e) {
    return seen[e];
  }

  /** {@return the value of an access that is known} */
  long value(int e) {
    return value[e];
  }

  /** {@return what is known of a thread's reads} */
  Value.Known view(int t) {
    return views.get(t);
  }

  /** {@return whether two accesses may be to the same location} */
  boolean mayMeet(int a, int b) {
    return !placed[a] || !placed[b] || location[a] == location[b];
  }
}
