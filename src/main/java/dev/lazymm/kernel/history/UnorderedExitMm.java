package dev.lazymm.kernel.history;

import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R10: exit_mm before 5bc78502322a (v5.11) has no barrier before it clears tsk->mm, and leaves the
 * rq its copy of the state. A membarrier that finds no mm sends no IPI, and misses what the thread
 * did before.
 */
public class UnorderedExitMm extends ExitMm {
  private final Kernel kernel;

  public UnorderedExitMm(Kernel kernel) {
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
    kernel.lazyMm().mmgrabLazyTlb(cpu, mm);
    cpu.preemptPoint("exit_mm");
    cpu.step("exit_mm");
    cpu.warnOn(cpu.read(current.activeMm) != mm, "exit_mm: mm != current->active_mm");
    cpu.lock(current.allocLock, Sites.TASK_LOCK);
    cpu.irqDisable(Sites.IRQ_EXIT);
    cpu.write(current.mm, null);
    kernel.lazyMm().enterLazyTlb(cpu, kernel.arch(), mm, current);
    cpu.irqEnable(Sites.IRQ_EXIT);
    cpu.unlock(current.allocLock, Sites.TASK_LOCK);
    kernel.lifetime().mmput(cpu, mm);
  }
}
