package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the names of a scenario stand for in one memory.
 *
 * <p>Which slot an mm that fork or exec makes gets depends on the execution, so the CPU that knows
 * writes the address into a cell of its own here. No other CPU reads these cells, and those for
 * loads, so they add no execution. Immutable; values are in the machine.
 */
final class ScenarioObjects {
  private final Map<String, Task> tasks = new HashMap<>();
  private final Map<String, Mm> startMms = new HashMap<>();
  private final Map<String, Ref<Mm>> madeMms = new HashMap<>();
  private final Set<String> forkChildren = new HashSet<>();
  private final Map<String, Cell> userCells = new HashMap<>();
  private final List<List<Cell>> loads = new ArrayList<>();
  private final List<List<Cell>> results = new ArrayList<>();

  /** What a call is noted to return before it has: no errno and no mask. */
  private static final long NOT_CALLED = Long.MIN_VALUE;

  /** Makes cells; tasks and start mms come from the slabs of the booted kernel. */
  ScenarioObjects(
      Memory memory, Outline outline, Map<String, Task> tasks, Map<String, Mm> startMms) {
    this.tasks.putAll(tasks);
    this.startMms.putAll(startMms);
    forkChildren.addAll(outline.forkChildren());
    Notes user = new Notes(memory, "user memory");
    for (String name : outline.cells()) {
      userCells.put(name, memory.cell(user, name, 0));
    }
    Notes notes = new Notes(memory, "scenario");
    for (String mm : outline.madeMms()) {
      madeMms.put(mm, memory.ref(notes, "mm " + mm, Mm.class));
    }
    for (int cpu = 0; cpu < memory.cpus(); cpu++) {
      List<Cell> own = new ArrayList<>();
      for (int n = 1; n <= outline.loads().get(cpu); n++) {
        own.add(memory.cell(notes, "cpu" + cpu + ".r" + n, -1));
      }
      loads.add(own);
      List<Cell> called = new ArrayList<>();
      for (int n = 1; n <= outline.calls().get(cpu); n++) {
        called.add(memory.cell(notes, "cpu" + cpu + ".ret" + n, NOT_CALLED));
      }
      results.add(called);
    }
  }

  /** {@return whether fork makes this task} */
  boolean isForked(String task) {
    return forkChildren.contains(task);
  }

  Task task(String name) {
    return Objects.requireNonNull(tasks.get(name), name);
  }

  boolean isStart(String mm) {
    return startMms.containsKey(mm);
  }

  Mm startMm(String name) {
    return Objects.requireNonNull(startMms.get(name), name);
  }

  /** {@return where the address of an mm is noted that fork or exec makes} */
  Ref<Mm> madeMm(String name) {
    return Objects.requireNonNull(madeMms.get(name), name);
  }

  Cell userCell(String name) {
    return Objects.requireNonNull(userCells.get(name), name);
  }

  /** {@return where the value of the {@code n}-th load of a CPU is noted, from 1} */
  Cell load(int cpu, int n) {
    return loads.get(cpu).get(n - 1);
  }

  /** {@return where the result of the {@code n}-th membarrier of a CPU is noted, from 1} */
  Cell result(int cpu, int n) {
    return results.get(cpu).get(n - 1);
  }

  /** The object, if any, that a name stands for at the end of an execution. */
  Optional<Mm> mm(Kernel kernel, String name, FinalState state) {
    if (name.equals("init")) {
      return Optional.of(kernel.initMm());
    }
    if (isStart(name)) {
      return Optional.of(startMm(name));
    }
    Ref<Mm> note = madeMm(name);
    for (String child : forkChildren) {
      if (Names.mmOf(child).equals(name) && state.value(note.cell()) == 0) {
        note = task(child).mm; // it never ran, so it still has the mm it was born with
      }
    }
    return Optional.ofNullable(note.resolve(state.value(note.cell())));
  }

  /** User memory, or what the scripts note down. */
  private static final class Notes extends KObject {
    Notes(Memory memory, String name) {
      super(memory, name);
    }

    @Override
    public String type() {
      return name();
    }
  }
}
