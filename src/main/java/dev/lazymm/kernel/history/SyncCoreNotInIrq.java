package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Site;

/**
 * R24: x86's sync_core_before_usermode before 45da7a2b0af8 (v5.10) does nothing in an interrupt, as
 * that would end with IRET. Nobody called it there at the time; since 758c9373d841 membarrier does,
 * and without the fix it would do nothing.
 */
public class SyncCoreNotInIrq extends X86Eager {
  public SyncCoreNotInIrq(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  public void syncCoreBeforeUsermode(Cpu cpu, Site site) {
    if (!cpu.irqsDisabled()) { // in_irq(): only there is it called with interrupts off
      super.syncCoreBeforeUsermode(cpu, site);
    }
  }
}
