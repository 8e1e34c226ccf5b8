package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/** exit_mm and the rest of do_exit (kernel/exit.c, v6.4 to v7.0). */
public class ExitMm {
  private final Kernel kernel;

  public ExitMm(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * exit_mm: the dying task gives up its mm and, from here to its last switch, borrows it lazily.
   */
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
    cpu.smpMbAfterSpinlock(Sites.B5);
    cpu.irqDisable(Sites.IRQ_EXIT);
    kernel.membarrier().storeMm(cpu, current, null);
    kernel.membarrier().updateCurrentMm(cpu, null);
    kernel.lazyMm().enterLazyTlb(cpu, kernel.arch(), mm, current);
    cpu.irqEnable(Sites.IRQ_EXIT);
    cpu.unlock(current.allocLock, Sites.TASK_LOCK);
    kernel.lifetime().mmput(cpu, mm);
  }

  /** do_task_dead: marks the current task dead; the next switch frees it. */
  public void doTaskDead(Cpu cpu) {
    cpu.step("do_task_dead");
    cpu.writeOnce(kernel.current(cpu).state, Task.TASK_DEAD);
  }
}
