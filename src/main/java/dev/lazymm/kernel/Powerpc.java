package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ordering;

/**
 * arch/powerpc, 64-bit Book3S (arch/powerpc/mm/mmu_context.c, v6.4 to v7.0): what its two MMUs have
 * in common. mm_cpumask holds the CPUs that ran the mm, and a switch away does not clear it;
 * enter_lazy_tlb does nothing; switch_mm trusts its first argument, that is active_mm.
 */
public abstract class Powerpc implements Arch {
  private final Kernel kernel;

  Powerpc(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bringUp(Cpu cpu) {
    cpu.setCpu(kernel.initMm().cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
  }

  /** cleanup_cpu_mmu_context, which the platforms' cpu_disable calls. */
  @Override
  public void cpuDisable(Cpu cpu) {
    cpu.step("cleanup_cpu_mmu_context");
    kernel.hotplug().clearTasksMmCpumask(cpu);
    cpu.flushTlbLocal(Sites.FLUSH_LOCAL); // tlbiel_all
  }

  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
    cpu.step("switch_mm_irqs_off");
    cpu.warnOn(!cpu.irqsDisabled(), "switch_mm_irqs_off: irqs on");
    boolean newOnCpu = markUsed(cpu, next);
    if (prev == next) {
      return;
    }
    if (!newOnCpu) { // else its barrier has done it
      kernel.membarrier().archSwitchMm(cpu, next);
    }
    switchMmuContext(cpu, next);
  }

  /** Marks this context as used on this CPU: {@return whether it was new here} */
  protected boolean markUsed(Cpu cpu, Mm next) {
    if (cpu.testCpu(next.cpumask, cpu.id())) {
      return false;
    }
    cpu.setCpu(next.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
    incMmActiveCpus(cpu, next);
    cpu.smpMb(Sites.MASK_MB);
    return true;
  }

  /** inc_mm_active_cpus; without effect where the mask is never trimmed. */
  protected void incMmActiveCpus(Cpu cpu, Mm mm) {}

  /** switch_mmu_context: a barrier of no kind that membarrier could count on. */
  protected abstract void switchMmuContext(Cpu cpu, Mm next);

  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMmIrqsOff(cpu, prev, next, kernel.current(cpu));
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return true;
  }

  @Override
  public void destroyContext(Cpu cpu, Mm mm) {
    cpu.free(mm.context);
  }

  @Override
  public Hold believed() {
    return Kernel.ACTIVE_MM;
  }
}
