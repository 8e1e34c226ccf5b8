package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * The cells that one CPU alone touches: they make no events, so each run of its script computes
 * them anew. A value counts only in the run that wrote it; so nothing is cleared between runs, and
 * after a run the values are those at its end.
 */
final class PrivateMemory {
  private final IntToLongFunction atStart;
  private long[] initial = new long[0];
  private long[] value = new long[0];
  private long[] writtenIn = new long[0];
  private long run;

  /**
   * @param atStart the value of a cell at the start, by its index in the memory
   */
  PrivateMemory(IntToLongFunction atStart) {
    this.atStart = atStart;
  }

  /** A new run: every cell is as at the start. */
  void beginRun(long number) {
    run = number;
  }

  long get(Cell cell) {
    return get(cell.index());
  }

  /** {@return the value of a cell by its index in the memory} */
  long get(int c) {
    if (c >= value.length) {
      grow(c);
    }
    return writtenIn[c] == run ? value[c] : initial[c];
  }

  void set(Cell cell, long v) {
    int c = cell.index();
    if (c >= value.length) {
      grow(c);
    }
    value[c] = v;
    writtenIn[c] = run;
  }

  private void grow(int c) {
    int old = value.length;
    value = Arrays.copyOf(value, c + 1);
    writtenIn = Arrays.copyOf(writtenIn, c + 1);
    initial = Arrays.copyOf(initial, c + 1);
    for (int i = old; i <= c; i++) {
      initial[i] = atStart.applyAsLong(i);
    }
  }
}
