package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;

/**
 * Linus's rule (8 and 9 January 2022, in answer to the hazard pointers): a lazy reference requires
 * mm_users > 0. The last mmput sees to it that nobody borrows the mm any more; from there mm_count
 * has to do with pins alone. Never written by him as code ("code talks"); here every online CPU is
 * interrupted by __mmput, behind the flush of exit_mmap.
 *
 * <p>exit_mm breaks the rule's letter: it borrows the mm whose last user it is about to put. So
 * does kthread_unuse_mm, whose caller puts the user of the thread next. With {@code exitMoves} both
 * go to init_mm at once instead. A kernel context that borrows an mm and puts a user of the same mm
 * (mmget_not_zero, mmput) breaks it as well, and nothing but the IPI to its own CPU helps there.
 */
public class LinusRule extends NoRefcount {
  /** What WARN_ON_ONCE says when the task that exits borrows the mm whose last user it puts. */
  public static final String BORROWS_WHAT_IT_PUTS = "__mmput: current borrows the mm";

  private static final String RACE =
      "compares only, as __mmdrop does. A handler may store init_mm over another mm meanwhile; "
          + "neither is the mm that is looked for.";

  private final Kernel kernel;
  private final boolean exitMoves;
  private final Ipi unlazy = new Ipi("unlazy_mm", this::unlazy);

  /**
   * @param exitMoves whether exit_mm and kthread_unuse_mm go to init_mm, and borrow nothing
   */
  @SuppressWarnings("this-escape") // the handler runs only once we are done
  public LinusRule(Kernel kernel, boolean exitMoves) {
    this.kernel = kernel;
    this.exitMoves = exitMoves;
  }

  @Override
  public String name() {
    return exitMoves ? "linus-rule" : "linus-rule-exit";
  }

  @Override
  public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    if (kernel.current(cpu) != tsk || !exitMoves) {
      return super.enterLazyTlb(cpu, arch, mm, tsk);
    }
    Mm initMm = kernel.initMm();
    cpu.write(tsk.activeMm, initMm);
    cpu.hold(Kernel.ACTIVE_MM, initMm);
    arch.switchMmIrqsOff(cpu, mm, initMm, tsk);
    return initMm;
  }

  @Override
  public void unlazyMm(Cpu cpu, Mm mm) {
    cpu.step("unlazy_mm");
    Task current = kernel.current(cpu);
    boolean exits = (cpu.readOnce(current.flags) & Task.PF_KTHREAD) == 0;
    boolean borrows = cpu.read(current.mm) == null && cpu.dataRace(current.activeMm, RACE) == mm;
    cpu.warnOn(exits && borrows, BORROWS_WHAT_IT_PUTS);
    kernel.smp().onEachCpuMask(cpu, whom(cpu, mm), unlazy, mm, true, Sites.UNLAZY_IPI);
  }

  /** {@return the CPUs that are interrupted: all of them, this one too} */
  protected long[] whom(Cpu cpu, Mm mm) {
    long[] cpus = new long[mm.cpumask.words()];
    for (int i = 0; i < cpu.cpus(); i++) {
      cpus[i >>> 6] |= CpuMask.bit(i);
    }
    return cpus;
  }

  /** The handler: who borrows the mm moves to init_mm. */
  protected void unlazy(Cpu cpu, KObject info) {
    cpu.step("unlazy_mm");
    Mm mm = (Mm) info;
    Task current = kernel.current(cpu);
    if (cpu.read(current.activeMm) == mm) {
      cpu.warnOn(cpu.read(current.mm) != null, "unlazy_mm: current->mm");
      kernel.shotLazyTlb(cpu);
      cpu.write(current.activeMm, kernel.initMm());
      kernel.arch().switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
    }
  }
}
