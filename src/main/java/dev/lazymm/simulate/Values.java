package dev.lazymm.simulate;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Snapshot;
import java.util.Arrays;

/** The value of each cell; cells that are made in the run start with their own. */
final class Values {
  private final Memory memory;
  private long[] values;
  private int known;

  Values(Memory memory, Snapshot start) {
    this.memory = memory;
    values = start.values().stream().mapToLong(Long::longValue).toArray();
    known = values.length;
  }

  long get(Cell cell) {
    if (cell.index() >= known) {
      grow();
    }
    return values[cell.index()];
  }

  void set(Cell cell, long value) {
    if (cell.index() >= known) {
      grow();
    }
    values[cell.index()] = value;
  }

  private void grow() {
    int now = memory.cellCount();
    if (now > values.length) {
      values = Arrays.copyOf(values, Math.max(now, 2 * values.length));
    }
    for (; known < now; known++) {
      values[known] = memory.initial(known);
    }
  }
}
