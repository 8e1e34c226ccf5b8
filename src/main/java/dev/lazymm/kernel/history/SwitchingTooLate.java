package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;

/**
 * R15: the backports of fea4e317f9e7 to v6.1, v6.6 and v6.12 store LOADED_MM_SWITCHING only after
 * tlb_gen has been read: a flush in between still finds the old mm loaded, and the CPU still finds
 * the old generation.
 */
public class SwitchingTooLate extends X86Lazy {
  public SwitchingTooLate(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  protected long startReceivingIpis(Cpu cpu, Mm next) {
    setMaskBit(cpu, next);
    return cpu.readOnce(next.tlbGen); // switch_mm_irqs_off stores LOADED_MM_SWITCHING after this
  }
}
