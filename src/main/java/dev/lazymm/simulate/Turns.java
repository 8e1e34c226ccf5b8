package dev.lazymm.simulate;

import org.jspecify.annotations.Nullable;

/**
 * When one CPU acts. Before each operation that others could notice it lets everybody go on who is
 * earlier, then takes what IPIs have arrived.
 */
final class Turns {
  private final Computer computer;
  private final Engine engine;
  private final Counts counts;
  private final Lane lane;
  private final Interrupts interrupts;

  /** What it waits for, if it does. */
  private @Nullable Waiting waiting;

  /** A wake that has been scheduled and not come yet. */
  private boolean woken;

  Turns(Computer computer, Lane lane, Interrupts interrupts) {
    this.computer = computer;
    this.lane = lane;
    this.interrupts = interrupts;
    engine = computer.engine;
    counts = computer.counts;
  }

  /** {@return the CPU's own time in picoseconds} */
  long now() {
    return lane.clock;
  }

  /** What began at {@link #now} is done at {@code time}. */
  void until(long time) {
    lane.clock = time;
  }

  void spend(long picoseconds) {
    lane.clock += picoseconds;
  }

  /** An operation that nobody else could notice. */
  void count() {
    counts.operations++;
  }

  /** A point at which others may act before this CPU does, and at which it can be interrupted. */
  void point() {
    point(false);
  }

  /**
   * A point before an access.
   *
   * @param hit whether it is in the CPU's own cache, where it may be a little ahead
   */
  void point(boolean hit) {
    counts.operations++;
    long slack = hit ? computer.slack : 0;
    do {
      if (!engine.isFirst(lane, slack)) {
        engine.giveWay(lane);
      }
    } while (interrupts.takeArrived());
  }

  /** Sleeps until woken, or until an IPI arrives that can be taken. */
  void sleep(Lane.State how) {
    woken = false;
    interrupts.wakeAtNext();
    engine.park(lane, how);
  }

  /** Sleeps for somebody else. */
  void await(Waiting what) {
    counts.waits++;
    waiting = what;
    sleep(Lane.State.WAITING);
    waiting = null;
  }

  /** Another CPU ends this one's sleep. */
  void wake(long time) {
    if (!woken) {
      woken = true;
      engine.wake(lane, time);
    }
  }

  /** {@return what it waits for now; null if it does not} */
  @Nullable Waiting waiting() {
    return waiting;
  }
}
