package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a kernel in words, so that two can be compared that ran on different machines, or
 * whose objects have different addresses: what each CPU runs and borrows and is translated by, and
 * what became of each mm.
 *
 * @param lines one line a CPU, then one an mm
 */
public record KernelState(List<String> lines) {
  public KernelState {
    lines = List.copyOf(lines);
  }

  /** {@return how an execution of a scenario ended} */
  public static KernelState of(Prepared prepared, FinalState state) {
    Map<String, Mm> mms = new LinkedHashMap<>();
    for (String letter : prepared.outline().pins().keySet()) {
      prepared.mm(letter, state).ifPresent(mm -> mms.put(letter, mm));
    }
    Map<String, Task> tasks = new LinkedHashMap<>();
    prepared.outline().startTasks().forEach(name -> tasks.put(name, prepared.task(name)));
    prepared.outline().bornTasks().forEach(name -> tasks.put(name, prepared.task(name)));
    return of(prepared.kernel(), state, mms, tasks);
  }

  /**
   * {@return the state of a kernel}
   *
   * @param mms the mms that may occur, by the names they are to have, apart from init_mm
   * @param tasks the tasks that may run, by name, apart from the idle tasks
   */
  public static KernelState of(
      Kernel kernel, FinalState state, Map<String, Mm> mms, Map<String, Task> tasks) {
    Reader reader = new Reader(kernel, state, mms, tasks);
    List<String> lines = new ArrayList<>();
    for (int cpu = 0; cpu < kernel.memory().cpus(); cpu++) {
      lines.add(reader.cpu(cpu));
    }
    mms.forEach((name, mm) -> lines.add(name + ": " + reader.mm(mm)));
    return new KernelState(lines);
  }

  /** Finds names for what pointers point at. */
  private record Reader(
      Kernel kernel, FinalState state, Map<String, Mm> mms, Map<String, Task> tasks) {
    String cpu(int cpu) {
      RunQueue rq = kernel.cpuRq(cpu);
      Task curr = pointer(rq.curr);
      String mm = curr == null ? "?" : nameOf(pointer(curr.mm));
      String activeMm = curr == null ? "?" : nameOf(pointer(curr.activeMm));
      return "cpu%d: curr %s, mm %s, active_mm %s, root %s"
          .formatted(cpu, nameOf(curr, rq), mm, activeMm, rootOf(state.root(cpu)));
    }

    String mm(Mm mm) {
      if (state.freed(mm)) {
        return "freed";
      }
      List<Integer> mask = new ArrayList<>();
      for (int cpu = 0; cpu < kernel.memory().cpus(); cpu++) {
        if ((value(mm.cpumask.wordOf(cpu)) & CpuMask.bit(cpu)) != 0) {
          mask.add(cpu);
        }
      }
      return "mm_users %d, mm_count %d, mm_cpumask %s"
          .formatted(value(mm.mmUsers), value(mm.mmCount), mask);
    }

    private String nameOf(@Nullable Task task, RunQueue rq) {
      return task == rq.idle ? "idle" : name(tasks, task);
    }

    private String nameOf(@Nullable Mm mm) {
      return mm == kernel.initMm() ? "init" : name(mms, mm);
    }

    private String rootOf(@Nullable KObject root) {
      if (root == kernel.arch().rootOf(kernel.initMm())) {
        return "init";
      }
      for (Map.Entry<String, Mm> e : mms.entrySet()) {
        if (kernel.arch().rootOf(e.getValue()) == root) {
          return e.getKey();
        }
      }
      return String.valueOf(root);
    }

    private static <T extends KObject> String name(Map<String, T> names, @Nullable T object) {
      if (object == null) {
        return "NULL";
      }
      for (Map.Entry<String, T> e : names.entrySet()) {
        if (e.getValue() == object) {
          return e.getKey();
        }
      }
      return object.name();
    }

    private <T extends KObject> @Nullable T pointer(Ref<T> ref) {
      return ref.resolve(value(ref.cell()));
    }

    private long value(Cell cell) {
      return state.value(cell);
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
