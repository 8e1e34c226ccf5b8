package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;

/** struct rq (kernel/sched/sched.h): one CPU's run queue, as far as address spaces go. */
public final class RunQueue extends KObject {
  /** The task that runs here, as other CPUs see it; changes before the switch. */
  public final Ref<Task> curr;

  /** The task that runs here, as this CPU sees it (current_task); changes in switch_to. */
  public final Ref<Task> currentTask;

  /** The mm whose lazy reference finish_task_switch drops. */
  public final Ref<Mm> prevMm;

  /** A copy of the active mm's membarrier_state. */
  public final Cell membarrierState;

  /** rq->lock. */
  public final Lock lock;

  /** The idle task of this CPU. */
  public final Task idle;

  RunQueue(Memory memory, int cpu) {
    super(memory, "rq" + cpu);
    curr = memory.ref(this, "curr", Task.class);
    currentTask = memory.ref(this, "current_task", Task.class);
    prevMm = memory.ref(this, "prev_mm", Mm.class);
    membarrierState = memory.cell(this, "membarrier_state", 0);
    lock = memory.lock(this, "__lock");
    idle = new Task(memory, "swapper/" + cpu);
  }

  @Override
  public String type() {
    return "rq";
  }
}
