package dev.lazymm.check;

import java.util.Arrays;

/**
 * Finds the plain accesses of one CPU that race with the CPU's own interrupt handlers, as a C
 * program's race with its signal handlers (memory-barriers.txt, COMPILER BARRIER; KCSAN with
 * CONFIG_KCSAN_INTERRUPT_WATCHER).
 *
 * <p>The compiler may do a plain access in pieces, twice, or anywhere between the two compiler
 * barriers around it. So it races with every conflicting access of a handler that comes between
 * these barriers. A marked access is done once and where it stands; what a handler does is never
 * interrupted, so its accesses need no marks.
 *
 * <p>What separates, as it has the compiler's barrier(): fences, read-modify-writes, acquires and
 * releases, locks, waits, IPIs sent, interrupts turned on or off, RCU.
 *
 * <p>Noticed while the CPU runs, as what a CPU shares with its handlers alone makes no events.
 */
final class HandlerRaces {
  private int[] plain = new int[8];
  private int plains;
  private int[] handled = new int[8];
  private int handlings;

  /** A new run, or a compiler barrier outside of handlers. */
  void barrier() {
    plains = 0;
    handlings = 0;
  }

  /**
   * Notes a plain access of code that can be interrupted.
   *
   * @return whether it races with a handler that came before it
   */
  boolean interruptible(int cell, boolean write) {
    plain = noted(plain, plains, cell, write);
    plains++;
    return conflicts(handled, handlings, cell, write);
  }

  /**
   * Notes any access of a handler.
   *
   * @return whether it races with the code that it interrupts
   */
  boolean handler(int cell, boolean write) {
    handled = noted(handled, handlings, cell, write);
    handlings++;
    return conflicts(plain, plains, cell, write);
  }

  private static int[] noted(int[] list, int size, int cell, boolean write) {
    int[] roomy = size < list.length ? list : Arrays.copyOf(list, 2 * size);
    roomy[size] = code(cell, write);
    return roomy;
  }

  private static int code(int cell, boolean write) {
    return 2 * cell + (write ? 1 : 0);
  }

  private static boolean conflicts(int[] list, int size, int cell, boolean write) {
    for (int i = 0; i < size; i++) {
      if (list[i] == code(cell, true) || (write && list[i] == code(cell, false))) {
        return true;
      }
    }
    return false;
  }
}
