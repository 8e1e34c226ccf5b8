package dev.lazymm.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One object a CPU (DEFINE_PER_CPU): made once with the kernel, and never another one. A design
 * keeps in it what a CPU publishes for others to find.
 */
public final class PerCpu<T extends KObject> {
  private final List<T> objects;

  /**
   * @param make makes the object of a CPU, by its number
   */
  public PerCpu(Memory memory, IntFunction<T> make) {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < memory.cpus(); i++) {
      all.add(make.apply(i));
    }
    objects = List.copyOf(all);
  }

  /** {@return this CPU's own (this_cpu_ptr)} */
  public T of(Cpu cpu) {
    return objects.get(cpu.id());
  }

  /** {@return that of a CPU by number (per_cpu_ptr)} */
  public T of(int cpu) {
    return objects.get(cpu);
  }
}
