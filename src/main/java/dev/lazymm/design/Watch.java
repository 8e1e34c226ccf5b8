package dev.lazymm.design;

import org.jspecify.annotations.Nullable;

/**
 * Counts what a thread does in a design between two calls of the machine, and stops it where it
 * goes on for too long. A count, not a clock: the same code is stopped at the same turn anywhere.
 *
 * <p>Public for the instrumented classes of designs alone, which call {@link #tick}. They have no
 * handle to pass it on, hence the thread-local.
 */
public final class Watch {
  /** Turns of loops, and calls within the design, without a call of the machine. */
  static final int MOST_TURNS = 1_000_000;

  private static final ThreadLocal<Watch> CURRENT = ThreadLocal.withInitial(Watch::new);

  private int turns;

  /** Kept, so that it is thrown again if the design catches it. */
  private @Nullable DesignException refused;

  private Watch() {}

  static Watch current() {
    return CURRENT.get();
  }

  /** A method of a design begins, or a loop of it turns. */
  public static void tick() {
    Watch watch = CURRENT.get();
    if (++watch.turns > MOST_TURNS) {
      watch.tooLong();
    }
  }

  private void tooLong() {
    passOnRefusal();
    throw refuse(
        DesignLoader.here()
            .map(here ->
                here.error(
                    "this never ends: %d turns of loops and calls without a call of the machine"
                        .formatted(MOST_TURNS),
                    "a loop that ends; to wait for another CPU, cpu.await"))
            .orElseGet(() -> new DesignException("a design never ends")));
  }

  /** The machine was called, or another piece of design code begins. */
  void reset() {
    turns = 0;
  }

  /** Another design: whatever was refused before is of no interest. */
  void forget() {
    turns = 0;
    refused = null;
  }

  DesignException refuse(DesignException e) {
    refused = e;
    return e;
  }

  /** Throws once more what a design has caught. */
  void passOnRefusal() {
    if (refused != null) {
      throw refused;
    }
  }
}
