package dev.lazymm.live;

import java.util.concurrent.locks.LockSupport;

/**
 * How a thread passes the time while it waits: it spins, then lets others have the processor, then
 * sleeps for moments. On a busy system, who sleeps is let on again sooner than who spins.
 */
final class Pause {
  private static final int SPINS = 64;
  private static final int YIELDS = 16;
  private static final long SLEEP_NS = 10_000;

  private final boolean crowded;
  private int spins;

  /**
   * @param crowded whether there are fewer processors than threads, so that spinning is in vain
   */
  Pause(boolean crowded) {
    this.crowded = crowded;
  }

  /** A new wait begins. */
  void begin() {
    spins = crowded ? SPINS : 0;
  }

  /** Waits for a moment. */
  @SuppressWarnings("ThreadPriorityCheck") // right without it too, but slow on few processors
  void moment() {
    spins++;
    if (spins <= SPINS && !crowded) {
      Thread.onSpinWait();
    } else if (spins <= SPINS + YIELDS) {
      Thread.yield();
    } else {
      spins = SPINS + YIELDS;
      LockSupport.parkNanos(SLEEP_NS);
    }
  }
}
