package dev.lazymm.replay;

/**
 * Counts that can be read from a point on: {@link #mark} sets the point, which moves until the
 * window is seen to begin there.
 */
class Tally {
  private final long[] now;
  private final long[] atMark;

  Tally(int kinds) {
    now = new long[kinds];
    atMark = new long[kinds];
  }

  final void add(int kind) {
    now[kind]++;
  }

  final void add(int kind, long count) {
    now[kind] += count;
  }

  final void mark() {
    System.arraycopy(now, 0, atMark, 0, now.length);
  }

  /**
   * {@return how many there were}
   *
   * @param sinceMark only since the last mark
   */
  final long count(int kind, boolean sinceMark) {
    return sinceMark ? now[kind] - atMark[kind] : now[kind];
  }
}
