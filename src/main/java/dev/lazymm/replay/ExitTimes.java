package dev.lazymm.replay;

import java.util.Arrays;

/**
 * How long exits of an mm's last user took lately, in the recording's unit of time, and with it
 * whether a task had begun its exit when it was preempted.
 *
 * <p>Preemption comes at any moment, so of the tasks that ran on for a time t until their exit was
 * over, those had begun it before whose exit takes longer than t. A task is taken for one of them
 * if more than half of the recent exits took longer than t: then it is more likely than not.
 */
final class ExitTimes {
  /** How many are remembered; what exits changes in the course of a recording. */
  private static final int KEPT = 32;

  /** With fewer than this nothing is concluded. */
  private static final int ENOUGH = 4;

  private final long[] times = new long[KEPT];
  private int kept;
  private int oldest;
  private long median; // 0 until there are enough

  /** An exit was seen whole: it took this long, or {@link Lookahead#NONE} for nobody knows. */
  void add(long time) {
    if (time == Lookahead.NONE) {
      return;
    }
    times[oldest] = time;
    oldest = (oldest + 1) % KEPT;
    kept = Math.min(kept + 1, KEPT);
    if (kept >= ENOUGH) {
      long[] sorted = Arrays.copyOf(times, kept);
      Arrays.sort(sorted);
      median = sorted[kept / 2];
    }
  }

  /** {@return whether a task that ran for this long until its exit was over had begun before} */
  boolean begun(long runToExit) {
    return runToExit < median;
  }
}
