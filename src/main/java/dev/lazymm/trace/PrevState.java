package dev.lazymm.trace;

/**
 * The state in which a task left its CPU: the {@code prev_state} of a {@code sched_switch}.
 *
 * <p>In the hot path a state is an {@code int}, a set of the constants below; this class reads and
 * writes it. The letters are those of {@code TRACE_EVENT(sched_switch)} in {@code
 * include/trace/events/sched.h}: {@code R} (no bit at all) or letters joined by {@code |}, then
 * {@code +} when the task was preempted. Letters of older kernels ({@code x K W N}) are known too.
 */
public final class PrevState {
  /** {@code S}, TASK_INTERRUPTIBLE. */
  public static final int INTERRUPTIBLE = 1;

  /** {@code D}, TASK_UNINTERRUPTIBLE. */
  public static final int UNINTERRUPTIBLE = 1 << 1;

  /** {@code X}, EXIT_DEAD: the last switch of a task that nobody waits for. */
  public static final int DEAD = 1 << 4;

  /** {@code Z}, EXIT_ZOMBIE: the last switch of a task whose parent will collect it. */
  public static final int ZOMBIE = 1 << 5;

  /** {@code I}, an idle kernel thread (TASK_REPORT_IDLE). */
  public static final int IDLE = 1 << 7;

  /** A state that this version has no letter for ({@code 0x400}, a new letter). */
  public static final int OTHER = 1 << 29;

  /** {@code +}: still runnable, the scheduler took the CPU away. */
  public static final int PREEMPTED = 1 << 30;

  /** The bit of a letter is its place here; {@code x} is TASK_DEAD of kernels before 4.14. */
  private static final String LETTERS = "SDTtXZPIxKWN";

  private static final int TASK_DEAD = 1 << LETTERS.indexOf('x');

  private static final int WAKING = 1 << LETTERS.indexOf('W');

  private static final int PARKED = 1 << LETTERS.indexOf('P');

  private PrevState() {}

  /** {@return whether the task was preempted: it stays runnable and did not ask to leave} */
  public static boolean isPreempted(int state) {
    return (state & PREEMPTED) != 0;
  }

  /** {@return whether the task has ended: it never runs again} */
  public static boolean isDead(int state) {
    return (state & (DEAD | ZOMBIE | TASK_DEAD)) != 0;
  }

  /** {@return whether the task could go on running (R or R+)} */
  public static boolean isRunnable(int state) {
    return (state & ~PREEMPTED) == 0;
  }

  /** {@return the state as the kernel writes it, with {@code ?} for {@link #OTHER}} */
  public static String text(int state) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < LETTERS.length(); bit++) {
      if ((state & 1 << bit) != 0) {
        text.append(text.isEmpty() ? "" : "|").append(LETTERS.charAt(bit));
      }
    }
    if ((state & OTHER) != 0) {
      text.append(text.isEmpty() ? "?" : "|?");
    }
    if (text.isEmpty()) {
      text.append('R');
    }
    return isPreempted(state) ? text.append('+').toString() : text.toString();
  }

  /**
   * {@return a state with trace-cmd's letters} Its table is older than the kernel's: what it calls
   * {@code x} and {@code W} are {@code P} and {@code I} since Linux 4.14.
   */
  static int ofTraceCmd(int state) {
    int known = state & ~(TASK_DEAD | WAKING);
    return known | ((state & TASK_DEAD) != 0 ? PARKED : 0) | ((state & WAKING) != 0 ? IDLE : 0);
  }

  /** {@return the bit of one letter; 0 for {@code R}, -1 for what is not a letter} */
  static int bit(byte letter) {
    return switch (letter) {
      case 'R' -> 0;
      case 'S' -> INTERRUPTIBLE;
      case 'D' -> UNINTERRUPTIBLE;
      default -> {
        int place = LETTERS.indexOf(letter);
        if (place >= 0) {
          yield 1 << place;
        }
        boolean isLetter = (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
        yield isLetter ? OTHER : -1;
      }
    };
  }
}
