package dev.lazymm.check;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of the heap one worker may take, and whether any is left. What can be made again, such
 * as graphs and answers of models, is kept within a {@link #share}; what cannot grows until the
 * heap {@link #isLow}. Owned by the thread of one worker.
 */
final class Headroom implements AutoCloseable {
  /** Most of the heap is for what is not in any share; more workers have smaller ones. */
  private static final int SHARES = 8;

  /**
   * With more than this in use after a collection, the JVM does little but collect: it is about as
   * much as there is room for old objects.
   */
  private static final double FULL = 0.7;

  /** A worker looks again when it has allocated such a part of the heap. */
  private static final int LOOKS = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  /** Of all searches in this process. */
  private static final AtomicInteger WORKERS = new AtomicInteger();

  private final long step = Runtime.getRuntime().maxMemory() / LOOKS;
  private long next = allocated() + step;

  /** Counts the calling thread among the workers. */
  Headroom() {
    WORKERS.incrementAndGet();
  }

  /**
   * {@return how much memory one worker may take for each thing that can be made again, in bytes}
   */
  static long share() {
    int all = Math.max(WORKERS.get(), Runtime.getRuntime().availableProcessors());
    return Runtime.getRuntime().maxMemory() / ((long) SHARES * all);
  }

  /**
   * {@return whether the worker has allocated so much that it is time to see if the heap is low}
   */
  boolean isTimeToLook() {
    long now = allocated();
    if (now < next) {
      return false;
    }
    next = now + step;
    return true;
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** {@return whether the last collection left the heap nearly full} */
  static boolean isLow() {
    long used = 0;
    for (MemoryPoolMXBean pool : POOLS) {
      MemoryUsage left = pool.getCollectionUsage();
      used += left == null ? 0 : left.getUsed();
    }
    return used > FULL * Runtime.getRuntime().maxMemory();
  }

  /** The worker is done. */
  @Override
  public void close() {
    WORKERS.decrementAndGet();
  }
}
