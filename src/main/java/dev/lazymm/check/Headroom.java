package dev.lazymm.check;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/** How much of the heap is left. */
final class Headroom {
  private static final double FULL = 0.85;

  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private Headroom() {}

  /** {@return whether the last collection left the heap nearly full} */
  static boolean isLow() {
    long used = 0;
    for (MemoryPoolMXBean pool : POOLS) {
      MemoryUsage left = pool.getCollectionUsage();
      used += left == null ? 0 : left.getUsed();
    }
    return used > FULL * Runtime.getRuntime().maxMemory();
  }
}
