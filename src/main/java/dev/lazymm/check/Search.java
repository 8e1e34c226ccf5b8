package dev.lazymm.check;

import dev.lazymm.machine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Explores a program with several workers, as one would.
 *
 * <p>One explorer tries its choices in a fixed order, depth first; what another worker is given are
 * the choices that it would have tried last. So at any time there is a list of {@link Part}s, which
 * one explorer would go through one after the other, and what was found in them is put together in
 * that order. Nothing that a part finds depends on another, with two exceptions: when to stop after
 * something was found, and when the footprint shows that all is to begin anew ({@link
 * Footprint.Restart}). Either is settled when all before it is done, if need be by exploring the
 * part once more. So the result is that of one worker, whatever their number and their speed;
 * unless a bound ends it, which comes where it comes.
 */
final class Search {
  /**
   * How to search.
   *
   * @param workers how many threads
   * @param maxGraphs when to give up, in graphs that could not grow any more
   * @param deadline when to give up, by {@link System#nanoTime}
   * @param afterFound how many more graphs to look at when something was found
   * @param splitAfter after how many graphs of a part some of it may be given away
   * @param frameBytes about how much memory the graphs of one worker may take, if its share of the
   *     heap is not less
   * @param progress told now and then how many executions there were
   */
  record Bounds(
      int workers,
      long maxGraphs,
      long deadline,
      long afterFound,
      int splitAfter,
      long frameBytes,
      LongConsumer progress) {
    /** {@return no bounds} */
    static Bounds none(int workers) {
      return new Bounds(
          workers, Long.MAX_VALUE, NEVER, Long.MAX_VALUE, SPLIT_AFTER, Long.MAX_VALUE, n -> {});
    }
  }

  /** A deadline that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  static final int SPLIT_AFTER = 256;

  /** Why a search ended that the heap was too small for. */
  static final String NO_MEMORY = "the memory is full";

  private final Program program;
  private final Supplier<MemoryModel> models;
  private final Explorer.Options options;
  private final Bounds bounds;
  private final Parts parts;
  private final Crew crew;
  private @Nullable Consumer<Estimate> estimates;

  Search(
      Program program,
      Supplier<MemoryModel> models,
      Explorer.Options options,
      Bounds bounds,
      Tally tally,
      @Nullable Saver saver) {
    this.program = program;
    this.models = models;
    this.options = options;
    this.bounds = bounds;
    parts = new Parts(bounds, tally);
    crew = new Crew(bounds, parts, program.memory(), saver);
    HiddenCells.of(program.memory()); // before anything the scripts make
  }

  /** Goes on from where another search was. */
  void goOn(Saved.Content saved) {
    parts.goOn(saved, options.maxEvents());
  }

  /** Has somebody told how many executions there are in all, if it takes long; null for nobody. */
  void tell(@Nullable Consumer<Estimate> listener) {
    estimates = listener;
  }

  /** Explores until the end, or a bound. */
  void run() {
    Forecast forecast = null;
    if (estimates != null) {
      forecast = new Forecast(crew, parts::known, this::explorer, estimates);
      crew.forecast(forecast);
    }
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < bounds.workers(); i++) {
      others.add(Thread.ofPlatform().daemon().name("explore-" + i).start(this::work));
    }
    work();
    for (Thread other : others) {
      join(other);
    }
    if (forecast != null) {
      forecast.end();
    }
    Throwable thrown = crew.failure();
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
    try {
      crew.snapshot().save();
    } catch (OutOfMemoryError e) {
      // what was saved before stands
    }
  }

  private Explorer explorer() {
    MemoryModel model = models.get();
    model.limit(Headroom.share());
    return new Explorer(program, model, options, parts.front().tally.fresh());
  }

  private void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      crew.stop("interrupted");
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (Headroom headroom = new Headroom()) {
      new Worker(crew, parts, bounds, explorer(), headroom).work();
    } catch (OutOfMemoryError e) {
      crew.lose(null, 0);
    } catch (RuntimeException | Error e) {
      crew.fail(e);
    }
  }

  // ---- the result ------------------------------------------------------------------------------

  /** {@return whether everything was explored} */
  boolean isComplete() {
    return parts.isComplete();
  }

  /** {@return why not everything was explored; empty if it was, or enough was found} */
  String why() {
    return parts.why();
  }

  /** {@return what was found, all of it in the order of one explorer} */
  Part result() {
    return parts.result();
  }

  Footprint.Known known() {
    return parts.known();
  }
}
