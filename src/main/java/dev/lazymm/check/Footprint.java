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

  /** {@link #touch}: one CPU alone sees the cell, and its handlers do not care. */
  static final int PRIVATE = -1;

  /** {@link #touch}: one CPU alone sees the cell, but its handlers can tell when it changes. */
  static final int PRIVATE_TO_HANDLERS = -2;

  /**
   * What is known of a program.
   *
   * @param shared by the memory's index of a cell, whether CPUs contend for it
   * @param handled whether it is private, and its CPU's handlers can tell when it changes
   * @param polled whether a CPU is interrupted
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes or compares them
  record Known(boolean[] shared, boolean[] handled, boolean[] polled) {
    static final Known NOTHING = new Known(new boolean[0], new boolean[0], new boolean[0]);

    /** {@return whether a cell is shared} */
    boolean isShared(int c) {
      return c < shared.length && shared[c];
    }

    /** {@return whether the handlers of a private cell's CPU can tell when it changes} */
    boolean isHandled(int c) {
      return c < handled.length && handled[c];
    }
  }

  private final Program program;
  private final boolean[] polled;
  private final boolean everythingShared;
  private boolean[] shared = new boolean[0];
  private boolean[] handled = new boolean[0];
  private Touches touches = new Touches();
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

  /** {@return what is known now} */
  Known known() {
    return new Known(shared.clone(), handled.clone(), polled.clone());
  }

  /** Begins a pass with what was learned elsewhere, and nothing else. */
  void begin(Known known) {
    shared = known.shared().clone();
    handled = known.handled().clone();
    Arrays.fill(polled, everythingShared);
    for (int t = 0; t < known.polled().length; t++) {
      polled[t] |= known.polled()[t];
    }
    begin();
  }

  /** Begins a pass with what is known. */
  void begin() {
    Memory memory = program.memory();
    int n = Math.max(memory.cellCount(), shared.length);
    int old = shared.length;
    shared = Arrays.copyOf(shared, n);
    handled = Arrays.copyOf(handled, n);
    if (everythingShared) {
      Arrays.fill(shared, old, n, true);
    }
    touches = new Touches();
    dense = new int[n];
    initial = new long[n];
    List<Cell> all = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      dense[c] = shared[c] ? all.size() : -1;
      if (shared[c]) {
        all.add(memory.cell(c));
      }
      initial[c] = atStart(c);
    }
    cells = all.toArray(Cell[]::new);
  }

  private long atStart(int c) {
    List<Long> start = program.start().values();
    return c < start.size() ? start.get(c) : program.memory().initial(c);
  }

  /** Cells were made in this pass: they are private until they are seen not to be. */
  private void grow(int c) {
    if (everythingShared) {
      throw new Restart();
    }
    int old = dense.length;
    int n = Math.max(c + 1, program.memory().cellCount());
    shared = Arrays.copyOf(shared, n);
    handled = Arrays.copyOf(handled, n);
    dense = Arrays.copyOf(dense, n);
    initial = Arrays.copyOf(initial, n);
    for (int i = old; i < n; i++) {
      dense[i] = -1;
      initial[i] = atStart(i);
    }
  }

  /** From here accesses are added to these. */
  void note(Touches to) {
    touches = to;
  }

  /** {@return the initial values of the shared cells, by dense index} */
  long[] initialShared() {
    return Arrays.stream(cells).mapToLong(cell -> initial[cell.index()]).toArray();
  }

  /** {@return the value of a cell at the start} */
  long initial(int c) {
    return c < initial.length ? initial[c] : atStart(c);
  }

  /** {@return a shared cell} */
  Cell cellOf(int denseIndex) {
    return cells[denseIndex];
  }

  /** {@return the dense index of a shared cell, -1 for a private one} */
  int denseOf(int c) {
    return c < dense.length ? dense[c] : -1;
  }

  /** {@return the CPU that alone touched a private cell; -1 if none did} */
  int ownerOf(int c) {
    return touches.ownerOf(c);
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
      grow(c); // made in this very run
    }
    int number = dense[c];
    if (number >= 0) {
      return number;
    }
    if (touches.add(c, cpu, write, inHandler)) {
      if (touches.isContended(c)) {
        shared[c] = true;
        throw new Restart();
      }
      if (!handled[c] && touches.isTold(c)) {
        handled[c] = true;
        throw new Restart();
      }
    }
    return handled[c] ? PRIVATE_TO_HANDLERS : PRIVATE;
  }
}
