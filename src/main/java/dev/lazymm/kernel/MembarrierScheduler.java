package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler, exec and kernel threads do for membarrier(2) as merged
 * (kernel/sched/sched.h, include/linux/sched/mm.h, arch/powerpc and arch/riscv, v6.8 to v7.0): each
 * rq has a copy of the state of its mm, and the next mm's state says whether a switch must be a
 * barrier, or serialize the core.
 */
public abstract class MembarrierScheduler implements MembarrierDesign {
  final Kernel kernel;

  MembarrierScheduler(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code prev} is prev->active_mm: whoever borrows {@code next} has no switch here, and goes
   * on with what the rq had, also if that is 0 since {@link #updateCurrentMm} or from before a
   * registration.
   */
  @Override
  public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {
    if (prev != next) {
      setState(cpu, rq, cpu.readOnce(next.membarrierState));
    }
  }

  @Override
  public void updateCurrentMm(Cpu cpu, @Nullable Mm next) {
    setState(cpu, kernel.rq(cpu), next == null ? 0 : cpu.readOnce(next.membarrierState));
  }

  private static void setState(Cpu cpu, RunQueue rq, long state) {
    if (cpu.readOnce(rq.membarrierState) != state) {
      cpu.writeOnce(rq.membarrierState, state);
    }
  }

  @Override
  public void execMmap(Cpu cpu, Mm next) {
    cpu.smpMb(Sites.B6);
    cpu.writeOnce(next.membarrierState, 0);
    cpu.writeOnce(kernel.rq(cpu).membarrierState, 0);
  }

  /** membarrier_arch_switch_mm (powerpc, riscv): B2, if the next mm is registered. */
  @Override
  public void archSwitchMm(Cpu cpu, Mm next) {
    if (isExpedited(cpu, next)) {
      cpu.smpMb(Sites.B2);
    }
  }

  /** Whether other CPUs may count on what this one does with that mm. */
  final boolean isExpedited(Cpu cpu, Mm mm) {
    long bits = MembarrierState.PRIVATE_EXPEDITED.bit() | MembarrierState.GLOBAL_EXPEDITED.bit();
    return (cpu.readOnce(mm.membarrierState) & bits) != 0;
  }

  @Override
  public void mmSyncCoreBeforeUsermode(Cpu cpu, Mm mm) {
    if (cpu.read(kernel.current(cpu).mm) == mm) {
      syncCore(cpu, mm, Sites.SYNC_CORE_SWITCH);
    }
  }

  /** sync_core_before_usermode, if the mm is registered for it. */
  final void syncCore(Cpu cpu, Mm mm, Site site) {
    long state = cpu.readOnce(mm.membarrierState);
    if ((state & MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE.bit()) != 0) {
      kernel.arch().syncCoreBeforeUsermode(cpu, site);
    }
  }
}
