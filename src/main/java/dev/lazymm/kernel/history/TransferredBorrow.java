package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R08: kthread_use_mm before 6cad87b0d216 takes no reference on an mm that it borrows already; the
 * lazy reference becomes the real one. Right where borrows are counted. Version 4 of the
 * shoot-lazies series kept it though they no longer were: kthread_unuse_mm then drops a reference
 * that was never taken.
 *
 * <p>What breaks depends on who is left. While a user is, the drop too many frees the mm under it
 * (I5). Where the last user and the last pin go as well, the mm is freed too early, and once, and a
 * later drop takes the count of freed memory below 0 (I4, UAF): no reference is left at the end.
 */
public class TransferredBorrow extends KthreadUseMm {
  private final Kernel kernel;

  public TransferredBorrow(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  public void kthreadUseMm(Cpu cpu, Mm mm) {
    cpu.step("kthread_use_mm");
    Task tsk = kernel.current(cpu);
    cpu.warnOn((cpu.readOnce(tsk.flags) & Task.PF_KTHREAD) == 0, "kthread_use_mm: PF_KTHREAD");
    cpu.warnOn(cpu.read(tsk.mm) != null, "kthread_use_mm: tsk->mm");
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.irqDisable(Sites.IRQ_USE);
    Mm activeMm = kernel.activeMm(cpu, tsk);
    if (activeMm != mm) {
      kernel.lifetime().mmgrab(cpu, mm);
      cpu.step("kthread_use_mm");
      cpu.write(tsk.activeMm, mm);
    }
    cpu.write(tsk.mm, mm);
    kernel.membarrier().updateCurrentMm(cpu, mm);
    cpu.hold(Kernel.ACTIVE_MM, mm);
    kernel.arch().switchMmIrqsOff(cpu, activeMm, mm, tsk);
    cpu.irqEnable(Sites.IRQ_USE);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    kernel.arch().finishArchPostLockSwitch(cpu);
    cpu.preemptPoint("kthread_use_mm");
    if (activeMm != mm) {
      dropOldActive(cpu, activeMm, mm);
    } else {
      cpu.smpMb(Sites.B7);
    }
    cpu.step("kthread_use_mm");
    cpu.enterUser(kernel.arch().rootOf(mm));
  }
}
