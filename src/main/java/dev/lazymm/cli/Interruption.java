package dev.lazymm.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets a verb that is interrupted (Ctrl-C) print what it has found until then. */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * A verb at work.
   *
   * @param stop has it come to its end soon
   * @param done reached when it has printed all
   */
  record Work(Runnable stop, CountDownLatch done) implements AutoCloseable {
    @Override
    public void close() {
      done.countDown();
    }
  }

  private @Nullable Work work;

  /**
   * {@return what is to be closed when all is printed}
   *
   * @param stop called by another thread, at most once
   */
  synchronized Work during(Runnable stop) {
    Work begun = new Work(stop, new CountDownLatch(1));
    work = begun;
    return begun;
  }

  private synchronized @Nullable Work work() {
    return work;
  }

  /** Stops what is at work, if anything is, and waits until it has printed, or for too long. */
  void interrupt() {
    Work now = work();
    if (now != null && now.done().getCount() > 0) {
      now.stop().run();
      try {
        boolean _ = now.done().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
