package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/**
 * One way to start to use an mm and one to stop, outside the scheduler (kernel/sched/core.c,
 * patches 14 to 16 of Lutomirski's series of January 2022; not merged). exec_mmap and
 * kthread_use_mm come through the first, kthread_unuse_mm through the second. exit_mm does not: the
 * series leaves it by itself.
 *
 * <p>A kernel thread that uses an mm follows the rules of a user task: it holds a user, and no
 * mm_count of its own (patch 15). The callers count users, this counts what is lazy.
 */
public class ChangeCurrentMm {
  private final Kernel kernel;
  private final LutoHazard lazy;

  public ChangeCurrentMm(Kernel kernel, LutoHazard lazy) {
    this.kernel = kernel;
    this.lazy = lazy;
  }

  /**
   * __change_current_mm: the current task goes on with {@code mm}.
   *
   * @param mmIsBrandNew whether nobody has run it yet; then it is activated, which some
   *     architectures want with interrupts on
   */
  public void changeCurrentMm(Cpu cpu, Mm mm, boolean mmIsBrandNew) {
    cpu.step("__change_current_mm");
    Task tsk = kernel.current(cpu);
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK); // preemption is off from here
    cpu.smpMbAfterSpinlock(Sites.CHANGE_MM); // patch 9
    cpu.irqDisable(Sites.IRQ_CHANGE_MM);
    boolean wasKernel = cpu.read(tsk.mm) == null;
    Mm oldActiveMm = kernel.activeMm(cpu, tsk);
    cpu.write(tsk.activeMm, mm);
    cpu.writeOnce(tsk.mm, mm); // patch 5
    kernel.membarrier().updateCurrentMm(cpu, mm);
    cpu.hold(Kernel.ACTIVE_MM, mm);
    if (mmIsBrandNew) {
      activateMm(cpu, oldActiveMm, mm);
    } else {
      kernel.arch().switchMmIrqsOff(cpu, oldActiveMm, mm, tsk);
      cpu.irqEnable(Sites.IRQ_CHANGE_MM);
    }
    kernel.membarrier().finishSwitchMm(cpu, mm);
    lazy.membarrierFinishSwitchMm(cpu, mm);
    if (wasKernel) {
      lazy.endLazyTlb(cpu, oldActiveMm);
    }
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    if (!mmIsBrandNew) {
      kernel.arch().finishArchPostLockSwitch(cpu);
    }
  }

  private void activateMm(Cpu cpu, Mm oldActiveMm, Mm mm) {
    boolean irqsOff = kernel.arch().wantIrqsOffActivateMm();
    if (!irqsOff) {
      cpu.irqEnable(Sites.IRQ_CHANGE_MM);
    }
    kernel.arch().activateMm(cpu, oldActiveMm, mm);
    if (irqsOff) {
      cpu.irqEnable(Sites.IRQ_CHANGE_MM);
    }
  }

  /** __change_current_mm_to_kernel: the current task goes on without an mm, and borrows its own. */
  public void changeCurrentMmToKernel(Cpu cpu) {
    cpu.step("__change_current_mm_to_kernel");
    Task tsk = kernel.current(cpu);
    Mm oldMm = cpu.read(tsk.mm);
    if (oldMm == null) {
      return;
    }
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.smpMbAfterSpinlock(Sites.B8);
    cpu.warnOn(cpu.read(tsk.activeMm) != oldMm, "__change_current_mm_to_kernel: active_mm");
    cpu.irqDisable(Sites.IRQ_CHANGE_MM);
    cpu.writeOnce(tsk.mm, null); // patch 5
    kernel.membarrier().updateCurrentMm(cpu, null);
    lazy.enterLazyTlb(cpu, kernel.arch(), oldMm, tsk);
    cpu.irqEnable(Sites.IRQ_CHANGE_MM);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
  }
}
