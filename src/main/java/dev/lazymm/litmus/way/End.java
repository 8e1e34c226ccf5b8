package dev.lazymm.litmus.way;

/** Whether and why a way through a thread does not go on with the next statement. */
public enum End {
  /** It goes on. */
  NONE,
  /** It leaves the loop: {@code break}. */
  BREAK,
  /** It goes on with the next time through the loop: {@code continue}. */
  CONTINUE,
  /** It is at the thread's end: {@code return}. */
  RETURN,
  /** A loop was unrolled as often as allowed. */
  CUT
}
