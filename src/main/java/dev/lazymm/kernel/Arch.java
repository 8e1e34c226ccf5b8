package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;

/**
 * The seam of the architectures: what an MMU switch is, what mm_cpumask means, how other CPUs' TLBs
 * are flushed, and which pointer the interrupt handlers believe.
 */
public interface Arch {
  /**
   * What {@link #believed} is where no interrupt handler believes anything about the MMU: it holds
   * nothing, ever.
   */
  Hold NOTHING = new Hold("nothing");

  /** {@return the architecture's name on the command line} */
  String name();

  /** What bring-up leaves behind on a CPU that is on init_mm; interrupts are not on yet. */
  default void bringUp(Cpu cpu) {}

  /** __cpu_disable: this CPU is about to be dead; all others are stopped, interrupts are off. */
  default void cpuDisable(Cpu cpu) {}

  /** arch_clear_mm_cpumask_cpu: this CPU, which is about to be dead, leaves mm_cpumask. */
  default void clearMmCpumaskCpu(Cpu cpu, Mm mm) {
    if (cpu.testCpu(mm.cpumask, cpu.id())) {
      cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_CLEAR);
    }
  }

  /** cpu_init: this CPU comes back, its MMU on nothing; interrupts are off. */
  default void cpuInit(Cpu cpu, Mm initMm) {
    cpu.loadRoot(rootOf(initMm), Sites.ROOT);
    if (!believed().equals(NOTHING)) {
      cpu.hold(believed(), initMm);
    }
  }

  /** switch_mm_irqs_off: interrupts are off. */
  void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk);

  /** switch_mm: switch_mm_irqs_off with interrupts saved. */
  default void switchMm(Cpu cpu, Mm prev, Mm next, Task tsk) {
    boolean on = cpu.irqSave(Sites.IRQ_SWITCH_MM);
    switchMmIrqsOff(cpu, prev, next, tsk);
    cpu.irqRestore(on, Sites.IRQ_SWITCH_MM);
  }

  /** enter_lazy_tlb: {@code tsk} starts to run on a borrowed {@code mm}. */
  default void enterLazyTlb(Cpu cpu, Mm mm, Task tsk) {}

  /** activate_mm: exec takes its new mm into use. */
  void activateMm(Cpu cpu, Mm prev, Mm next);

  /** {@return ARCH_WANT_IRQS_OFF_ACTIVATE_MM} */
  boolean wantIrqsOffActivateMm();

  /**
   * __switch_to, on prev's stack, after switch_mm and before {@code next} is current: what it orders
   * in memory. Few architectures promise anything here.
   */
  default void switchTo(Cpu cpu, Task next) {}

  /**
   * finish_arch_post_lock_switch: in finish_task_switch once the rq lock is dropped and interrupts
   * are on, and at the end of kthread_use_mm; the rest of a switch that may have to wait.
   */
  default void finishArchPostLockSwitch(Cpu cpu) {}

  /** leave_mm: deep idle gives the borrowed mm up in the MMU; most architectures do nothing. */
  default void leaveMm(Cpu cpu) {}

  /**
   * flush_tlb_mm_range over all of {@code mm}: when this returns no CPU uses a translation from
   * before the call in user mode.
   *
   * @param freedTables whether page-table pages are about to be freed, so that lazy CPUs count too
   */
  void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables);

  /** flush_tlb_mm_range over {@code range} alone, which may still drop more. */
  default void flushTlbRange(Cpu cpu, Mm mm, KObject range, boolean freedTables) {
    flushTlbMm(cpu, mm, freedTables);
  }

  /**
   * tlb_flush of tlb_finish_mmu with fullmm: the flush of exit_mmap, before the user page tables
   * are freed.
   */
  default void tlbFlushFullmm(Cpu cpu, Mm mm) {
    flushTlbMm(cpu, mm, true);
  }

  /** init_new_context: what the MMU keeps of a new mm; part of mm_init. */
  default void initNewContext(Cpu cpu, Mm mm) {}

  /** destroy_context: the MMU's name for the mm may be given to another one. */
  default void destroyContext(Cpu cpu, Mm mm) {}

  /**
   * {@return whether __mmdrop may run in a softirq} Not on x86, where pgd_dtor takes a lock that is
   * taken with softirqs on elsewhere; mmdrop_async is for that.
   */
  default boolean mayMmdropInSoftirq() {
    return true;
  }

  /** {@return ARCH_HAS_MEMBARRIER_SYNC_CORE} */
  default boolean hasMembarrierSyncCore() {
    return true;
  }

  /**
   * sync_core_before_usermode (ARCH_HAS_SYNC_CORE_BEFORE_USERMODE): the core serializes before it
   * goes to user mode; nothing where the return to user mode does so anyway.
   */
  default void syncCoreBeforeUsermode(Cpu cpu, Site site) {}

  /** prepare_sync_core_cmd (riscv). */
  default void prepareSyncCoreCmd(Cpu cpu, Mm mm) {}

  /**
   * {@return whether every return from the kernel to user mode serializes the core: rfi on powerpc,
   * ERET on arm64, LPSWE on s390}
   */
  default boolean returnToUserSerializes() {
    return true;
  }

  /** {@return whether {@link Cpu#loadRoot} serializes the core} */
  default boolean loadRootSerializes() {
    return false;
  }

  /** {@return what {@link Cpu#loadRoot} is given for {@code mm}} */
  KObject rootOf(Mm mm);

  /**
   * {@return the register that this architecture's interrupt handlers believe about the MMU: the
   * root must agree with it whenever an interrupt can come (I3); {@link #NOTHING} where no handler
   * asks}
   */
  Hold believed();
}
