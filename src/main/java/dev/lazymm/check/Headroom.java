package dev.lazymm.check;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** How much of the heap is left. */
final class Headroom {
  private static final double FULL = 0.85;

  private Headroom() {}

  /** {@return whether the last collection left the heap nearly full} */
  static boolean isLow() {
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      used += left == null ? 0 : left.getUsed();
    }
    return used > FULL * Runtime.getRuntime().maxMemory();
  }
}
