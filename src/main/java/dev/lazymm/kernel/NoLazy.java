package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/**
 * No lazy mode (MMU_LAZY_TLB=n of the shoot-lazies series up to v3): whoever owns no mm runs on
 * init_mm. Nobody borrows, so nothing has to be counted, shot or waited for; the price is a switch
 * of the MMU at every switch between user and kernel, also where the same mm comes back.
 *
 * <p>No barrier stands in context_switch: from kernel to user the mm always changes, so switch_mm
 * supplies it. Where it is asked for by name, outside the scheduler, it is kept.
 */
public class NoLazy extends NoRefcount {
  private final Kernel kernel;

  public NoLazy(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return Designs.NO_LAZY;
  }

  @Override
  public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    Mm initMm = kernel.initMm();
    if (mm == initMm) { // kernel to kernel
      return initMm;
    }
    kernel.membarrier().switchMm(cpu, kernel.rq(cpu), mm, initMm);
    if (kernel.current(cpu) == tsk) { // in context_switch the pointers are the scheduler's
      cpu.write(tsk.activeMm, initMm);
      cpu.hold(Kernel.ACTIVE_MM, initMm);
    }
    arch.switchMmIrqsOff(cpu, mm, initMm, tsk);
    return initMm;
  }

  /** There is no borrow to end. */
  @Override
  public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
    cpu.write(prev.activeMm, null);
  }
}
