package dev.lazymm.review;

import dev.lazymm.check.Failures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work done several at a time, handed over in the order asked for. */
final class InOrder {
  private InOrder() {}

  /**
   * Does {@code work} on all items; {@code sink} gets each result, on the thread of the caller, as
   * soon as it and all before it are there. What {@code sink} or {@code work} throws ends the rest
   * and is thrown here.
   */
  static <T, R> void all(int threads, List<T> items, Function<T, R> work, Consumer<R> sink) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(threads, items.size())),
            Thread.ofPlatform().daemon().name("check-", 0).factory());
    try {
      Deque<Future<R>> futures = new ArrayDeque<>();
      for (T item : items) {
        futures.add(pool.submit(() -> work.apply(item)));
      }
      while (!futures.isEmpty()) {
        sink.accept(futures.remove().get()); // what was handed over is not kept
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw Failures.of(e);
    } finally {
      pool.shutdownNow(); // the work does not listen; its threads are daemons
    }
  }
}
