package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * The seam of the membarrier designs: the system call, and what the scheduler, exec and kernel
 * threads do for it. The barriers that the call counts on and that are not its own stand in {@link
 * Scheduler}, {@link ExitMm}, {@link KthreadUseMm} and in the architectures.
 */
public interface MembarrierDesign {
  /** {@return the design's name on the command line} */
  String name();

  /**
   * The system call membarrier(2), by the current task, which has an mm.
   *
   * @param command one of {@link MembarrierCommand}'s numbers, or any other
   * @param flags 0, or {@link MembarrierCommand#FLAG_CPU}
   * @param cpuId which CPU, with FLAG_CPU
   * @return a mask for the queries, else 0; or {@link Membarrier#EINVAL}, {@link Membarrier#EPERM}
   */
  long sysMembarrier(Cpu cpu, long command, long flags, int cpuId);

  /** membarrier_switch_mm: keeps the rq's copy of the active mm's state. */
  void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next);

  /** membarrier_arch_switch_mm: the barrier of architectures whose switch_mm has none. */
  void archSwitchMm(Cpu cpu, Mm next);

  /** Right after switch_mm has made {@code next} the current task's mm. */
  default void finishSwitchMm(Cpu cpu, Mm next) {}

  /** tsk->mm = mm, of the current task: a plain store. */
  default void storeMm(Cpu cpu, Task tsk, @Nullable Mm mm) {
    cpu.write(tsk.mm, mm);
  }

  /** Before kthread_use_mm stores tsk->mm; task_lock is held. */
  default void beforeMmChange(Cpu cpu) {}

  /** switch_mm goes on with an mm that was borrowed, without an MMU switch (x86). */
  default void unlazied(Cpu cpu, Mm mm) {}

  /** membarrier_mm_sync_core_before_usermode: in finish_task_switch, after a borrow of the mm. */
  void mmSyncCoreBeforeUsermode(Cpu cpu, Mm mm);

  /** membarrier_exec_mmap: exec clears all registrations. */
  void execMmap(Cpu cpu, Mm next);

  /** membarrier_update_current_mm: tsk->mm of the current task changed without a switch. */
  void updateCurrentMm(Cpu cpu, @Nullable Mm next);

  /**
   * {@return whether the end of a lazy borrow must be a full barrier, though a design that counts
   * no borrows does nothing else there (B2a, B7)}
   */
  default boolean needsDropBarrier() {
    return true;
  }
}
