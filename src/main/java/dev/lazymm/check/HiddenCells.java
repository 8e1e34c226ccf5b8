package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;

/**
 * Cells of the machine itself, which no program names: the completion counts of waiting IPIs
 * (call_single_data's lock bit) and the RCU readers' counters. Made once a memory.
 */
final class HiddenCells extends KObject {
  private final Cell[][] done;
  private final Cell[] rcu;

  /** {@return those of a memory} */
  static HiddenCells of(Memory memory) {
    for (int i = 1; i <= memory.objectCount(); i++) {
      if (memory.object(i) instanceof HiddenCells cells) {
        return cells;
      }
    }
    return new HiddenCells(memory);
  }

  private HiddenCells(Memory memory) {
    super(memory, "machine");
    int n = memory.cpus();
    done = new Cell[n][n];
    rcu = new Cell[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        done[i][j] = memory.cell(this, "done " + i + "->" + j, 0);
      }
      rcu[i] = memory.cell(this, "rcu " + i, 0);
    }
  }

  Cell done(int sender, int target) {
    return done[sender][target];
  }

  Cell rcu(int cpu) {
    return rcu[cpu];
  }

  @Override
  public String type() {
    return "machine";
  }
}
