package dev.lazymm.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many executions a program has: several draws of a {@link Population}, as it is
 * their spread that says how far off they may be; then of a larger one, as long as there is time.
 * Has an explorer of its own. Owned by one thread.
 */
final class Estimator {
  /** How often the same population is drawn. */
  private static final int DRAWS = 8;

  /** How large the first population is, by how much each can be larger than the last. */
  private static final int FIRST = 8;

  private static final int FACTOR = 3;
  private static final int LARGEST = FIRST * FACTOR * FACTOR * FACTOR * FACTOR * FACTOR * FACTOR;

  /** A population that is not so much larger is not worth its time. */
  private static final double LEAST_FACTOR = 1.2;

  /** How much of the time that is left a population may take, as far as the last one says. */
  private static final double SAFE = 0.85;

  private final Explorer explorer;
  private final Population population;
  private final LongSupplier clock;
  private final BooleanSupplier isEnded;
  private long over;

  private Estimator(
      Explorer explorer,
      RandomGenerator random,
      @Nullable LongSupplier clock,
      BooleanSupplier isEnded) {
    this.explorer = explorer;
    this.isEnded = isEnded;
    population = new Population(explorer, random, Headroom.share(), this::isOver);
    this.clock = clock == null ? population::steps : clock;
  }

  /**
   * {@return one whose time is what a clock says}
   *
   * @param explorer one that nobody else uses
   * @param random what is drawn from
   * @param isEnded when to give up
   */
  static Estimator timed(
      Explorer explorer, RandomGenerator random, LongSupplier clock, BooleanSupplier isEnded) {
    return new Estimator(explorer, random, clock, isEnded);
  }

  /**
   * {@return one whose time is the number of events added to graphs, so that what it says depends
   * on nothing else}
   *
   * @param explorer one that nobody else uses
   * @param random what is drawn from
   */
  static Estimator counted(Explorer explorer, RandomGenerator random) {
    return new Estimator(explorer, random, null, () -> false);
  }

  private boolean isOver() {
    return clock.getAsLong() - over >= 0 || isEnded.getAsBoolean();
  }

  /**
   * {@return how many executions there are; null if there is too little time to say}
   *
   * @param footprint what is known of the program; what is not is learned
   * @param time how long this may take at most
   */
  @Nullable Estimate of(Footprint.Known footprint, long time) {
    Footprint.Known known = footprint;
    over = clock.getAsLong() + time;
    while (true) {
      try {
        explorer.begin(known, new Touches(), List.of(), new Nobody());
        return draws();
      } catch (Footprint.Restart e) {
        known = explorer.footprint().known();
      }
    }
  }

  private @Nullable Estimate draws() {
    List<Double> latest = List.of();
    int room = FIRST;
    while (true) {
      long begin = clock.getAsLong();
      List<Double> counts = new ArrayList<>();
      for (int i = 0; i < DRAWS; i++) {
        OptionalDouble count = population.count(room);
        if (count.isEmpty()) {
          return Estimate.of(latest);
        }
        if (population.isExact()) {
          return Estimate.certain(count.getAsDouble());
        }
        counts.add(count.getAsDouble());
      }
      latest = counts;
      int next = larger(room, clock.getAsLong() - begin);
      if (next < LEAST_FACTOR * room) {
        return Estimate.of(latest);
      }
      room = next;
    }
  }

  /** {@return how large a population there is time for next, when this has taken so long} */
  private int larger(int room, long took) {
    double left = SAFE * (over - clock.getAsLong()) / Math.max(1, took);
    return (int) Math.min(LARGEST, room * Math.min(FACTOR, left));
  }

  /** Does not mind if a thread's code fails: that is the search's to say. */
  private static final class Nobody implements Explorer.Listener {
    @Override
    public boolean complete(Explorer e, Graph graph) {
      return true;
    }

    @Override
    public boolean failed(Explorer e, Graph graph, int cpu, RuntimeException failure) {
      return true;
    }

    @Override
    public void restarted() {}
  }
}
