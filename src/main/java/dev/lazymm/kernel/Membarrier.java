package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/** The scheduler's side of membarrier(2) (kernel/sched/sched.h, kernel/sched/membarrier.c). */
public class Membarrier {
  private final Kernel kernel;

  public Membarrier(Kernel kernel) {
    this.kernel = kernel;
  }

  /** membarrier_switch_mm: keeps the rq's copy of the active mm's state. */
  public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {
    if (prev == next) {
      return;
    }
    copyState(cpu, rq, cpu.readOnce(next.membarrierState));
  }

  /** membarrier_exec_mmap: exec clears all registrations. */
  public void execMmap(Cpu cpu, Mm next) {
    cpu.smpMb(Sites.B6);
    cpu.writeOnce(next.membarrierState, 0);
    copyState(cpu, kernel.rq(cpu), 0);
  }

  /** membarrier_update_current_mm: tsk->mm of the current task changed without a switch. */
  public void updateCurrentMm(Cpu cpu, @org.jspecify.annotations.Nullable Mm next) {
    copyState(cpu, kernel.rq(cpu), next == null ? 0 : cpu.readOnce(next.membarrierState));
  }

  private static void copyState(Cpu cpu, RunQueue rq, long state) {
    if (cpu.readOnce(rq.membarrierState) != state) {
      cpu.writeOnce(rq.membarrierState, state);
    }
  }
}
