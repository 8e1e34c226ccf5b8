package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;

/**
 * R24: SYNC_CORE before 758c9373d841 (v5.10) sends ipi_mb and takes the return from the interrupt
 * for serializing. It is IRET on x86; but the return may schedule first, and another thread of the
 * mm then goes to user mode by SYSRET.
 */
public class SyncCoreByIpi extends Membarrier {
  public SyncCoreByIpi(Kernel kernel) {
    super(kernel);
  }

  @Override
  protected void ipiSyncCore(Cpu cpu, KObject info) {
    ipiMb(cpu, info);
  }
}
