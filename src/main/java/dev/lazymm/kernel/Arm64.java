package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;

/**
 * arch/arm64 (include/asm/mmu_context.h, include/asm/tlbflush.h, mm/context.c, kernel/process.c,
 * v6.4 to v7.0): nobody keeps mm_cpumask; a flush is a broadcast TLBI, so no flush is an IPI and
 * none moves a lazy CPU. switch_mm trusts its first argument, that is active_mm, and orders
 * nothing: the barrier that membarrier needs is dsb(ish) in __switch_to.
 *
 * <p>Every mm has an ASID of its own here, the same on all CPUs: the allocator with its generations
 * (check_and_switch_context, new_context) is left out, as no scenario has more mms than ASIDs. So
 * are software PAN and shared TLBs (CnP).
 */
public class Arm64 implements Arch {
  private final Kernel kernel;

  public Arm64(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "arm64";
  }

  /** switch_mm, which is what switch_mm_irqs_off is here. */
  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
    cpu.step("switch_mm");
    if (prev != next) {
      cpuSwitchMm(cpu, next);
    }
  }

  /** cpu_switch_mm, or cpu_set_reserved_ttbr0 for init_mm. */
  protected void cpuSwitchMm(Cpu cpu, Mm next) {
    cpu.loadRoot(next.pgd, Sites.ROOT);
  }

  /** __switch_to: dsb(ish) ends TLB maintenance, and is the full barrier of membarrier (B2). */
  @Override
  public void switchTo(Cpu cpu, Task next) {
    cpu.smpMb(Sites.B2_SWITCH_TO);
  }

  /** switch_mm, with interrupts as they are: no handler cares. */
  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMmIrqsOff(cpu, prev, next, kernel.current(cpu));
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return false;
  }

  /** flush_tlb_mm: dsb(ishst), tlbi aside1is, dsb(ish). */
  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("flush_tlb_mm");
    cpu.flushTlbBroadcast(Sites.FLUSH_TLBI);
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
