package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import org.jspecify.annotations.Nullable;

/** The scheduler's side of membarrier(2) (kernel/sched/sched.h, kernel/sched/membarrier.c). */
public class Membarrier {
  /** PRIVATE_EXPEDITED and GLOBAL_EXPEDITED in membarrier_state. */
  private static final long EXPEDITED = 1 << 1 | 1 << 3;

  private final Kernel kernel;

  public Membarrier(Kernel kernel) {
    this.kernel = kernel;
  }

  /** membarrier_switch_mm: keeps the rq's copy of the active mm's state. */
  public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {
    if (prev == next) {
      return;
    }
    long state = cpu.readOnce(next.membarrierState);
    if (cpu.readOnce(rq.membarrierState) != state) {
      cpu.writeOnce(rq.membarrierState, state);
    }
  }

  /** membarrier_exec_mmap: exec clears all registrations. */
  public void execMmap(Cpu cpu, Mm next) {
    cpu.smpMb(Sites.B6);
    cpu.writeOnce(next.membarrierState, 0);
    cpu.writeOnce(kernel.rq(cpu).membarrierState, 0);
  }

  /** membarrier_update_current_mm: tsk->mm of the current task changed without a switch. */
  public void updateCurrentMm(Cpu cpu, @Nullable Mm next) {
    long state = next == null ? 0 : cpu.readOnce(next.membarrierState);
    cpu.writeOnce(kernel.rq(cpu).membarrierState, state);
  }

  /** membarrier_arch_switch_mm (powerpc, riscv): B2, if the next mm is registered. */
  public void archSwitchMm(Cpu cpu, Mm next) {
    if ((cpu.readOnce(next.membarrierState) & EXPEDITED) != 0) {
      cpu.smpMb(Sites.B2);
    }
  }
}
