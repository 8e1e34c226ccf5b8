package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * A small architecture in the manner of alpha (arch/alpha/kernel/smp.c): every flush interrupts
 * every CPU that is online, and the handler tests current->active_mm. Where that is the mm, it
 * flushes what is loaded; where not, it takes the mm's ASN on this CPU away, so that the next
 * switch to it flushes. A bit in mm_cpumask stands for a valid ASN (mm->context[cpu]). alpha has no
 * CPU hotplug; here a CPU that comes back has nothing cached.
 */
public class AlphaIpi implements Arch {
  private final Kernel kernel;
  private final long[] all;
  private final Ipi ipiFlushTlbMm = new Ipi("ipi_flush_tlb_mm", this::ipiFlushTlbMm);

  @SuppressWarnings("this-escape") // the handler runs only once we are done
  public AlphaIpi(Kernel kernel, Memory memory) {
    this.kernel = kernel;
    all = new long[(memory.cpus() + 63) >>> 6];
    for (int i = 0; i < memory.cpus(); i++) {
      all[i >>> 6] |= CpuMask.bit(i);
    }
  }

  @Override
  public String name() {
    return "alpha-ipi";
  }

  @Override
  public void cpuInit(Cpu cpu, Mm initMm) {
    Arch.super.cpuInit(cpu, initMm);
    cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
  }

  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
    cpu.step("ev5_switch_mm");
    boolean valid = cpu.testCpu(next.cpumask, cpu.id());
    if (!valid) {
      cpu.setCpu(next.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
    }
    cpu.loadRoot(next.pgd, next.handle(), !valid, Sites.ROOT); // a new ASN caches nothing
    cpu.smpMb(Sites.B2B);
  }

  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMmIrqsOff(cpu, prev, next, kernel.current(cpu));
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return true;
  }

  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("flush_tlb_mm");
    cpu.smpMb(Sites.B4);
    kernel.smp().onEachCpuMask(cpu, all, ipiFlushTlbMm, mm, true, Sites.FLUSH_IPI);
  }

  /** ipi_flush_tlb_mm: interrupts are off. */
  protected void ipiFlushTlbMm(Cpu cpu, KObject info) {
    cpu.step("ipi_flush_tlb_mm");
    Mm mm = (Mm) info;
    if (kernel.activeMm(cpu, kernel.current(cpu)) == mm) {
      cpu.flushTlbLocal(Sites.FLUSH_LOCAL); // flush_tlb_current
    } else {
      cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_CLEAR); // flush_tlb_other
    }
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.pgd;
  }

  @Override
  public Hold believed() {
    return Kernel.ACTIVE_MM;
  }
}
