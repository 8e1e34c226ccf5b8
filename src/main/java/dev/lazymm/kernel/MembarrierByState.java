package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/**
 * membarrier(2) as merged, but for one test in membarrier_switch_mm: where the CPU has borrowed the
 * next mm already, it looks at the state all the same. As merged it does not, and a thread goes on
 * with what the rq has: 0 behind exit_mm and kthread_unuse_mm, or the state from before a
 * registration. Version 3 of the patch that became 618758ed3a4f (v5.11) came to the same, as it
 * compared prev->mm, which is NULL then.
 */
public class MembarrierByState extends Membarrier {
  public MembarrierByState(Kernel kernel) {
    super(kernel);
  }

  @Override
  public String name() {
    return "by-state";
  }

  @Override
  public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {
    updateCurrentMm(cpu, next);
  }
}
