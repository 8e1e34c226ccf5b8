package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R31: CPU hotplug as in patch 12 of Lutomirski's series. do_idle calls unlazy_mm_irqs_off where it
 * finds the CPU offline. for_each_possible_lazymm_cpu goes through the CPUs that are online: from
 * when the CPU has left cpu_online_mask until it gets there, nobody asks it what it borrows.
 *
 * <p>The series has no finish_cpu; here it is that of H3, so that the idle task ends as elsewhere.
 */
public class UnlazyWhenOffline extends Hotplug {
  private final Kernel kernel;

  public UnlazyWhenOffline(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  protected void schedCpuWaitEmpty(Cpu cpu) {}

  @Override
  protected void archCpuIdleDead(Cpu cpu) {
    unlazyMmIrqsOff(cpu);
    super.archCpuIdleDead(cpu);
  }

  /** unlazy_mm_irqs_off, in do_idle. */
  private void unlazyMmIrqsOff(Cpu cpu) {
    cpu.step("unlazy_mm_irqs_off");
    Task current = kernel.current(cpu);
    Mm mm = kernel.activeMm(cpu, current);
    if (mm == kernel.initMm()) {
      return;
    }
    kernel.arch().switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
    cpu.write(current.activeMm, kernel.initMm());
    cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
    kernel.lazyMm().endLazyTlb(cpu, mm);
    kernel.arch().finishArchPostLockSwitch(cpu);
    kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.UNLAZY_DROP);
  }
}
