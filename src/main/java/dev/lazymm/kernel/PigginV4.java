package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/**
 * The shoot-lazies series, version 4 (June 2021): the shootdown as it was merged two years later,
 * but for the end of a borrow in context_switch. {@code rq->prev_mm} and the clearing of {@code
 * prev->active_mm} are inside the ifdef of REFCOUNT=y; its else branch is an smp_mb(). So a kernel
 * context that sleeps keeps a pointer that nobody answers for (I1+), though none that runs does.
 *
 * <p>This has the kthread_use_mm of v5; that of v4 (R08) is in {@code dev.lazymm.kernel.history}.
 */
public class PigginV4 extends Shootdown {
  public PigginV4(Kernel kernel) {
    super(kernel, false);
  }

  @Override
  public String name() {
    return "piggin-v4";
  }

  @Override
  public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
    cpu.smpMb(Sites.B2A_DROP);
  }
}
