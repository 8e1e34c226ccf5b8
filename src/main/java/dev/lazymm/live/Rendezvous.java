package dev.lazymm.live;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Where the threads meet between rounds: the last to come does what is to be done alone, and then
 * all go on at once. They spin, so that a round can be shorter than a wake-up.
 */
final class Rendezvous {
  private final int parties;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int turn;

  Rendezvous(int parties) {
    this.parties = parties;
  }

  /** {@return how often all have met} */
  int turns() {
    return turn;
  }

  /**
   * Waits for all others.
   *
   * @param alone run by one thread while all others wait here
   * @param stop whether to wait no longer
   * @throws Stop if {@code stop} says so
   */
  void meet(Runnable alone, BooleanSupplier stop, Pause pause) {
    int now = turn;
    if (arrived.incrementAndGet() == parties) {
      alone.run();
      arrived.set(0);
      turn = now + 1;
      return;
    }
    pause.begin();
    while (turn == now) {
      if (stop.getAsBoolean()) {
        throw new Stop();
      }
      pause.moment();
    }
  }
}
