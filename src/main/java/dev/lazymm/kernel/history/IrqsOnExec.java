package dev.lazymm.kernel.history;

import dev.lazymm.kernel.ExecMmap;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;

/**
 * R02: exec_mmap before d53c3dfb23c4 (v5.9) leaves interrupts on from the read of active_mm until
 * the new mm is activated. An IPI in between finds active_mm ahead of the MMU.
 *
 * <p>A kernel thread that execs can also be switched away from in between, as far as task_lock lets
 * it (PREEMPT_RT's is a lock that sleeps). If it comes back from another process, what it has read
 * is no longer what it borrows: the old mm is dropped twice and the new borrow never.
 */
public class IrqsOnExec extends ExecMmap {
  private final Kernel kernel;

  public IrqsOnExec(Kernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  public void execMmap(Cpu cpu, Mm mm) {
    cpu.step("exec_mmap");
    Task tsk = kernel.current(cpu);
    Mm oldMm = cpu.read(tsk.mm);
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK);
    Mm activeMm = kernel.activeMm(cpu, tsk);
    kernel.membarrier().execMmap(cpu, mm);
    cpu.preemptPoint(PREEMPT);
    cpu.step("exec_mmap");
    cpu.write(tsk.mm, mm);
    cpu.write(tsk.activeMm, mm);
    cpu.hold(Kernel.ACTIVE_MM, mm);
    kernel.arch().activateMm(cpu, activeMm, mm);
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    if (oldMm != null) {
      cpu.warnOn(activeMm != oldMm, "exec_mmap: active_mm != old_mm");
      kernel.lifetime().mmput(cpu, oldMm);
    } else {
      kernel.lazyMm().mmdropLazyTlb(cpu, activeMm, Sites.DROP_EXEC);
    }
    cpu.step("exec_mmap");
    cpu.enterUser(kernel.arch().rootOf(mm));
  }
}
