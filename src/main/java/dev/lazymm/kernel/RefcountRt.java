package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;

/**
 * {@link Refcount} on PREEMPT_RT (include/linux/sched/mm.h, mmdrop_sched, and kernel/fork.c,
 * __mmdrop_delayed): finish_task_switch runs with preemption off, and __mmdrop takes locks that
 * sleep there. So a drop in the scheduler that turns out to be the last one does not free; it hands
 * the mm to call_rcu ({@code mm->delayed_drop}), whose callbacks run in a thread.
 *
 * <p>The rcu_head can be queued once only: it is queued by whoever takes mm_count to 0, and nobody
 * raises it from there. What it costs is time: mms that wait for the end of a grace period are kept
 * whole.
 */
public class RefcountRt extends Refcount {
  private final Lifetime lifetime;
  private final Ipi mmdropDelayed = new Ipi("__mmdrop_delayed", this::mmdropDelayed);

  @SuppressWarnings("this-escape") // the callback runs only once we are done
  public RefcountRt(Kernel kernel) {
    super(kernel);
    lifetime = kernel.lifetime();
  }

  @Override
  public String name() {
    return "refcount-rt";
  }

  @Override
  public boolean preemptRt() {
    return true;
  }

  /** mmdrop_sched. */
  @Override
  public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    cpu.step("mmdrop_sched");
    if (cpu.decAndTest(mm.mmCount, Sites.B2A_DROP)) {
      cpu.callRcu(mmdropDelayed, mm, Sites.DELAYED_DROP);
    }
  }

  /** __mmdrop_delayed: the callback. */
  protected void mmdropDelayed(Cpu cpu, KObject info) {
    cpu.step("__mmdrop_delayed");
    lifetime.mmdropFinal(cpu, (Mm) info);
  }
}
