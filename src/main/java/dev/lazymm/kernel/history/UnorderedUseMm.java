package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import java.util.Objects;

/**
 * R10, the other half: kthread_use_mm and kthread_unuse_mm before 618758ed3a4f (v5.11) leave the rq
 * its copy of the state, and have no barrier before tsk->mm is cleared; none after it is set either
 * where the mm was borrowed already, as the borrow then became the reference. (Who counts borrows
 * can do that.)
 */
public class UnorderedUseMm extends KthreadUseMm {
  private final Kernel kernel;

  public UnorderedUseMm(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  public void kthreadUseMm(Cpu cpu, Mm mm) {
    cpu.step("kthread_use_mm");
    Task tsk = kernel.current(cpu);
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
    cpu.hold(Kernel.ACTIVE_MM, mm);
    kernel.arch().switchMmIrqsOff(cpu, activeMm, mm, tsk);
    cpu.irqEnable(Sites.IRQ_USE);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.preemptPoint("kthread_use_mm");
    if (activeMm != mm) {
      dropOldActive(cpu, activeMm, mm);
    }
    cpu.step("kthread_use_mm");
    cpu.enterUser(kernel.arch().rootOf(mm));
  }

  @Override
  public void kthreadUnuseMm(Cpu cpu) {
    cpu.step("kthread_unuse_mm");
    Task tsk = kernel.current(cpu);
    Mm mm = Objects.requireNonNull(cpu.read(tsk.mm), "kthread_unuse_mm: nothing in use");
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.irqDisable(Sites.IRQ_UNUSE);
    cpu.write(tsk.mm, null);
    kernel.lazyMm().enterLazyTlb(cpu, kernel.arch(), mm, tsk); // the reference becomes the borrow
    cpu.irqEnable(Sites.IRQ_UNUSE);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    cpu.preemptPoint("kthread_unuse_mm");
  }
}
