package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R04: CPU hotplug before bf2c59fce407, up to v5.7: the form H1. idle_task_exit gives the borrow
 * back itself, on a CPU that is offline; if it is the last reference, __mmdrop runs there, where
 * RCU does not look any more.
 */
public class IdleTaskExitDrops extends IdleTaskExit {
  private final Kernel kernel;

  public IdleTaskExitDrops(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  protected void idleTaskExit(Cpu cpu) {
    cpu.step("idle_task_exit");
    Task current = kernel.current(cpu);
    Mm mm = kernel.activeMm(cpu, current);
    if (mm != kernel.initMm()) {
      kernel.arch().switchMm(cpu, mm, kernel.initMm(), current);
      cpu.write(current.activeMm, kernel.initMm());
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
      kernel.arch().finishArchPostLockSwitch(cpu);
    }
    kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.FINISH_CPU_DROP);
  }

  /** There was none. */
  @Override
  protected void finishCpu(Cpu cpu, int target) {}
}
