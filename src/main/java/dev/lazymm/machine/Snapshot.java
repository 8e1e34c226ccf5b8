package dev.lazymm.machine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state in which a program starts: what boot and set-up left behind.
 *
 * @param values the value of each cell by index; cells made later start with their own initial
 *     value
 * @param cpus the private state of each CPU
 */
public record Snapshot(List<Long> values, List<CpuState> cpus) {
  /**
   * One CPU's ghost registers.
   *
   * @param root the loaded root, null before the first load
   * @param tag the tag it was loaded with, -1 if without
   * @param holds what each register holds
   */
  public record CpuState(@Nullable KObject root, int tag, Map<Hold, KObject> holds) {
    public CpuState {
      holds = Map.copyOf(holds);
    }
  }

  public Snapshot {
    values = List.copyOf(values);
    cpus = List.copyOf(cpus);
  }

  /** {@return the state of a memory in which nothing has run} */
  public static Snapshot initial(Memory memory) {
    List<Long> values = new java.util.ArrayList<>();
    for (int i = 0; i < memory.cellCount(); i++) {
      values.add(memory.initial(i));
    }
    List<CpuState> cpus =
        java.util.Collections.nCopies(memory.cpus(), new CpuState(null, -1, Map.of()));
    return new Snapshot(values, cpus);
  }
}
