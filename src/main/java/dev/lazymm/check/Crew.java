package dev.lazymm.check;

import dev.lazymm.machine.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a {@link Search}: who is at which part. Any of them may call, from its own thread;
 * who has nothing to do waits until somebody has given a part of his away.
 */
final class Crew {
  private final Search.Bounds bounds;
  private final Parts parts;
  private final Snapshot snapshot;
  private int running;
  private volatile int idle;
  private volatile boolean stopped;
  private @Nullable Throwable failure;
  private @Nullable Forecast forecast;

  Crew(Search.Bounds bounds, Parts parts, Memory memory, @Nullable Saver saver) {
    this.bounds = bounds;
    this.parts = parts;
    snapshot = new Snapshot(this, parts, memory, saver);
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isAnyoneIdle() {
    return idle > 0;
  }

  /** {@return a part to explore; null if there is nothing left to do} */
  synchronized @Nullable Part next() {
    while (true) {
      if (parts.isEmpty()) {
        notifyAll();
        return null;
      }
      if (running == 0 && parts.isSpent()) {
        stop("gave up after " + bounds.maxGraphs() + " executions");
      }
      if (stopped) {
        return null;
      }
      Part part = parts.isSpent() || snapshot.isBeingTaken() ? null : parts.waiting();
      if (part != null) {
        parts.begin(part);
        running++;
        return part;
      }
      idle++;
      pause();
      idle--;
    }
  }

  @SuppressWarnings("WaitNotInLoop") // who calls it loops
  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      stop("interrupted");
      Thread.currentThread().interrupt();
    }
  }

  /** Gives away some of a part, if there is enough, and nothing else waits to be done. */
  synchronized void split(Explorer explorer, Part part) {
    if (snapshot.isBeingTaken() || part.cancelled || stopped || parts.waiting() != null) {
      return;
    }
    List<Level> given = explorer.split();
    if (!given.isEmpty()) {
      List<Level> rest = explorer.place();
      parts.addAfter(part, given);
      part.keep(explorer, rest);
      notifyAll();
    }
  }

  /** Notes how far a part is, which goes on. */
  synchronized void note(Explorer explorer, Part part) {
    part.keep(explorer, explorer.place());
    if (forecast != null) {
      forecast.look();
    }
  }

  /** Has it estimated how much there is to do. */
  synchronized void forecast(Forecast of) {
    forecast = of;
  }

  /** Ends the search; what is left to do stays in the parts. */
  synchronized void stop(String reason) {
    if (!stopped) {
      stopped = true;
      parts.endedBecause(reason);
    }
    notifyAll();
  }

  /** A worker cannot go on: nobody does. */
  synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    snapshot.abandon();
    stop(e.toString());
  }

  /** A part is left before its end. */
  synchronized void putBack(Explorer explorer, Part part, long unused) {
    leave(explorer, part, explorer.place(), unused);
    notifyAll();
  }

  /** A part has come to its end. */
  synchronized void finish(Explorer explorer, Part part, Part.End end, long unused) {
    leave(explorer, part, List.of(), unused);
    parts.ended(part, end);
    notifyAll();
  }

  private void leave(Explorer explorer, Part part, List<Level> rest, long unused) {
    snapshot.give(explorer, part);
    while (snapshot.isBeingTaken()) {
      pause();
      snapshot.give(explorer, part); // another may have begun
    }
    part.keep(explorer, rest);
    parts.left(part, unused);
    running--;
  }

  /**
   * A worker has come to the end of the memory, in the middle of anything: all end. The part stays
   * where it was noted last. Nothing here takes memory.
   *
   * @param part null if it was at none
   */
  synchronized void lose(@Nullable Part part, long unused) {
    snapshot.abandon();
    if (part != null && part.running) {
      parts.left(part, unused);
      running--;
    }
    stop(Search.NO_MEMORY);
  }
}
