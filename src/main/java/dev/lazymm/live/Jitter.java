package dev.lazymm.live;

/**
 * Small random delays between the steps of one CPU, so that rounds differ in more than what the
 * hardware does by chance. How often a round delays is drawn too: some rounds not at all, as what
 * takes a tight race must not be disturbed. Owned by the CPU's thread.
 */
final class Jitter {
  private static final long NEVER = 0;
  private static final long SOMETIMES = 6;
  private static final long OFTEN = 3;
  private static final int LONGEST_DELAY = 9; // a power of 2
  private static final int LONGEST_SKEW = 12;
  private static final long YIELDS = 63; // one delay in 64
  private static final long CROWDED_YIELDS = 1;

  private final boolean crowded;
  private long state;
  private long seldomness;

  /**
   * @param crowded whether other threads wait for this processor, so that they go on only if this
   *     one yields
   */
  Jitter(boolean crowded) {
    this.crowded = crowded;
  }

  /** A new round: draws how often to delay, and delays its start. */
  void begin(long seed) {
    state = mix(seed) | 1;
    seldomness =
        switch ((int) (draw() >>> 61)) {
          case 0, 1, 2 -> NEVER;
          case 3, 4, 5 -> SOMETIMES;
          default -> OFTEN;
        };
    delay(LONGEST_SKEW);
  }

  /** Perhaps delays. */
  @SuppressWarnings("ThreadPriorityCheck") // a delay, of which nothing depends on the scheduler
  void step() {
    if (seldomness != NEVER) {
      long drawn = draw();
      if (drawn >>> (Long.SIZE - seldomness) == 0) {
        if ((drawn & (crowded ? CROWDED_YIELDS : YIELDS)) == 0) {
          Thread.yield();
        } else {
          delay(LONGEST_DELAY);
        }
      }
    }
  }

  /** Short delays are as likely as long ones. */
  private void delay(int longest) {
    long drawn = draw();
    int bits = (int) Long.remainderUnsigned(drawn >>> 32, longest + 1L);
    long n = (drawn & 0xffff_ffffL) >>> (32 - bits);
    for (long i = 0; i < n; i++) {
      Thread.onSpinWait();
    }
  }

  /** xorshift64*. */
  private long draw() {
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return state * 0x2545_f491_4f6c_dd1dL;
  }

  /** {@return {@code x}, its bits spread (the finalizer of SplitMix64)} */
  static long mix(long x) {
    long z = x + 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
