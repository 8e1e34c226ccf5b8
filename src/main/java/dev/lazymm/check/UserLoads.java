package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CPU's loads of user code that have not taken their values yet.
 *
 * <p>Graphs have no cycle of po and rf, so a load that comes before a store in them cannot read
 * what follows from that store. User code has no dependencies: where the model lets a load come
 * after later stores to other cells, its value is taken only when user code ends, at the next thing
 * that the kernel does, at an interrupt, or at a store to the same cell. Then all load buffering of
 * user code with such stores is there. In program order the load stays where its {@link Kind#LOAD}
 * is: models are told so, and of the read nothing else.
 *
 * <p>What is left out is load buffering past a store to the very cell that was loaded ({@link
 * Model#leftOut}): by default a read takes the last value there is, which then could be that of its
 * own thread's future.
 */
final class UserLoads {
  /**
   * A load.
   *
   * @param marker the index in po of its LOAD
   * @param register where its value goes
   * @param action what the recorder was told that its CPU does
   */
  private record Issued(Cell cell, int marker, Cell register, String action) {}

  private final Accesses accesses;
  private final MemoryModel model;
  private final List<Issued> issued = new ArrayList<>();
  private @Nullable Recorder recorder;
  private String action = "";

  UserLoads(Accesses accesses, MemoryModel model) {
    this.accesses = accesses;
    this.model = model;
  }

  /** A new run. */
  void begin() {
    issued.clear();
  }

  /** From here on {@code to} is told when a value is taken; nobody is if it is null. */
  void record(@Nullable Recorder to) {
    recorder = to;
  }

  /** What the CPU does from here on. */
  void action(String text) {
    action = text;
  }

  /** User code loads. */
  void load(Cell cell, Cell register) {
    if (model.isLateLoader()) {
      int marker = accesses.issue(cell);
      if (marker >= 0) {
        issued.add(new Issued(cell, marker, register, action));
        return;
      }
    }
    accesses.store(register, accesses.load(cell, 0, null), 0, null);
  }

  /** User code stores. */
  void store(Cell cell, long value) {
    for (Iterator<Issued> i = issued.iterator(); i.hasNext(); ) {
      Issued each = i.next();
      if (each.cell == cell) {
        i.remove();
        take(each);
      }
    }
    accesses.store(cell, value, 0, null);
  }

  /** User code ends, for now: all values are taken. */
  void end() {
    if (!issued.isEmpty()) {
      List<Issued> all = List.copyOf(issued);
      issued.clear();
      all.forEach(this::take);
    }
  }

  private void take(Issued load) {
    if (recorder != null) {
      recorder.action(load.action + ", late");
    }
    accesses.store(load.register, accesses.loadLate(load.cell, load.marker), 0, null);
    if (recorder != null) {
      recorder.action(action);
    }
  }
}
