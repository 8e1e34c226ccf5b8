package dev.lazymm.litmus.run;

import dev.lazymm.cat.CatException;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.NotMappedException;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs many tests side by side. One that fails, or takes too long, does not keep the others. */
public final class Batch {
  private static final int AHEAD = 64;

  /**
   * How to run.
   *
   * @param workers how many threads work
   * @param timeout how long one test may take; null: as long as it likes
   * @param conditionOnly look only for executions that decide the condition
   */
  public record Options(int workers, @Nullable Duration timeout, boolean conditionOnly) {
    /** {@return the same, looking for all executions} */
    public Options all() {
      return new Options(workers, timeout, false);
    }
  }

  private final Tools tools;
  private final Options options;

  public Batch(Tools tools, Options options) {
    this.tools = tools;
    this.options = options;
  }

  /** Runs tests and shows what becomes of each, in their order, as soon as may be. */
  public void run(List<Input> inputs, Consumer<Outcome> consumer) {
    int inside = inputs.size() == 1 ? options.workers() : 1;
    Deque<Future<Outcome>> running = new ArrayDeque<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(options.workers())) {
      try {
        for (Input input : inputs) {
          running.add(pool.submit(() -> one(input, inside)));
          if (running.size() > AHEAD) {
            consumer.accept(running.remove().get());
          }
        }
        while (!running.isEmpty()) {
          consumer.accept(running.remove().get());
        }
      } finally {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  private Outcome one(Input input, int workers) {
    Path file = input.file();
    long start = System.nanoTime();
    try {
      LitmusTest test = tools.read(input.reader().read());
      Result result =
          Search.run(
              test,
              tools.model(test.arch())::judge,
              new Search.Options(options.conditionOnly(), workers, limit(start)));
      double seconds = (System.nanoTime() - start) / 1e9;
      return result.complete()
          ? new Outcome.Judged(file, test, result, seconds)
          : new Outcome.TimedOut(file, test, result, seconds);
    } catch (StackOverflowError e) {
      return new Outcome.Failed(file, file + ": this is nested too deeply");
    } catch (NotMappedException e) {
      return new Outcome.NotMapped(file, e.what(), String.valueOf(e.getMessage()));
    } catch (LitmusException | CatException e) {
      return new Outcome.Failed(file, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return new Outcome.Failed(file, file + ": there is no such file");
    } catch (IOException e) {
      return new Outcome.Failed(file, file + ": cannot be read: " + e.getMessage());
    } catch (ArithmeticException e) {
      return new Outcome.Failed(file, file + ": a thread divides by zero");
    }
  }

  private BooleanSupplier limit(long start) {
    Duration timeout = options.timeout();
    if (timeout == null) {
      return () -> Thread.currentThread().isInterrupted();
    }
    long nanos = timeout.toNanos();
    return () -> System.nanoTime() - start > nanos || Thread.currentThread().isInterrupted();
  }
}
