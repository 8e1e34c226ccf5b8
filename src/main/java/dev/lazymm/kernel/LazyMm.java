package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The seam of the lifetime designs: what happens when a kernel context borrows an mm, when it gives
 * it back, and when the last counted reference is gone (include/linux/sched/mm.h and __mmdrop in
 * kernel/fork.c). A design sees the kernel's objects and the CPU, nothing else, and keeps no state
 * outside cells.
 */
public interface LazyMm {
  /** {@return the design's name on the command line} */
  String name();

  /** {@return whether lazy borrows are part of mm_count (MMU_LAZY_TLB_REFCOUNT)} */
  boolean refcounts();

  /** {@return whether mm_cpumask must hold every borrower at the final mmdrop (SHOOTDOWN)} */
  default boolean needsMask() {
    return false;
  }

  /**
   * {@return how many references of mm_count the design itself keeps on {@code mm} while no CPU is
   * in the middle of anything} They come on top of one for all users, the pins, one each
   * kthread_use_mm and, if it {@link #refcounts}, one each lazy CPU: the rest of the count law
   * (I4), which also says whether an mm leaks (I5).
   *
   * @param value the value of a cell; a pointer's is that of {@link dev.lazymm.machine.Ref#cell},
   *     the handle of what it points at or 0
   */
  default long references(Mm mm, ToLongFunction<Cell> value) {
    return 0;
  }

  /**
   * {@return the design's own way to change tsk->mm in exec_mmap, kthread_use_mm and
   * kthread_unuse_mm; empty if it is that of v6.4, where each does so itself} A kernel thread holds
   * no mm_count of the mm that it uses, where there is one.
   */
  default Optional<ChangeCurrentMm> changeCurrentMm() {
    return Optional.empty();
  }

  /** {@return PREEMPT_RT: softirqs, and with them RCU callbacks, run in threads} */
  default boolean preemptRt() {
    return false;
  }

  /**
   * enter_lazy_tlb: {@code tsk} goes on without an mm of its own where {@code mm} is active;
   * interrupts are off. In context_switch it comes next, in exit_mm and kthread_unuse_mm it is the
   * current task.
   *
   * @return the mm that it runs on: this one, which it borrows, unless the design has no lazy mode
   */
  default Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    arch.enterLazyTlb(cpu, mm, tsk);
    return mm;
  }

  /**
   * The end of the borrow in context_switch, kernel to user, after switch_mm; the rq lock is held.
   * It is dropped in finish_task_switch ({@link #mmdropLazyTlbSched}).
   */
  default void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
    cpu.write(rq.prevMm, mm);
    cpu.write(prev.activeMm, null);
  }

  /**
   * The end of the borrow everywhere else (kthread_use_mm, exec by a kernel thread, a flush that
   * un-lazies this CPU, a CPU that leaves): active_mm and the MMU have moved from {@code mm} to another one, and
   * nothing of this CPU touches it any more on that account. Where they move with interrupts off,
   * they are off still. {@link #mmdropLazyTlb} follows, perhaps after a preemption.
   */
  default void endLazyTlb(Cpu cpu, Mm mm) {}

  /** mmgrab_lazy_tlb: a kernel context starts to borrow {@code mm}. */
  void mmgrabLazyTlb(Cpu cpu, Mm mm);

  /**
   * mmdrop_lazy_tlb: a borrow ends outside the scheduler; a full barrier in every design.
   *
   * @param site where: B7 or exec's
   */
  void mmdropLazyTlb(Cpu cpu, Mm mm, Site site);

  /**
   * {@return whether the two drops are a full barrier and nothing else, so that a membarrier design
   * which does not count on it can do without}
   */
  default boolean dropIsBarrierAlone() {
    return false;
  }

  /** mmdrop_lazy_tlb_sched: a borrow ends in finish_task_switch; a full barrier (B2a). */
  void mmdropLazyTlbSched(Cpu cpu, Mm mm);

  /**
   * The end of finish_task_switch, after every switch; interrupts are on and the rq lock is free
   * (mmdrop_lazy of Lutomirski's series).
   */
  default void finishTaskSwitch(Cpu cpu) {}

  /**
   * Called by __mmput when mm_users is 0, after exit_mmap; one mm_count is still held
   * (mm_unlazy_mm_count of Lutomirski's series). A design that ends all borrows with the last user
   * does it here.
   */
  default void unlazyMm(Cpu cpu, Mm mm) {}

  /** cleanup_lazy_tlbs: called by __mmdrop when mm_count is 0, before anything is freed. */
  default void cleanupLazyTlbs(Cpu cpu, Mm mm) {}
}
