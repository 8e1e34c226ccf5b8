package dev.lazymm.machine;

import java.util.List;

/**
 * What a machine runs: one script a CPU, from a given state.
 *
 * @param memory the objects and cells that the scripts use
 * @param start the values and registers at the start
 * @param scripts what each CPU does; as many as the memory has CPUs
 */
public record Program(Memory memory, Snapshot start, List<? extends Script> scripts) {
  public Program {
    scripts = List.copyOf(scripts);
    if (scripts.size() != memory.cpus()) {
      throw new IllegalArgumentException(
          "there are " + memory.cpus() + " CPUs but " + scripts.size() + " scripts");
    }
  }

  /** {@return a program that starts with every cell at its initial value} */
  public static Program of(Memory memory, List<? extends Script> scripts) {
    return new Program(memory, Snapshot.initial(memory), scripts);
  }
}
