package dev.lazymm.kernel.history;

import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R32: exit_mm as Lutomirski's series leaves it. Of kernel/exit.c the 23 patches change one line,
 * the store of current->mm (patch 5). So the mmgrab of the borrow stays, of which patch 16 takes
 * the mmdrop away; rq->lazy_mm is not written. The dying task's mm is safe, and never freed.
 */
public class ExitMmGrabs extends ExitMm {
  private final Kernel kernel;

  public ExitMmGrabs(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  public void exitMm(Cpu cpu) {
    cpu.step("exit_mm");
    Task current = kernel.current(cpu);
    Mm mm = cpu.read(current.mm);
    if (mm == null) {
      return;
    }
    kernel.lifetime().mmgrab(cpu, mm);
    cpu.preemptPoint("exit_mm");
    cpu.step("exit_mm");
    cpu.warnOn(cpu.read(current.activeMm) != mm, "exit_mm: mm != current->active_mm");
    cpu.lock(current.allocLock, Sites.TASK_LOCK);
    cpu.smpMbAfterSpinlock(Sites.B5);
    cpu.irqDisable(Sites.IRQ_EXIT);
    cpu.writeOnce(current.mm, null);
    kernel.membarrier().updateCurrentMm(cpu, null);
    kernel.arch().enterLazyTlb(cpu, mm, current);
    cpu.irqEnable(Sites.IRQ_EXIT);
    cpu.unlock(current.allocLock, Sites.TASK_LOCK);
    kernel.lifetime().mmput(cpu, mm);
  }
}
