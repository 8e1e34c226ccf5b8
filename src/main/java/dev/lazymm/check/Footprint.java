package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an exploration has learned of its program so far: which cells two CPUs contend for, which
 * private ones a CPU's handlers care about, and which CPUs are ever interrupted. Cells that one CPU
 * alone touches, and cells that nobody writes, cost no events and no branching; CPUs that no IPI is
 * sent to cost no polls.
 *
 * <p>It begins with nothing. An access that shows a cell to be shared, or the first IPI to a CPU,
 * makes the exploration start again with that known ({@link Restart}); so when an exploration ends,
 * every cell treated as private was private in every execution. What was learned only grows, so
 * there are few restarts, and the end does not depend on the order of exploration.
 */
final class Footprint {
  /** Says that the exploration must start again: something new was learned. */
  static final class Restart extends RuntimeException {
    private static final long serialVersionUID = 1;

    Restart() {
      super("the program's footprint has grown", null, false, false);
    }
  }

  private static final int NOBODY = -1;
  private static final int READ = 1;
  private static final int WRITTEN = 2;
  private static final int SEVERAL = 4;
  private static final int HANDLER_READ = 8;
  private static final int HANDLER_WRITE = 16;
  private static final int OUTSIDE_READ = 32;
  private static final int OUTSIDE_WRITE = 64;

  /** {@link #touch}: one CPU alone sees the cell, and its handlers do not care. */
  static final int PRIVATE = -1;

  /** {@link #touch}: one CPU alone sees the cell, but its handlers can tell when it changes. */
  static final int PRIVATE_TO_HANDLERS = -2;

  private final Program program;
  private final boolean[] polled;
  private final boolean everythingShared;
  private boolean[] shared = new boolean[0];
  private boolean[] handled = new boolean[0];
  private int[] owner = new int[0];
  private int[] seen = new int[0];
  private int[] dense = new int[0];
  private Cell[] cells = new Cell[0];
  private long[] initial = new long[0];

  /**
   * @param everythingShared treat every cell as shared and every CPU as interrupted, as an oracle
   */
  Footprint(Program program, boolean everythingShared) {
    this.program = program;
    this.everythingShared = everythingShared;
    polled = new boolean[program.memory().cpus()];
    Arrays.fill(polled, everythingShared);
  }

  /** Begins a pass: cells that exist now can be used in it. */
  void begin() {
    Memory memory = program.memory();
    int n = memory.cellCount();
    int old = shared.length;
    shared = Arrays.copyOf(shared, n);
    handled = Arrays.copyOf(handled, n);
    if (everythingShared) {
      Arrays.fill(shared, old, n, true);
    }
    owner = new int[n];
    Arrays.fill(owner, NOBODY);
    seen = new int[n];
    dense = new int[n];
    initial = new long[n];
    List<Cell> all = new ArrayList<>();
    List<Long> start = program.start().values();
    for (int c = 0; c < n; c++) {
      dense[c] = shared[c] ? all.size() : -1;
      if (shared[c]) {
        all.add(memory.cell(c));
      }
      initial[c] = c < start.size() ? start.get(c) : memory.initial(c);
    }
    cells = all.toArray(Cell[]::new);
  }

  /** {@return the initial values of the shared cells, by dense index} */
  long[] initialShared() {
    return Arrays.stream(cells).mapToLong(cell -> initial[cell.index()]).toArray();
  }

  /** {@return the value of every cell that this pass knows, at the start; not to be changed} */
  long[] initial() {
    return initial;
  }

  /** {@return the value of a cell at the start} */
  long initial(int c) {
    return c < initial.length ? initial[c] : program.memory().initial(c);
  }

  /** {@return a shared cell} */
  Cell cellOf(int denseIndex) {
    return cells[denseIndex];
  }

  /** {@return the dense index of a shared cell, -1 for a private one} */
  int denseOf(int c) {
    return c < dense.length ? dense[c] : -1;
  }

  /** {@return how many cells are shared} */
  int sharedCells() {
    return cells.length;
  }

  /** {@return the CPU that alone touched a private cell in this pass; -1 if none did} */
  int ownerOf(int c) {
    return c < owner.length && (seen[c] & SEVERAL) == 0 ? owner[c] : NOBODY;
  }

  /** {@return whether a CPU can be interrupted} */
  boolean isPolled(int cpu) {
    return polled[cpu];
  }

  /** Notes that an IPI is sent to {@code cpu}. */
  void interrupts(int cpu) {
    if (!polled[cpu]) {
      polled[cpu] = true;
      throw new Restart();
    }
  }

  /**
   * Notes an access.
   *
   * @return the dense index of a shared cell, or one of the two kinds of private
   */
  int touch(int c, int cpu, boolean write, boolean inHandler) {
    if (c >= dense.length) {
      throw new Restart(); // made in this very run
    }
    int number = dense[c];
    if (number >= 0) {
      return number;
    }
    int bits = write ? WRITTEN : READ;
    if (inHandler) {
      bits |= write ? HANDLER_WRITE : HANDLER_READ;
    } else {
      bits |= write ? OUTSIDE_WRITE : OUTSIDE_READ;
    }
    if (owner[c] == NOBODY) {
      owner[c] = cpu;
    } else if (owner[c] != cpu) {
      bits |= SEVERAL;
    }
    int all = seen[c] | bits;
    if (all != seen[c]) {
      seen[c] = all;
      boolean contended = (all & SEVERAL) != 0 && (all & WRITTEN) != 0;
      if (contended) {
        shared[c] = true;
        throw new Restart();
      }
      boolean told =
          ((all & OUTSIDE_WRITE) != 0 && (all & (HANDLER_READ | HANDLER_WRITE)) != 0)
              || ((all & OUTSIDE_READ) != 0 && (all & HANDLER_WRITE) != 0);
      if (told && !handled[c]) {
        handled[c] = true;
        throw new Restart();
      }
    }
    return handled[c] ? PRIVATE_TO_HANDLERS : PRIVATE;
  }
}
