package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;

/**
 * R13: should_flush_tlb of v6.14 (6db2526c1d69), before fea4e317f9e7 (CVE-2025-37964). It passes
 * over a CPU whose loaded_mm is not the mm yet, also one in the middle of the switch to it: that
 * has decided already whether to flush, and may be on the new CR3.
 */
public class SwitchingNotSeen extends X86Lazy {
  public SwitchingNotSeen(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  protected boolean shouldFlushTlb(Cpu cpu, int target, Mm mm, boolean trimCpumask) {
    return !isLazy(cpu, target) && (loadedMmOf(cpu, target) == mm || trimCpumask);
  }
}
