package dev.lazymm.trace;

/** The unit of a recording's timestamps. */
public enum Clock {
  /**
   * Nanoseconds; the text has seconds with a fraction. The kernel writes microseconds, so such
   * stamps are multiples of 1000 and two events may share one.
   */
  NANOSECONDS,

  /**
   * Bare ticks of an unknown rate, of the clocks {@code counter}, {@code x86-tsc}, {@code ppc-tb}.
   */
  TICKS,

  /** The recording has no event. */
  UNKNOWN
}
