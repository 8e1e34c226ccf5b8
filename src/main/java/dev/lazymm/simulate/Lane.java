package dev.lazymm.simulate;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The stack of one simulated CPU. Kernel code is plain Java that blocks, so each CPU runs it on a
 * virtual thread of its own; but only one has the turn at a time, and everything else stands still.
 */
final class Lane {
  /** Ends a lane whose simulation is over; kernel code does not catch it. */
  static final class Cancelled extends Error {
    private static final long serialVersionUID = 1;

    Cancelled() {
      super("the simulation is over", null, false, false);
    }
  }

  /** How a lane stands when it does not have the turn. */
  enum State {
    /** It goes on at the time of its event. */
    READY,
    /** It waits for another CPU. */
    WAITING,
    /** Its script has ended; it takes IPIs. */
    HALTED
  }

  private final int id;
  private final Engine engine;
  private final Runnable body;
  private @Nullable Thread thread;
  private volatile boolean turn;

  /** The CPU's own time in picoseconds. */
  long clock;

  /** How many turns it has had; an event of an earlier one is void. */
  int token;

  State state = State.READY;

  /**
   * @param body what to run; never returns, except by failing or by {@link Cancelled}
   */
  Lane(int id, Engine engine, Runnable body) {
    this.id = id;
    this.engine = engine;
    this.body = body;
  }

  int id() {
    return id;
  }

  /** Gives this lane the turn; the caller must not touch the simulation any more. */
  void give() {
    turn = true;
    if (thread == null) {
      thread = Thread.ofVirtual().name("simulated-cpu-" + id).unstarted(this::run);
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  /** Waits for the turn. */
  void take() {
    while (!turn) {
      LockSupport.park(this);
    }
    turn = false;
    if (engine.isOver()) {
      throw new Cancelled();
    }
  }

  private void run() {
    try {
      take();
      body.run();
    } catch (Cancelled e) {
      // The simulation is over.
    } catch (Throwable e) { // whatever it is, the simulation must not stand still for ever
      engine.failed(this, e);
    }
  }

  /** Once the simulation is over: lets the lane end, and waits until it has. */
  void end() throws InterruptedException {
    if (thread != null) {
      turn = true;
      LockSupport.unpark(thread);
      thread.join();
    }
  }
}
