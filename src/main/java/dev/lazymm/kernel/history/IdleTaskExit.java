package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * CPU hotplug from bf2c59fce407 (v5.8) to v6.12: the form H2. The CPU that leaves takes its MMU to
 * init_mm in idle_task_exit, when it is offline already, and leaves the old mm in idle->active_mm
 * for finish_cpu on another CPU to drop.
 *
 * <p>R03: between the two nobody interrupts it, and powerpc has taken it out of mm_cpumask. An mm
 * that dies in that window is not shot there and is freed while the CPU is on it.
 */
public class IdleTaskExit extends Hotplug {
  private final Kernel kernel;

  public IdleTaskExit(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  protected void schedCpuWaitEmpty(Cpu cpu) {}

  @Override
  protected void archCpuIdleDead(Cpu cpu) {
    idleTaskExit(cpu);
    super.archCpuIdleDead(cpu);
  }

  /** idle_task_exit. */
  protected void idleTaskExit(Cpu cpu) {
    cpu.step("idle_task_exit");
    Task current = kernel.current(cpu);
    Mm mm = kernel.activeMm(cpu, current);
    if (mm != kernel.initMm()) {
      kernel.arch().switchMm(cpu, mm, kernel.initMm(), current);
      kernel.arch().finishArchPostLockSwitch(cpu);
    }
  }

  @Override
  protected void finishCpu(Cpu cpu, int target) {
    cpu.step("finish_cpu");
    Task idle = kernel.cpuRq(target).idle;
    Mm mm = kernel.activeMm(cpu, idle);
    if (mm != kernel.initMm()) {
      cpu.write(idle.activeMm, kernel.initMm());
    }
    kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.FINISH_CPU_DROP);
  }
}
