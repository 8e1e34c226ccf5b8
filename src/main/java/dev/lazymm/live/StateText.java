package dev.lazymm.live;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.KObject;
import dev.lazymm.workload.Outline;
import dev.lazymm.workload.Prepared;
import java.util.ArrayList;
import java.util.List;

/** An end state in words: who runs where on what, and what became of each mm. */
final class StateText {
  private StateText() {}

  /** {@return one line about the state} */
  static String of(Prepared prepared, EndState end) {
    List<String> parts = new ArrayList<>();
    for (int cpu = 0; cpu < end.memory().cpus(); cpu++) {
      Task task = end.value(prepared.kernel().cpuRq(cpu).curr);
      Mm active = task == null ? null : end.value(task.activeMm);
      KObject root = active == null ? null : prepared.kernel().arch().rootOf(active);
      String mmu = root == end.root(cpu) ? "" : ", MMU on " + end.root(cpu);
      String on = active == null ? "no mm" : active.name();
      parts.add("cpu%d %s on %s%s".formatted(cpu, task, on, mmu));
    }
    Outline outline = prepared.outline();
    for (List<String> letters : List.of(outline.startMms(), outline.madeMms())) {
      for (String letter : letters) {
        prepared.mm(letter, end).ifPresent(mm -> parts.add(of(letter, mm, end)));
      }
    }
    for (String cell : outline.cells()) {
      parts.add(cell + " = " + end.value(prepared.userCell(cell)));
    }
    for (int cpu = 0; cpu < outline.loads().size(); cpu++) {
      for (int n = 1; n <= outline.loads().get(cpu); n++) {
        parts.add("cpu%d.r%d = %d".formatted(cpu, n, end.value(prepared.load(cpu, n))));
      }
    }
    return String.join("; ", parts);
  }

  private static String of(String letter, Mm mm, EndState end) {
    return end.freed(mm)
        ? letter + " freed"
        : "%s users %d count %d".formatted(letter, end.value(mm.mmUsers), end.value(mm.mmCount));
  }
}
