package dev.lazymm.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Decides which CPU goes on. Each that can go on by itself has one event in the calendar, except
 * the one that has the turn; that goes on as long as no event is before its own time, and hands the
 * turn over directly then. So the host's threads decide nothing, and the same seed gives the same
 * run.
 */
final class Engine {
  /** Start times are spread over up to 2^this picoseconds: 34 us. */
  private static final int MOST_SPREAD = 25;

  private final CalendarQueue calendar = new CalendarQueue();
  private final SplittableRandom random;
  private final List<Lane> lanes = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private long sequence;
  private long handOvers;
  private volatile boolean over;
  private @Nullable Lane failedLane;
  private @Nullable Throwable failure;

  /**
   * @param seed where start times, and the order of what happens at the same time, come from
   */
  Engine(long seed) {
    random = new SplittableRandom(seed);
  }

  /** {@return a new lane that will run {@code body}} */
  Lane lane(Runnable body) {
    Lane lane = new Lane(lanes.size(), this, body);
    lanes.add(lane);
    return lane;
  }

  boolean isOver() {
    return over;
  }

  /** {@return how often one CPU handed the turn to another} */
  long handOvers() {
    return handOvers;
  }

  /** {@return the lane whose code failed; null if none did} */
  @Nullable Lane failedLane() {
    return failedLane;
  }

  /** {@return how it failed} */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Runs until nobody can go on, or somebody fails. */
  void run() {
    // From all at once to one after the other, so that seeds differ in more than nuances.
    long spread = 1L << random.nextInt(MOST_SPREAD + 1);
    for (Lane lane : lanes) {
      lane.clock = random.nextLong(spread);
      schedule(lane, lane.clock);
    }
    Lane first = next();
    if (first == null) {
      return;
    }
    first.give();
    try {
      end.await();
      over = true;
      for (Lane lane : lanes) {
        lane.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while simulating", e);
    }
  }

  /**
   * {@return whether nothing comes before the time of a lane, less {@code slack}}
   *
   * @param slack how far the lane may be ahead, from 0
   */
  boolean isFirst(Lane lane, long slack) {
    Event event = calendar.peek();
    while (event != null && isVoid(event)) {
      calendar.poll();
      event = calendar.peek();
    }
    return event == null || event.time() > lane.clock - slack;
  }

  /** Lets all go on that come before this lane. */
  void giveWay(Lane lane) {
    lane.state = Lane.State.READY;
    schedule(lane, lane.clock);
    handOver(lane);
  }

  /** Lets the others go on until this lane is {@linkplain #wake woken}. */
  void park(Lane lane, Lane.State how) {
    lane.state = how;
    handOver(lane);
  }

  /** Lets a lane that is parked go on at a time, or at its own if that is later. */
  void wake(Lane lane, long time) {
    schedule(lane, Math.max(time, lane.clock));
  }

  private void schedule(Lane lane, long time) {
    calendar.add(new Event(time, random.nextInt(), sequence++, lane.id(), lane.token));
  }

  private boolean isVoid(Event event) {
    return lanes.get(event.cpu()).token != event.token();
  }

  private @Nullable Lane next() {
    for (Event event = calendar.poll(); event != null; event = calendar.poll()) {
      if (!isVoid(event)) {
        Lane lane = lanes.get(event.cpu());
        lane.clock = Math.max(lane.clock, event.time());
        lane.token++;
        return lane;
      }
    }
    return null;
  }

  private void handOver(Lane from) {
    Lane to = next();
    if (to == from) {
      return;
    }
    if (to == null) {
      end.countDown();
    } else {
      handOvers++;
      to.give();
    }
    from.take();
  }

  /** A lane's code has failed: everything ends. */
  void failed(Lane lane, Throwable how) {
    failedLane = lane;
    failure = how;
    end.countDown();
  }
}
