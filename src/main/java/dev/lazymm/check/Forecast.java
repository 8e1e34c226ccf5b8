package dev.lazymm.check;

import dev.lazymm.machine.Refusal;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Estimates, beside a {@link Search}, how many executions it has: when it has gone on for a while,
 * and again from time to time. The later, the longer that may take, so that estimates become
 * better. Has a thread and an explorer of its own, and changes nothing in what the search finds.
 * Guarded by the {@link Crew}, but for what the thread does.
 */
final class Forecast {
  private static final long MS = 1_000_000;

  /** How long a search goes on before the first estimate, in nanoseconds: most are over by then. */
  private static final long BEGIN = 200 * MS;

  /** How long the first estimate may take, and others at least. */
  private static final long LEAST = 250 * MS;

  /** Of the time that has passed, the part that an estimate may take. */
  private static final int PART = 25;

  /** By how much time has grown when there is another. */
  private static final double AGAIN = 1.5;

  private final Crew crew;
  private final Supplier<Footprint.Known> known;
  private final Supplier<Explorer> explorers;
  private final Consumer<Estimate> listener;
  private final long begun = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param known what the search knows of its program
   * @param explorers makes an explorer that nobody else uses
   * @param listener is told each estimate, from a thread of its own
   */
  Forecast(
      Crew crew,
      Supplier<Footprint.Known> known,
      Supplier<Explorer> explorers,
      Consumer<Estimate> listener) {
    this.crew = crew;
    this.known = known;
    this.explorers = explorers;
    this.listener = listener;
  }

  /** The search goes on. */
  void look() {
    if (thread == null && System.nanoTime() - begun >= BEGIN) {
      thread = Thread.ofPlatform().daemon().name("estimate").start(this::run);
    }
  }

  private void run() {
    try {
      estimate();
    } catch (InterruptedException | OutOfMemoryError | Explorer.TooLarge | Refusal e) {
      // there is no estimate; what the search meets of it, it says
    } catch (RuntimeException | Error e) {
      crew.fail(e);
    }
  }

  private void estimate() throws InterruptedException {
    Estimator estimator =
        Estimator.timed(
            explorers.get(),
            new SplittableRandom(1),
            System::nanoTime,
            () -> ended.getCount() == 0);
    long wait = 0;
    while (!ended.await(wait, TimeUnit.NANOSECONDS)) {
      long time = Math.max(LEAST, (System.nanoTime() - begun) / PART);
      Estimate estimate = estimator.of(known.get(), time);
      if (estimate != null && ended.getCount() > 0) {
        listener.accept(estimate);
        if (estimate.isCertain()) {
          return;
        }
      }
      wait = (long) ((AGAIN - 1) * (System.nanoTime() - begun));
    }
  }

  /** The search is over; returns when this is. */
  void end() {
    ended.countDown();
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
