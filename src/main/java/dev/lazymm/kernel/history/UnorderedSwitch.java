package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * R14: switch_mm_irqs_off of v6.14 to v6.17.4, before 83b0177a6c48 (CVE-2025-40174). Where the bit
 * in the mask is set already nothing writes it, and no barrier stands between the store of
 * LOADED_MM_SWITCHING and the load of tlb_gen. The store waits in the store buffer while the load
 * goes ahead: the flush misses the CPU and the CPU misses the flush.
 *
 * <p>Under sequential consistency a store is never overtaken, so the checker finds nothing here
 * until it has a weaker model; the shape itself is a litmus test, x86-switch-no-mb.
 */
public class UnorderedSwitch extends X86Lazy {
  public UnorderedSwitch(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  protected void setMaskBit(Cpu cpu, Mm next) {
    if (isNotInitMm(next) && !cpu.testCpu(next.cpumask, cpu.id())) {
      cpu.setCpu(next.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
    }
  }
}
