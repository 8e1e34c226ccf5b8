package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * {@link X86Lazy}, but a flush IPI that finds the CPU lazy clears its bit in mm_cpumask before it
 * moves the MMU to init_mm, as later development trees do.
 */
public class X86LazyClear extends X86Lazy {
  public X86LazyClear(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  public String name() {
    return "x86-lazy-clear";
  }

  @Override
  protected void unlazy(Cpu cpu, Mm loaded) {
    cpu.clearCpu(loaded.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
    super.unlazy(cpu, loaded);
  }
}
