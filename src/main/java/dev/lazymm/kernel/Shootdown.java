package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;

/**
 * MMU_LAZY_TLB_SHOOTDOWN as merged in v6.4 (commit 2655421ae69f, kernel/fork.c): borrows are not
 * counted; when mm_count is 0 every CPU in mm_cpumask is interrupted and, if it still borrows the
 * mm, moved to init_mm.
 */
public class Shootdown extends NoRefcount {
  /** What WARN_ON_ONCE says when a CPU still borrows the mm after the shootdown. */
  public static final String DEBUG_VM_SHOOT_LAZIES = "DEBUG_VM_SHOOT_LAZIES";

  private final Kernel kernel;
  private final boolean debug;
  private final Ipi doShootLazyTlb = new Ipi("do_shoot_lazy_tlb", this::doShootLazyTlb);
  private final Ipi doCheckLazyTlb = new Ipi("do_check_lazy_tlb", this::doCheckLazyTlb);

  /**
   * @param debug CONFIG_DEBUG_VM_SHOOT_LAZIES: ask every CPU afterwards whether it still borrows
   */
  @SuppressWarnings("this-escape") // the handlers run only once we are done
  public Shootdown(Kernel kernel, boolean debug) {
    this.kernel = kernel;
    this.debug = debug;
  }

  @Override
  public String name() {
    return debug ? "shootdown-debug" : "shootdown";
  }

  @Override
  public boolean needsMask() {
    return true;
  }

  @Override
  public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
    cpu.step("cleanup_lazy_tlbs");
    long[] mask = new long[mm.cpumask.words()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cpu.readOnce(mm.cpumask.word(i));
    }
    kernel.smp().onEachCpuMask(cpu, mask, doShootLazyTlb, mm, true, Sites.SHOOT_IPI);
    if (debug) {
      long[] all = new long[mask.length];
      for (int i = 0; i < cpu.cpus(); i++) {
        all[i >>> 6] |= CpuMask.bit(i);
      }
      kernel.smp().onEachCpuMask(cpu, all, doCheckLazyTlb, mm, true, Sites.CHECK_IPI);
    }
  }

  /** do_shoot_lazy_tlb: runs on every CPU of the mask, interrupts off. */
  protected void doShootLazyTlb(Cpu cpu, KObject info) {
    cpu.step("do_shoot_lazy_tlb");
    Mm mm = (Mm) info;
    Task current = kernel.current(cpu);
    if (cpu.read(current.activeMm) == mm) {
      cpu.warnOn(cpu.read(current.mm) != null, "do_shoot_lazy_tlb: current->mm");
      kernel.shotLazyTlb(cpu);
      cpu.write(current.activeMm, kernel.initMm());
      kernel.arch().switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
    }
  }

  private void doCheckLazyTlb(Cpu cpu, KObject info) {
    cpu.step("do_check_lazy_tlb");
    Task current = kernel.current(cpu);
    cpu.warnOn(cpu.read(current.activeMm) == (Mm) info, DEBUG_VM_SHOOT_LAZIES);
  }
}
