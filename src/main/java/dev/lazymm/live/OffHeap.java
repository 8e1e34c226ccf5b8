package dev.lazymm.live;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Memory outside the Java heap, where nothing moves and a line is a cache line. Words of 64 bits
 * are named by their address; the static methods are the accesses, each named after the {@link
 * VarHandle} mode it is. Memory is given back when nobody can reach this object any more, so a
 * thread that is stuck never touches what is gone.
 */
final class OffHeap {
  /** Bytes a line: two hardware lines of 64, as those are fetched in pairs. */
  static final long LINE = 128;

  /** Words a line. */
  static final int WORDS = (int) LINE / Long.BYTES;

  private static final int LINES_AT_ONCE = 256;

  @SuppressWarnings("restricted") // the manifest allows it
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final Arena arena = Arena.ofAuto();
  private MemorySegment chunk = MemorySegment.NULL;
  private long next;
  private long left;

  /** {@return the address of a new line, all zero} */
  synchronized long line() {
    if (left == 0) {
      chunk = arena.allocate(LINES_AT_ONCE * LINE, LINE);
      next = chunk.address();
      left = LINES_AT_ONCE;
    }
    left--;
    next += LINE;
    return next - LINE;
  }

  /** {@return the address of a new block of so many words, all zero} */
  synchronized long words(int n) {
    return arena.allocate((long) n * Long.BYTES, LINE).address();
  }

  static long get(long address) {
    return (long) LONG.get(ALL, address);
  }

  static void set(long address, long value) {
    LONG.set(ALL, address, value);
  }

  static long getOpaque(long address) {
    return (long) LONG.getOpaque(ALL, address);
  }

  static void setOpaque(long address, long value) {
    LONG.setOpaque(ALL, address, value);
  }

  static long getAcquire(long address) {
    return (long) LONG.getAcquire(ALL, address);
  }

  static void setRelease(long address, long value) {
    LONG.setRelease(ALL, address, value);
  }

  static long getAndAdd(long address, long delta) {
    return (long) LONG.getAndAdd(ALL, address, delta);
  }

  static long getAndSet(long address, long value) {
    return (long) LONG.getAndSet(ALL, address, value);
  }

  static long getAndBitwiseOr(long address, long mask) {
    return (long) LONG.getAndBitwiseOr(ALL, address, mask);
  }

  static long getAndBitwiseAnd(long address, long mask) {
    return (long) LONG.getAndBitwiseAnd(ALL, address, mask);
  }

  static long compareAndExchange(long address, long expected, long value) {
    return (long) LONG.compareAndExchange(ALL, address, expected, value);
  }

  static boolean compareAndSet(long address, long expected, long value) {
    return LONG.compareAndSet(ALL, address, expected, value);
  }
}
