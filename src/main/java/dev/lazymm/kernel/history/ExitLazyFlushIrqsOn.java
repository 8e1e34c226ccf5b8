package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.PowerpcRadix;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;

/**
 * R06: exit_lazy_flush_tlb before dfaed3e1fa70 was written for its IPI, where interrupts are off.
 * flush_type_needed calls it too when the trim clock ticks, below __flush_all_mm in exit_mmap, and
 * there they are on: an IPI finds active_mm ahead of the MMU.
 */
public class ExitLazyFlushIrqsOn extends PowerpcRadix {
  private final Kernel kernel;

  /**
   * @param trimTimer how many flushes there are on a CPU until one trims
   */
  public ExitLazyFlushIrqsOn(Kernel kernel, int trimTimer) {
    super(kernel, trimTimer);
    this.kernel = kernel;
  }

  @Override
  protected void exitLazyFlushTlb(Cpu cpu, Mm mm, boolean alwaysFlush) {
    cpu.step("exit_lazy_flush_tlb");
    Task current = kernel.current(cpu);
    boolean flush = alwaysFlush;
    Mm owned = cpu.read(current.mm);
    if (owned != mm) {
      if (cpu.read(current.activeMm) == mm) {
        cpu.warnOn(owned != null, "exit_lazy_flush_tlb: current->mm");
        switchToInitMm(cpu, mm, current);
      }
      cpu.step("exit_lazy_flush_tlb");
      if (cpu.testCpu(mm.cpumask, cpu.id())) {
        cpu.fetchAdd(mm.context.activeCpus, -1, Ordering.RELAXED, Sites.ACTIVE_CPUS_DEC);
        cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_TRIM);
        flush = true;
      }
    }
    if (flush) {
      cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
    }
  }
}
