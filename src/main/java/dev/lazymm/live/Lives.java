package dev.lazymm.live;

import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import java.util.Arrays;

/**
 * Which life each object is in: a count that is even while the object lives and odd while it is
 * free. It starts at 0; an object that was allocated in this round has 2 or more. Two readings that
 * differ mean that the object was freed in between.
 */
final class Lives {
  private static final int CHUNK = 1024;

  private final Memory memory;
  private final OffHeap heap;
  private volatile long[] chunks = new long[0];

  Lives(Memory memory, OffHeap heap) {
    this.memory = memory;
    this.heap = heap;
  }

  /** {@return the life that the object is in, as this thread can see it} */
  long of(KObject object) {
    return OffHeap.getOpaque(address(object.handle()));
  }

  static boolean isFree(long life) {
    return (life & 1) != 0;
  }

  /** The object, and its parts with it, begins a life. */
  void born(KObject object) {
    bear(object.handle());
    object.parts().forEach(part -> bear(part.handle()));
  }

  private void bear(int handle) {
    long address = address(handle);
    OffHeap.setOpaque(address, (OffHeap.getOpaque(address) | 1) + 1);
  }

  /** The object's life ends; {@return whether it lived}: of two who end it one alone does */
  boolean end(KObject object) {
    long address = address(object.handle());
    long life = OffHeap.getAcquire(address);
    return !isFree(life) && OffHeap.compareAndSet(address, life, life + 1);
  }

  private long address(int handle) {
    long[] known = chunks;
    int chunk = handle / CHUNK;
    long base = chunk < known.length ? known[chunk] : grown(chunk + 1)[chunk];
    return base + (long) Long.BYTES * (handle % CHUNK);
  }

  private synchronized long[] grown(int n) {
    long[] all = chunks;
    if (all.length < n) {
      int from = all.length;
      all = Arrays.copyOf(all, n);
      for (int i = from; i < n; i++) {
        all[i] = heap.words(CHUNK);
      }
      chunks = all;
    }
    return all;
  }

  /** A new round: every object is in its first life. */
  void reset() {
    for (int handle = 1; handle <= memory.objectCount(); handle++) {
      OffHeap.set(address(handle), 0);
    }
  }

  /** {@return for each handle 0, 1 if the object is free, 2 if it was allocated and lives} */
  byte[] now() {
    int n = memory.objectCount();
    while (n > 0 && OffHeap.get(address(n)) == 0) {
      n--;
    }
    byte[] now = new byte[n + 1];
    for (int handle = 1; handle <= n; handle++) {
      long life = OffHeap.get(address(handle));
      now[handle] = (byte) (life == 0 ? 0 : isFree(life) ? 1 : 2);
    }
    return now;
  }
}
