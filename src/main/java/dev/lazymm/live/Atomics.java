package dev.lazymm.live;

import dev.lazymm.machine.Rmw;
import java.lang.invoke.VarHandle;
import java.util.Set;

/**
 * Read-modify-writes. Java has none that is weaker than acquire or release, so a relaxed one, and
 * one whose site is weakened, is what the hardware makes of a plain atomic; on x86 that is a full
 * barrier, and weakening cannot be seen. A fully ordered one is a full barrier before and after, as
 * Linux wants it: on x86 the locked instruction itself, elsewhere with fences around it.
 */
final class Atomics {
  private static final boolean LOCKED_IS_FULL =
      Set.of("amd64", "x86_64", "x86", "i386").contains(System.getProperty("os.arch", ""));

  private Atomics() {}

  /** {@return the old value} of a read-modify-write; one that fails orders nothing */
  static long rmw(Rmw op, long address, long operand, long expected, boolean full) {
    boolean fences = full && !LOCKED_IS_FULL;
    if (fences) {
      VarHandle.fullFence();
    }
    long old =
        switch (op) {
          case ADD -> OffHeap.getAndAdd(address, operand);
          case XCHG -> OffHeap.getAndSet(address, operand);
          case CMPXCHG -> OffHeap.compareAndExchange(address, expected, operand);
          case OR -> OffHeap.getAndBitwiseOr(address, operand);
          case AND -> OffHeap.getAndBitwiseAnd(address, operand);
          case ADD_UNLESS -> addUnless(address, operand, expected);
        };
    if (fences) {
      VarHandle.fullFence();
    }
    return old;
  }

  private static long addUnless(long address, long operand, long unless) {
    long old = OffHeap.getOpaque(address);
    while (old != unless) {
      long seen = OffHeap.compareAndExchange(address, old, old + operand);
      if (seen == old) {
        return old;
      }
      old = seen;
    }
    return old;
  }
}
