package dev.lazymm.barriers;

import dev.lazymm.check.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Some threads that share work. */
final class Team implements AutoCloseable {
  private final ExecutorService pool;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  Team(int size) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name("barriers-", 0).factory();
    pool =
        Executors.newFixedThreadPool(
            size,
            work -> {
              Thread thread = factory.newThread(work);
              threads.add(thread);
              return thread;
            });
  }

  /** Interrupts what is being worked on; what is not yet begun still is. */
  void interrupt() {
    threads.forEach(Thread::interrupt);
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
      throw Failures.of(e);
    }
    return results;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
