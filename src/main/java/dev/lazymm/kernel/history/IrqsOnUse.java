package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R01: kthread_use_mm before 38cf307c1f20 (v5.9) leaves interrupts on between the store of
 * active_mm and the switch. A flush IPI in between believes active_mm ({@link AlphaIpi}): it
 * flushes what the MMU is still on, and the mm is then loaded with what was cached of it before.
 */
public class IrqsOnUse extends KthreadUseMm {
  private final Kernel kernel;

  public IrqsOnUse(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  public void kthreadUseMm(Cpu cpu, Mm mm) {
    cpu.step("kthread_use_mm");
    Task tsk = kernel.current(cpu);
    kernel.lifetime().mmgrab(cpu, mm);
    cpu.step("kthread_use_mm");
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    Mm activeMm = kernel.activeMm(cpu, tsk);
    cpu.write(tsk.activeMm, mm);
    cpu.write(tsk.mm, mm);
    kernel.membarrier().updateCurrentMm(cpu, mm);
    cpu.hold(Kernel.ACTIVE_MM, mm);
    kernel.arch().switchMm(cpu, activeMm, mm, tsk); // only here are interrupts off
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    kernel.arch().finishArchPostLockSwitch(cpu);
    dropOldActive(cpu, activeMm, mm);
    cpu.step("kthread_use_mm");
    cpu.enterUser(kernel.arch().rootOf(mm));
  }
}
