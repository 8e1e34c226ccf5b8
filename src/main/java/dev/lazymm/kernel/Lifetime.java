package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;
import java.util.Set;

/**
 * The two counters of an mm (kernel/fork.c and include/linux/sched/mm.h, v6.4 to v7.0).
 *
 * <p>{@code mm_users} counts real users; when it becomes 0 the user part is torn down. {@code
 * mm_count} counts one for all users together, plus pins, plus whatever the design counts for lazy
 * borrowers; when it becomes 0 the struct is freed.
 */
public class Lifetime {
  /** Why the last look of __mmdrop may race with a handler. */
  private static final String BORROW_CHECK =
      "kernel/fork.c, __mmdrop(): WARN_ON_ONCE(mm == current->active_mm), with interrupts on. "
          + "do_shoot_lazy_tlb() may interrupt it for another mm, and stores init_mm over that one: "
          + "neither is the mm that is looked for.";

  private static final String IRQS_OFF = "__mmdrop: irqs off";
  private static final String RQ_LOCKED = "__mmdrop: rq->lock is held";
  private static final String SOFTIRQ = "__mmdrop: in a softirq";

  /** What WARN_ON says where __mmdrop must not run: the context law (I12). */
  public static final Set<String> CONTEXT_LAW = Set.of(IRQS_OFF, RQ_LOCKED, SOFTIRQ);

  private final Kernel kernel;

  public Lifetime(Kernel kernel) {
    this.kernel = kernel;
  }

  /** mm_init: a new mm with one user. */
  public void mmInit(Cpu cpu, Mm mm) {
    cpu.step("mm_init");
    cpu.writeOnce(mm.mmUsers, 1);
    cpu.writeOnce(mm.mmCount, 1);
    cpu.writeOnce(mm.membarrierState, 0);
    cpu.writeOnce(mm.rangeMapped, 1);
    for (int i = 0; i < mm.cpumask.words(); i++) {
      cpu.writeOnce(mm.cpumask.word(i), 0);
    }
    kernel.arch().initNewContext(cpu, mm);
  }

  /** mmgrab: pins the struct. */
  public void mmgrab(Cpu cpu, Mm mm) {
    cpu.step("mmgrab");
    cpu.atomicInc(mm.mmCount, Sites.GRAB);
  }

  /** mmdrop: gives a reference back; the last one frees the mm. A full barrier. */
  public void mmdrop(Cpu cpu, Mm mm) {
    mmdrop(cpu, mm, Sites.DROP);
  }

  /** mmdrop at a named place. */
  public void mmdrop(Cpu cpu, Mm mm, Site site) {
    cpu.step("mmdrop");
    if (cpu.decAndTest(mm.mmCount, site)) {
      mmdropFinal(cpu, mm);
    }
  }

  /** __mmdrop: frees the mm. */
  public void mmdropFinal(Cpu cpu, Mm mm) {
    cpu.step("__mmdrop");
    Task current = kernel.current(cpu);
    cpu.warnOn(cpu.irqsDisabled(), IRQS_OFF);
    cpu.warnOn(cpu.isHeld(kernel.rq(cpu).lock), RQ_LOCKED);
    boolean may = kernel.arch().mayMmdropInSoftirq() || kernel.lazyMm().preemptRt();
    cpu.warnOn(cpu.inSoftirq() && !may, SOFTIRQ);
    if (mm == kernel.initMm()) {
      cpu.warnOn(true, "__mmdrop: init_mm"); // BUG_ON
      return;
    }
    cpu.warnOn(cpu.read(current.mm) == mm, "__mmdrop: current->mm");
    kernel.lazyMm().cleanupLazyTlbs(cpu, mm);
    cpu.step("__mmdrop");
    cpu.warnOn(cpu.dataRace(current.activeMm, BORROW_CHECK) == mm, "__mmdrop: current->active_mm");
    mmFreePgd(cpu, mm);
    kernel.arch().destroyContext(cpu, mm);
    cpu.free(mm); // free_mm
  }

  /** mm_free_pgd. */
  protected void mmFreePgd(Cpu cpu, Mm mm) {
    cpu.free(mm.pgd);
  }

  /** mmget: one more user. The caller is one already. */
  public void mmget(Cpu cpu, Mm mm) {
    cpu.step("mmget");
    cpu.atomicInc(mm.mmUsers, Sites.GET);
  }

  /** mmget_not_zero: one more user unless the last one is gone. */
  public boolean mmgetNotZero(Cpu cpu, Mm mm) {
    cpu.step("mmget_not_zero");
    return cpu.incNotZero(mm.mmUsers, Sites.GET_NOT_ZERO);
  }

  /** mmput: one user less; the last one tears the user part down. */
  public void mmput(Cpu cpu, Mm mm) {
    cpu.step("mmput");
    if (cpu.decAndTest(mm.mmUsers, Sites.PUT)) {
      mmputFinal(cpu, mm);
    }
  }

  /** __mmput: uprobes, aio, ksm and their like stand for nothing here. */
  public void mmputFinal(Cpu cpu, Mm mm) {
    exitMmap(cpu, mm);
    kernel.lazyMm().unlazyMm(cpu, mm);
    mmdrop(cpu, mm);
  }

  /** exit_mmap (mm/mmap.c): unmap everything, flush, free the user page tables. */
  protected void exitMmap(Cpu cpu, Mm mm) {
    cpu.step("exit_mmap");
    boolean range = cpu.readOnce(mm.rangeMapped) != 0;
    if (range) {
      cpu.writeOnce(mm.rangeMapped, 0);
      cpu.unlink(mm.rangeTables);
    }
    cpu.unlink(mm.userTables);
    cpu.preemptPoint("exit_mmap"); // cond_resched
    kernel.arch().tlbFlushFullmm(cpu, mm); // tlb_finish_mmu
    cpu.step("exit_mmap");
    if (range) {
      cpu.free(mm.rangeTables);
    }
    cpu.free(mm.userTables);
  }

  /** munmap (mm/mmap.c): removes one range, with its page-table page. */
  public void munmap(Cpu cpu, Mm mm) {
    cpu.step("munmap");
    if (cpu.readOnce(mm.rangeMapped) == 0) {
      return;
    }
    cpu.writeOnce(mm.rangeMapped, 0);
    cpu.pteChanged(mm.rangeTables);
    cpu.unlink(mm.rangeTables);
    kernel.arch().flushTlbRange(cpu, mm, mm.rangeTables, true);
    cpu.step("munmap");
    cpu.flushed(mm.rangeTables);
    cpu.free(mm.rangeTables);
  }

  /**
   * mprotect (mm/mprotect.c): changes leaf entries only, so lazy CPUs need no IPI; not of the range
   * that munmap removes.
   */
  public void mprotect(Cpu cpu, Mm mm) {
    cpu.step("mprotect");
    cpu.pteChanged(mm.userTables);
    kernel.arch().flushTlbRange(cpu, mm, mm.userTables, false);
    cpu.step("mprotect");
    cpu.flushed(mm.userTables);
  }
}
