package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * The radix MMU of {@link Powerpc} (arch/powerpc/mm/book3s64/radix_tlb.c, v6.7 to v7.0, no
 * coprocessors): PIDR names the mm whose tables the MMU walks. A flush is tlbiel on this CPU if no
 * other is in mm_cpumask, and a broadcast tlbie otherwise; now and then it takes the CPUs out of
 * the mask that do not run the mm, by IPI, and those among them that borrow it go to init_mm.
 *
 * <p>What teardown writes into the process table is not modelled: a walk under the PID of an mm
 * that is being freed counts here as a walk of its tables, which is what it is again once the PID
 * has another owner.
 */
public class PowerpcRadix extends Powerpc {
  /** tlb_mm_cpumask_trim_timer: so many flushes of others' mms on a CPU, then one that trims. */
  public static final int TRIM_TIMER = 1073;

  /** FLUSH_TYPE_*: what flush_type_needed finds. */
  protected enum FlushType {
    NONE,
    LOCAL,
    GLOBAL
  }

  private final Kernel kernel;
  private final int trimTimer;
  private final TrimClock[] clocks;
  private final Ipi doExitFlushLazyTlb =
      new Ipi("do_exit_flush_lazy_tlb", this::doExitFlushLazyTlb);

  public PowerpcRadix(Kernel kernel) {
    this(kernel, TRIM_TIMER);
  }

  /**
   * @param trimTimer how many flushes there are on a CPU until one trims; at least 1
   */
  @SuppressWarnings("this-escape") // the handler runs only once we are done
  public PowerpcRadix(Kernel kernel, int trimTimer) {
    super(kernel);
    this.kernel = kernel;
    this.trimTimer = trimTimer;
    clocks = new TrimClock[kernel.memory().cpus()];
    for (int i = 0; i < clocks.length; i++) {
      clocks[i] = new TrimClock(kernel.memory(), i);
    }
  }

  @Override
  public String name() {
    return "powerpc-radix";
  }

  @Override
  public void initNewContext(Cpu cpu, Mm mm) {
    cpu.writeOnce(mm.context.activeCpus, 0);
  }

  @Override
  protected void incMmActiveCpus(Cpu cpu, Mm mm) {
    cpu.atomicInc(mm.context.activeCpus, Sites.ACTIVE_CPUS_INC);
  }

  @Override
  public void clearMmCpumaskCpu(Cpu cpu, Mm mm) {
    if (cpu.testCpu(mm.cpumask, cpu.id())) {
      cpu.fetchAdd(mm.context.activeCpus, -1, Ordering.RELAXED, Sites.ACTIVE_CPUS_DEC);
      cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_TRIM);
    }
  }

  @Override
  protected void switchMmuContext(Cpu cpu, Mm next) {
    cpu.loadRoot(next.pgd, Sites.ROOT); // mtspr(SPRN_PID)
  }

  /** radix__flush_tlb_mm and its like for ranges: RIC is of no account here. */
  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("radix__flush_tlb_mm");
    cpu.smpMb(Sites.B4);
    flush(cpu, flushTypeNeeded(cpu, mm, false));
  }

  /**
   * radix__tlb_flush with fullmm. Since v6.6 (e43c0a0c3c28), with SHOOTDOWN, every CPU in the mask
   * is interrupted here, as it would be soon at the final mmdrop.
   */
  @Override
  public void tlbFlushFullmm(Cpu cpu, Mm mm) {
    cpu.step("radix__tlb_flush");
    if (kernel.lazyMm().needsMask()) {
      cpu.smpMb(Sites.B4);
      exitFlushLazyTlbs(cpu, mm);
    }
    cpu.step("__flush_all_mm");
    cpu.smpMb(Sites.B4_FULLMM);
    flush(cpu, flushTypeNeeded(cpu, mm, true));
  }

  private static void flush(Cpu cpu, FlushType type) {
    switch (type) {
      case NONE -> {}
      case LOCAL -> cpu.flushTlbLocal(Sites.FLUSH_LOCAL); // tlbiel
      case GLOBAL -> cpu.flushTlbBroadcast(Sites.FLUSH_TLBIE);
    }
  }

  /** flush_type_needed: who has to flush; also where the mask is trimmed. */
  protected FlushType flushTypeNeeded(Cpu cpu, Mm mm, boolean fullmm) {
    cpu.step("flush_type_needed");
    long activeCpus = cpu.readOnce(mm.context.activeCpus);
    if (activeCpus == 0) {
      return FlushType.NONE;
    }
    boolean runs = cpu.read(kernel.current(cpu).mm) == mm;
    if (activeCpus == 1 && cpu.testCpu(mm.cpumask, cpu.id())) {
      if (!runs && tickAndTestTrimClock(cpu)) {
        exitLazyFlushTlb(cpu, mm, true);
        return FlushType.NONE;
      }
      return FlushType.LOCAL;
    }
    if (fullmm) {
      return FlushType.GLOBAL;
    }
    if (runs && cpu.readOnce(mm.mmUsers) <= 1) {
      exitFlushLazyTlbs(cpu, mm);
      return FlushType.LOCAL;
    }
    if (tickAndTestTrimClock(cpu)) {
      exitFlushLazyTlbs(cpu, mm);
      if (runs) {
        return FlushType.LOCAL;
      }
      if (cpu.testCpu(mm.cpumask, cpu.id())) {
        exitLazyFlushTlb(cpu, mm, true);
      }
      return FlushType.NONE;
    }
    return FlushType.GLOBAL;
  }

  /** tick_and_test_trim_clock: {@return whether this flush is the one that trims} */
  protected boolean tickAndTestTrimClock(Cpu cpu) {
    Cell clock = clocks[cpu.id()].ticks;
    long now = cpu.read(clock) + 1;
    cpu.write(clock, now == trimTimer ? 0 : now);
    return now == trimTimer;
  }

  /** exit_flush_lazy_tlbs: smp_call_function_many over the mask, which leaves this CPU out. */
  protected void exitFlushLazyTlbs(Cpu cpu, Mm mm) {
    cpu.step("exit_flush_lazy_tlbs");
    long[] mask = new long[mm.cpumask.words()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cpu.readOnce(mm.cpumask.word(i));
    }
    mask[cpu.id() >>> 6] &= ~CpuMask.bit(cpu.id());
    kernel.smp().onEachCpuMask(cpu, mask, doExitFlushLazyTlb, mm, true, Sites.EXIT_FLUSH_IPI);
  }

  /** do_exit_flush_lazy_tlb: the handler, interrupts off. */
  protected void doExitFlushLazyTlb(Cpu cpu, KObject info) {
    cpu.step("do_exit_flush_lazy_tlb");
    exitLazyFlushTlb(cpu, (Mm) info, true);
  }

  /**
   * exit_lazy_flush_tlb: this CPU leaves the mask unless it runs the mm, and goes to init_mm if it
   * borrows the mm. Not always called by IPI.
   *
   * @param alwaysFlush whether to flush also if there is nothing to leave
   */
  protected void exitLazyFlushTlb(Cpu cpu, Mm mm, boolean alwaysFlush) {
    cpu.step("exit_lazy_flush_tlb");
    Task current = kernel.current(cpu);
    boolean flush = alwaysFlush;
    Mm owned = cpu.read(current.mm);
    if (owned != mm) { // else kthread_use_mm came between the sender's look at mm_users and us
      if (cpu.read(current.activeMm) == mm) {
        cpu.warnOn(owned != null, "exit_lazy_flush_tlb: current->mm");
        boolean on = cpu.irqSave(Sites.IRQ_EXIT_FLUSH);
        switchToInitMm(cpu, mm, current);
        cpu.irqRestore(on, Sites.IRQ_EXIT_FLUSH);
      }
      cpu.step("exit_lazy_flush_tlb");
      if (cpu.testCpu(mm.cpumask, cpu.id())) {
        cpu.fetchAdd(mm.context.activeCpus, -1, Ordering.RELAXED, Sites.ACTIVE_CPUS_DEC);
        cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_TRIM);
        flush = true;
      }
    }
    if (flush) {
      cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
    }
  }

  /** The end of this CPU's borrow of {@code mm}. */
  protected void switchToInitMm(Cpu cpu, Mm mm, Task current) {
    kernel.lazyMm().mmgrabLazyTlb(cpu, kernel.initMm());
    cpu.write(current.activeMm, kernel.initMm());
    cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
    switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
    kernel.lazyMm().endLazyTlb(cpu, mm);
    kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.DROP_EXIT_FLUSH);
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.pgd;
  }

  /** mm_cpumask_trim_clock of one CPU. */
  private static final class TrimClock extends KObject {
    final Cell ticks;

    TrimClock(Memory memory, int cpu) {
      super(memory, "mm_cpumask_trim_clock" + cpu);
      ticks = memory.cell(this, "ticks", 0);
    }

    @Override
    public String type() {
      return "mm_cpumask_trim_clock";
    }
  }
}
