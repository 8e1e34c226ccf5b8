package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierState;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cpu;

/**
 * R11: membarrier_global_expedited before 227a4aadc75b (v5.4) follows {@code rq->curr->mm} of
 * another CPU to its membarrier_state. RCU keeps the task, but nobody keeps the mm: it may be freed
 * between the two loads. Since then each rq has a copy of the state.
 */
public class RemoteMmState extends Membarrier {
  public RemoteMmState(Kernel kernel) {
    super(kernel);
  }

  @Override
  protected boolean isGlobalTarget(Cpu cpu, int id) {
    Mm mm = currMm(cpu, id);
    return mm != null
        && (cpu.readOnce(mm.membarrierState) & MembarrierState.GLOBAL_EXPEDITED.bit()) != 0;
  }
}
