package dev.lazymm.live;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Memory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each cell is: cells of one {@link Cell#line} lie on one line, others never do, so that
 * false sharing is what the layout says. A line of more than 16 cells goes on in the next one. Any
 * thread may ask for a cell that was only just made.
 */
final class CellMemory {
  private final Memory memory;
  private final OffHeap heap;
  private final Map<Long, Slots> lines = new HashMap<>();
  private volatile long[] addresses = new long[0];

  CellMemory(Memory memory, OffHeap heap) {
    this.memory = memory;
    this.heap = heap;
  }

  /** {@return the address of the word that holds the cell's value} */
  long address(Cell cell) {
    int i = cell.index();
    long[] known = addresses;
    return i < known.length ? known[i] : grown()[i];
  }

  private synchronized long[] grown() {
    int from = addresses.length;
    long[] all = Arrays.copyOf(addresses, memory.cellCount());
    for (int i = from; i < all.length; i++) {
      all[i] = lines.computeIfAbsent(memory.cell(i).line(), l -> new Slots()).next();
      OffHeap.set(all[i], memory.initial(i));
    }
    addresses = all; // publishes the values too
    return all;
  }

  /** Sets every cell: those of the start to their values there, others to their initial ones. */
  void reset(long[] start) {
    long[] all = grown();
    for (int i = 0; i < all.length; i++) {
      OffHeap.set(all[i], i < start.length ? start[i] : memory.initial(i));
    }
  }

  /** {@return the values of all cells, without those at the end that are as they were made} */
  long[] values(long[] start) {
    long[] all = grown();
    int n = all.length;
    while (n > start.length && OffHeap.get(all[n - 1]) == memory.initial(n - 1)) {
      n--;
    }
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = OffHeap.get(all[i]);
    }
    return values;
  }

  /** The cells of one line. */
  private final class Slots {
    private long base;
    private int used = OffHeap.WORDS;

    long next() {
      if (used == OffHeap.WORDS) {
        base = heap.line();
        used = 0;
      }
      return base + (long) Long.BYTES * used++;
    }
  }
}
