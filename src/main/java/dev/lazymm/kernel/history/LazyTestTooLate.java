package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.X86Invlpgb;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;

/**
 * R20: flush_tlb_func of 4afeb0ed1753 (v6.15) asks for the global ASID before it asks whether the
 * CPU is lazy. A CPU that has gone idle while its process was on the way to a global ASID is put on
 * it by the IPI, and returns non-lazy with the mm loaded; leave_mm then warns.
 */
public class LazyTestTooLate extends X86Invlpgb {
  public LazyTestTooLate(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  protected boolean isFlushed(Cpu cpu, Mm loaded) {
    return isKeptUpToDate(cpu, loaded) || super.isFlushed(cpu, loaded);
  }
}
