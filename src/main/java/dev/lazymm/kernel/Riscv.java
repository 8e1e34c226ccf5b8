package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;

/**
 * arch/riscv (mm/context.c, mm/tlbflush.c, include/asm/membarrier.h, v6.9 to v7.0), with the ASID
 * allocator: mm_cpumask holds the CPUs that ran the mm, and a switch away does not clear it, as
 * what they cached outlives the switch. A flush is sfence.vma on this CPU if no other is in the
 * mask, and an IPI to all of the mask otherwise; where the firmware does that (SBI remote fence) it
 * is the same, seen from here. switch_mm trusts its first argument, that is active_mm.
 *
 * <p>Every mm has an ASID of its own here; what the allocator does when they run out is left out.
 */
public class Riscv implements Arch {
  private final Kernel kernel;
  private final Ipi ipiFlushTlbRangeAsid =
      new Ipi("__ipi_flush_tlb_range_asid", this::ipiFlushTlbRangeAsid);

  @SuppressWarnings("this-escape") // the handler runs only once we are done
  public Riscv(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "riscv";
  }

  /** smp_callin: remote flushes have passed this CPU over while it was offline. */
  @Override
  public void cpuInit(Cpu cpu, Mm initMm) {
    Arch.super.cpuInit(cpu, initMm);
    cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
  }

  /** switch_mm, which is what switch_mm_irqs_off is here. */
  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
    cpu.step("switch_mm");
    if (prev == next) {
      return;
    }
    membarrierArchSwitchMm(cpu, next);
    setMm(cpu, next);
    flushIcacheDeferred(cpu, next);
  }

  /** membarrier_arch_switch_mm, since v6.9: B2, if the next mm is registered. */
  protected void membarrierArchSwitchMm(Cpu cpu, Mm next) {
    kernel.membarrier().archSwitchMm(cpu, next);
  }

  /** set_mm: a barrier of no kind that membarrier could count on. */
  protected void setMm(Cpu cpu, Mm next) {
    cpu.setCpu(next.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
    cpu.loadRoot(next.pgd, Sites.ROOT); // csr_write(CSR_SATP)
  }

  /** flush_icache_deferred: what prepare_sync_core_cmd has put off to here. */
  protected void flushIcacheDeferred(Cpu cpu, Mm mm) {
    if (cpu.testCpu(mm.icacheStaleMask, cpu.id())) {
      cpu.clearCpu(mm.icacheStaleMask, cpu.id(), Ordering.RELAXED, Sites.ICACHE_CLEAR);
      cpu.smpMb(Sites.ICACHE_MB);
      cpu.syncCore(Sites.FENCE_I); // local_flush_icache_all
    }
  }

  /** prepare_sync_core_cmd: every CPU fetches anew before it runs the mm next. */
  @Override
  public void prepareSyncCoreCmd(Cpu cpu, Mm mm) {
    for (int i = 0; i < cpu.cpus(); i++) { // cpumask_setall
      cpu.setCpu(mm.icacheStaleMask, i, Ordering.RELAXED, Sites.ICACHE_SET);
    }
  }

  /** fence.i; no return to user mode does that. */
  @Override
  public void syncCoreBeforeUsermode(Cpu cpu, Site site) {
    cpu.syncCore(site);
  }

  @Override
  public boolean returnToUserSerializes() {
    return false;
  }

  @Override
  public void initNewContext(Cpu cpu, Mm mm) {
    for (int i = 0; i < mm.icacheStaleMask.words(); i++) {
      cpu.writeOnce(mm.icacheStaleMask.word(i), 0);
    }
  }

  /** switch_mm, with interrupts as they are: the IPI's handler asks for no mm. */
  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMmIrqsOff(cpu, prev, next, kernel.current(cpu));
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return false;
  }

  /** __flush_tlb_range; the barrier before it is that of ptep_get_and_clear, an xchg. */
  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("__flush_tlb_range");
    cpu.smpMb(Sites.B4);
    long[] mask = new long[mm.cpumask.words()];
    boolean any = false;
    boolean others = false;
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cpu.readOnce(mm.cpumask.word(i));
      long own = i == cpu.id() >>> 6 ? CpuMask.bit(cpu.id()) : 0;
      any |= mask[i] != 0;
      others |= (mask[i] & ~own) != 0;
    }
    if (others) {
      kernel.smp().onEachCpuMask(cpu, mask, ipiFlushTlbRangeAsid, mm, true, Sites.FLUSH_IPI);
    } else if (any) {
      cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
    }
  }

  /** __ipi_flush_tlb_range_asid: interrupts are off. */
  protected void ipiFlushTlbRangeAsid(Cpu cpu, KObject info) {
    cpu.step("__ipi_flush_tlb_range_asid");
    cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.pgd;
  }

  @Override
  public Hold believed() {
    return NOTHING;
  }
}
