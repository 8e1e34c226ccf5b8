package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import java.util.Objects;
import java.util.Optional;

/** kthread_use_mm and kthread_unuse_mm (kernel/kthread.c, v6.4 to v7.0). */
public class KthreadUseMm {
  private final Kernel kernel;

  public KthreadUseMm(Kernel kernel) {
    this.kernel = kernel;
  }

  /** kthread_use_mm: a kernel thread takes on {@code mm}; the caller holds a user of it. */
  public void kthreadUseMm(Cpu cpu, Mm mm) {
    cpu.step("kthread_use_mm");
    Task tsk = kernel.current(cpu);
    cpu.warnOn((cpu.readOnce(tsk.flags) & Task.PF_KTHREAD) == 0, "kthread_use_mm: PF_KTHREAD");
    cpu.warnOn(cpu.read(tsk.mm) != null, "kthread_use_mm: tsk->mm");
    Optional<ChangeCurrentMm> onePath = kernel.lazyMm().changeCurrentMm();
    if (onePath.isPresent()) {
      onePath.get().changeCurrentMm(cpu, mm, false);
      cpu.preemptPoint("kthread_use_mm");
    } else {
      changeMm(cpu, tsk, mm);
    }
    cpu.step("kthread_use_mm");
    cpu.enterUser(kernel.arch().rootOf(mm)); // what follows are accesses to its user addresses
  }

  /** As merged: in kthread_use_mm itself. */
  private void changeMm(Cpu cpu, Task tsk, Mm mm) {
    kernel.lifetime().mmgrab(cpu, mm); // not the same reference as a lazy one, even of this mm
    cpu.step("kthread_use_mm");
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    kernel.membarrier().beforeMmChange(cpu);
    cpu.irqDisable(Sites.IRQ_USE);
    Mm activeMm = kernel.activeMm(cpu, tsk);
    cpu.write(tsk.activeMm, mm);
    kernel.membarrier().storeMm(cpu, tsk, mm);
    kernel.membarrier().updateCurrentMm(cpu, mm);
    cpu.hold(Kernel.ACTIVE_MM, mm);
    kernel.arch().switchMmIrqsOff(cpu, activeMm, mm, tsk);
    kernel.membarrier().finishSwitchMm(cpu, mm);
    kernel.lazyMm().endLazyTlb(cpu, activeMm);
    cpu.irqEnable(Sites.IRQ_USE);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    kernel.arch().finishArchPostLockSwitch(cpu);
    cpu.preemptPoint("kthread_use_mm");
    dropOldActive(cpu, activeMm, mm);
  }

  /** The end of kthread_use_mm: the borrow of before is given back (B7). */
  protected void dropOldActive(Cpu cpu, Mm activeMm, Mm mm) {
    kernel.mmdropLazyTlb(cpu, activeMm, Sites.B7);
  }

  /** kthread_unuse_mm: from here the mm is only borrowed. */
  public void kthreadUnuseMm(Cpu cpu) {
    cpu.step("kthread_unuse_mm");
    Optional<ChangeCurrentMm> onePath = kernel.lazyMm().changeCurrentMm();
    if (onePath.isPresent()) {
      onePath.get().changeCurrentMmToKernel(cpu);
      cpu.preemptPoint("kthread_unuse_mm");
      return;
    }
    Task tsk = kernel.current(cpu);
    Mm mm = Objects.requireNonNull(cpu.read(tsk.mm), "kthread_unuse_mm: nothing in use");
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.smpMbAfterSpinlock(Sites.B8);
    cpu.irqDisable(Sites.IRQ_UNUSE);
    kernel.membarrier().storeMm(cpu, tsk, null);
    kernel.membarrier().updateCurrentMm(cpu, null);
    kernel.lazyMm().mmgrabLazyTlb(cpu, mm);
    cpu.step("kthread_unuse_mm");
    kernel.lazyMm().enterLazyTlb(cpu, kernel.arch(), mm, tsk);
    cpu.irqEnable(Sites.IRQ_UNUSE);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.preemptPoint("kthread_unuse_mm");
    kernel.lifetime().mmdrop(cpu, mm);
  }
}
