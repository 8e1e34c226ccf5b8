package dev.lazymm.barriers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Some threads that share work. */
final class Team implements AutoCloseable {
  private final ExecutorService pool;

  Team(int threads) {
    pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("barriers-", 0).factory());
  }

  /**
   * {@return what each item gives, in the order of the items}
   *
   * @param tell told how many are done
   */
  <T, R> List<R> all(List<T> items, Function<T, R> work, IntConsumer tell) {
    AtomicInteger done = new AtomicInteger();
    List<Future<R>> futures = new ArrayList<>();
    for (T item : items) {
      futures.add(
          pool.submit(() -> {
            R result = work.apply(item);
            tell.accept(done.incrementAndGet());
            return result;
          }));
    }
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> future : futures) {
        results.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
    return results;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
