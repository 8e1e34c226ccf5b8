package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.PowerpcRadix;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;

/**
 * R05: exit_flush_lazy_tlbs before a665eec0a22e ended with mm_reset_thread_local, which leaves this
 * CPU alone in the mask: whoever has one user that is the current task runs nowhere else. But a
 * kernel thread may have come by mmget_not_zero and kthread_use_mm since mm_users was read.
 */
public class ResetMask extends PowerpcRadix {
  public ResetMask(Kernel kernel) {
    super(kernel);
  }

  @Override
  protected void exitFlushLazyTlbs(Cpu cpu, Mm mm) {
    super.exitFlushLazyTlbs(cpu, mm);
    cpu.step("mm_reset_thread_local");
    cpu.writeOnce(mm.context.activeCpus, 1);
    for (int i = 0; i < mm.cpumask.words(); i++) {
      long own = cpu.id() >>> 6 == i ? CpuMask.bit(cpu.id()) : 0;
      cpu.writeOnce(mm.cpumask.word(i), own);
    }
  }
}
