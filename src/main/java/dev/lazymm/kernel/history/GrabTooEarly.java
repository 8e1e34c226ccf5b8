package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.DesnoyersHp;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R28: version 2 of Desnoyers's RFC writes the slot in mmgrab_lazy_tlb, where a reference would be
 * counted. exit_mm calls that with preemption on. Who preempts it there borrows the same mm through
 * the same slot, and the end of that borrow clears it: the dying task borrows what no slot shows.
 */
public class GrabTooEarly extends DesnoyersHp {
  public GrabTooEarly(Kernel kernel) {
    super(kernel);
  }

  @Override
  public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    arch.enterLazyTlb(cpu, mm, tsk);
    return mm;
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    cpu.step("mmgrab_lazy_tlb");
    publish(cpu, mm);
  }
}
