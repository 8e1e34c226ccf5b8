package dev.lazymm.check;

import dev.lazymm.machine.Cell;

/**
 * The cells that one CPU alone touches: they make no events, so each run of its script computes
 * them anew. A value counts only in the run that wrote it; so nothing is cleared between runs, and
 * after a run the values are those at its end.
 */
final class PrivateMemory {
  private long[] initial = new long[0];
  private long[] value = new long[0];
  private long[] writtenIn = new long[0];
  private long run;

  /**
   * A new pass.
   *
   * @param atStart the values of all cells at the start, by their index in the memory
   */
  void beginPass(long[] atStart) {
    initial = atStart;
    value = new long[atStart.length];
    writtenIn = new long[atStart.length];
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
    return writtenIn[c] == run ? value[c] : initial[c];
  }

  void set(Cell cell, long v) {
    value[cell.index()] = v;
    writtenIn[cell.index()] = run;
  }
}
