package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * membarrier(2) of Lutomirski's series of January 2022 (patches 2, 4, 5, 6 and 9 of 23), which was
 * not merged: whoever makes an mm the current one pays a barrier if, and only if, the mm is
 * registered ({@code membarrier_finish_switch_mm}), and nothing counts on mmdrop any more.
 * kthread_use_mm gets a barrier before tsk->mm changes, and x86 serializes the core itself when it
 * un-lazies.
 */
public class ConditionalMembarrier extends Membarrier {
  public ConditionalMembarrier(Kernel kernel) {
    super(kernel);
  }

  @Override
  public String name() {
    return "conditional";
  }

  /** membarrier_finish_switch_mm (patch 4): in context_switch, exec_mmap and kthread_use_mm. */
  @Override
  public void finishSwitchMm(Cpu cpu, Mm next) {
    if (isExpedited(cpu, next)) {
      cpu.smpMb(Sites.B2_FINISH);
    }
  }

  /** Patch 6: patch 4 has it. */
  @Override
  public void archSwitchMm(Cpu cpu, Mm next) {}

  /** Patch 5: WRITE_ONCE, as other CPUs read it without a lock. */
  @Override
  public void storeMm(Cpu cpu, Task tsk, @Nullable Mm mm) {
    cpu.writeOnce(tsk.mm, mm);
  }

  /** Patch 9. */
  @Override
  public void beforeMmChange(Cpu cpu) {
    cpu.smpMb(Sites.B7_BEFORE);
  }

  /** Patch 2: sync_core_if_membarrier_enabled. */
  @Override
  public void unlazied(Cpu cpu, Mm mm) {
    syncCore(cpu, mm, Sites.SYNC_CORE_UNLAZY);
  }

  /** Patch 2: the scheduler leaves it to the architecture. */
  @Override
  public void mmSyncCoreBeforeUsermode(Cpu cpu, Mm mm) {}

  @Override
  public boolean needsDropBarrier() {
    return false;
  }
}
