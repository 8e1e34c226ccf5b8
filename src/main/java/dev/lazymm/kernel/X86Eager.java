package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * arch/x86/mm/tlb.c up to v6.13: mm_cpumask holds the CPUs whose loaded_mm is the mm; the bit is
 * cleared when the CPU switches away. A flush skips lazy CPUs unless page tables are about to be
 * freed; else they move to init_mm, which leaves {@code active_mm} behind.
 *
 * <p>Where the root's interval ends: at the clearing of the bit in mm_cpumask(prev) ("stop remote
 * flushes for the previous mm"). CR3 is written some instructions later with interrupts off; what a
 * speculative walk caches in between carries the old ASID and is flushed before that ASID is used
 * again.
 */
public class X86Eager extends X86Flush {
  public X86Eager(Kernel kernel, Memory memory) {
    super(kernel, memory, SLOTS, 0);
  }

  @Override
  public String name() {
    return "x86-eager";
  }

  @Override
  protected void stopReceivingIpis(Cpu cpu, Mm prev) {
    if (prev != kernel.initMm()) {
      cpu.dropRoot(Sites.ROOT);
      cpu.clearCpu(prev.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
    }
  }

  @Override
  protected long startReceivingIpis(Cpu cpu, Mm next) {
    if (next != kernel.initMm()) {
      cpu.setCpu(next.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
    }
    return cpu.readOnce(next.tlbGen);
  }

  @Override
  protected boolean keepsMask() {
    return false;
  }

  /** tlb_is_not_lazy. */
  @Override
  protected boolean shouldFlushTlb(Cpu cpu, int target, Mm mm, boolean trimCpumask) {
    return cpu.readOnce(tlb[target].isLazy) == 0;
  }
}
