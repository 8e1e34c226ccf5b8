package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** exec_mmap (fs/exec.c, v6.4 to v7.0): the current task takes a new mm. */
public class ExecMmap {
  /** Where R02 was preempted: between the store of active_mm and activate_mm. */
  public static final String PREEMPT = "exec_mmap";

  private final Kernel kernel;

  public ExecMmap(Kernel kernel) {
    this.kernel = kernel;
  }

  /** exec_mmap; {@code mm} is new, with the one user that becomes the current task. */
  public void execMmap(Cpu cpu, Mm mm) {
    cpu.step("exec_mmap");
    Mm oldMm = cpu.read(kernel.current(cpu).mm);
    Optional<ChangeCurrentMm> onePath = kernel.lazyMm().changeCurrentMm();
    if (onePath.isPresent()) {
      onePath.get().changeCurrentMm(cpu, mm, true);
      if (oldMm != null) {
        kernel.lifetime().mmput(cpu, oldMm);
      }
    } else {
      changeMm(cpu, oldMm, mm);
    }
    cpu.step("exec_mmap");
    cpu.enterUser(kernel.arch().rootOf(mm));
  }

  /** As merged: in exec_mmap itself. */
  private void changeMm(Cpu cpu, @Nullable Mm oldMm, Mm mm) {
    Task tsk = kernel.current(cpu);
    cpu.lock(tsk.allocLock, Sites.TASK_LOCK); // preemption is off from here
    kernel.membarrier().execMmap(cpu, mm);
    cpu.irqDisable(Sites.IRQ_EXEC);
    Mm activeMm = kernel.activeMm(cpu, tsk);
    cpu.write(tsk.activeMm, mm);
    kernel.membarrier().storeMm(cpu, tsk, mm);
    cpu.hold(Kernel.ACTIVE_MM, mm);
    if (!kernel.arch().wantIrqsOffActivateMm()) {
      cpu.irqEnable(Sites.IRQ_EXEC);
    }
    kernel.arch().activateMm(cpu, activeMm, mm);
    kernel.membarrier().finishSwitchMm(cpu, mm);
    if (oldMm == null) {
      kernel.lazyMm().endLazyTlb(cpu, activeMm);
    }
    if (kernel.arch().wantIrqsOffActivateMm()) {
      cpu.irqEnable(Sites.IRQ_EXEC);
    }
    cpu.unlock(tsk.allocLock, Sites.TASK_LOCK);
    if (oldMm != null) {
      cpu.warnOn(activeMm != oldMm, "exec_mmap: active_mm != old_mm");
      kernel.lifetime().mmput(cpu, oldMm);
    } else {
      kernel.mmdropLazyTlb(cpu, activeMm, Sites.DROP_EXEC);
    }
  }
}
