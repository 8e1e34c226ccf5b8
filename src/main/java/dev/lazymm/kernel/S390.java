package dev.lazymm.kernel;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;

/**
 * arch/s390 (include/asm/mmu_context.h, tlbflush.h, pgtable.h, tlb.h, v6.14 to v7.0): a CPU is
 * attached to an mm (cpu_attach_mask) from switch_mm on until it switches to another; mm_cpumask
 * holds who was attached at the last flush, and who came since. The user's address space is loaded
 * in two steps: switch_mm takes the old one out of the control registers, and
 * finish_arch_post_lock_switch waits for flushes under way before it loads the new one.
 *
 * <p>The hardware invalidates a page-table entry and all TLBs at once (IPTE), or flushes all TLBs
 * for one mm (IDTE). Where only this CPU is attached that is put off to the end (flush_mm). The
 * root here is that of control register 7, through which the kernel reaches user memory.
 *
 * <p>flush_mm is a plain bit in the kernel, which others read under context.lock and which is set
 * without it; here it is marked, so that only what comes of it is found.
 */
public class S390 implements Arch {
  private final Kernel kernel;

  public S390(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "s390";
  }

  @Override
  public void bringUp(Cpu cpu) {
    cpu.setCpu(kernel.initMm().attachMask, cpu.id(), Ordering.FULL, Sites.ATTACH_SET);
    cpu.setCpu(kernel.initMm().cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
  }

  @Override
  public void initNewContext(Cpu cpu, Mm mm) {
    for (int i = 0; i < mm.attachMask.words(); i++) {
      cpu.writeOnce(mm.attachMask.word(i), 0);
    }
    cpu.writeOnce(mm.flushCount, 0);
    cpu.writeOnce(mm.flushMm, 0);
  }

  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
    cpu.step("switch_mm_irqs_off");
    cpu.warnOn(!cpu.irqsDisabled(), "switch_mm_irqs_off: irqs on");
    cpu.setCpu(next.attachMask, cpu.id(), Ordering.FULL, Sites.ATTACH_SET);
    cpu.loadRoot(kernel.initMm().pgd, Sites.ROOT); // s390_invalid_asce
    if (prev != next) {
      cpu.clearCpu(prev.attachMask, cpu.id(), Ordering.FULL, Sites.ATTACH_CLEAR);
    }
  }

  @Override
  public void finishArchPostLockSwitch(Cpu cpu) {
    Mm mm = cpu.read(kernel.current(cpu).mm);
    if (mm != null) {
      cpu.step("finish_arch_post_lock_switch");
      cpu.await(mm.flushCount, Cond.EQ, 0, Ordering.RELAXED, Sites.FLUSH_COUNT_WAIT);
      cpu.setCpu(mm.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
      tlbFlushMmLazy(cpu, mm);
      boolean on = cpu.irqSave(Sites.IRQ_ASCE);
      cpu.loadRoot(mm.pgd, Sites.ROOT);
      cpu.irqRestore(on, Sites.IRQ_ASCE);
    }
  }

  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMmIrqsOff(cpu, prev, next, kernel.current(cpu));
    cpu.setCpu(next.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
    cpu.loadRoot(next.pgd, Sites.ROOT);
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return true;
  }

  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    flushTlbRange(cpu, mm, mm, freedTables);
  }

  /** What changes the entries of {@code range} flushes them, or puts it off to here. */
  @Override
  public void flushTlbRange(Cpu cpu, Mm mm, KObject range, boolean freedTables) {
    ptepFlushLazy(cpu, mm, range);
    if (freedTables) {
      cpu.writeOnce(mm.flushMm, 1); // pte_free_tlb
    }
    tlbFlushMmLazy(cpu, mm);
  }

  /** tlb_flush of exit_mmap: entries are cleared without a flush each, the tables count alone. */
  @Override
  public void tlbFlushFullmm(Cpu cpu, Mm mm) {
    cpu.writeOnce(mm.flushMm, 1);
    tlbFlushMmLazy(cpu, mm);
  }

  /** ptep_flush_lazy: the change itself, with the flush of all TLBs unless it can be put off. */
  protected void ptepFlushLazy(Cpu cpu, Mm mm, KObject range) {
    cpu.step("ptep_flush_lazy");
    cpu.atomicInc(mm.flushCount, Sites.FLUSH_COUNT_INC);
    boolean here = isAttachedHereAlone(cpu, mm);
    cpu.pteChanged(range); // who attaches from here on waits for flush_count
    if (here) {
      cpu.writeOnce(mm.flushMm, 1);
    } else {
      cpu.flushTlbBroadcast(Sites.FLUSH_IPTE);
    }
    flushOver(cpu, mm);
  }

  private static boolean isAttachedHereAlone(Cpu cpu, Mm mm) {
    for (int i = 0; i < mm.attachMask.words(); i++) {
      long own = i == cpu.id() >>> 6 ? CpuMask.bit(cpu.id()) : 0;
      if (cpu.readOnce(mm.attachMask.word(i)) != own) {
        return false;
      }
    }
    return true;
  }

  /** __tlb_flush_mm_lazy: what was put off. */
  protected void tlbFlushMmLazy(Cpu cpu, Mm mm) {
    cpu.step("__tlb_flush_mm_lazy");
    cpu.lock(mm.contextLock, Sites.CONTEXT_LOCK);
    if (cpu.readOnce(mm.flushMm) != 0) {
      cpu.writeOnce(mm.flushMm, 0);
      tlbFlushMm(cpu, mm);
    }
    cpu.unlock(mm.contextLock, Sites.CONTEXT_LOCK);
  }

  /** __tlb_flush_mm: mm_cpumask becomes who is attached, and all TLBs forget the mm. */
  protected void tlbFlushMm(Cpu cpu, Mm mm) {
    cpu.step("__tlb_flush_mm");
    cpu.atomicInc(mm.flushCount, Sites.FLUSH_COUNT_INC);
    for (int i = 0; i < mm.cpumask.words(); i++) { // cpumask_copy
      cpu.writeOnce(mm.cpumask.word(i), cpu.readOnce(mm.attachMask.word(i)));
    }
    cpu.flushTlbBroadcast(Sites.FLUSH_IDTE);
    flushOver(cpu, mm);
  }

  private static void flushOver(Cpu cpu, Mm mm) {
    cpu.rmw(Rmw.ADD, mm.flushCount, -1, 0, Ordering.NO_RETURN, Sites.FLUSH_COUNT_DEC);
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.pgd;
  }

  @Override
  public Hold believed() {
    return NOTHING;
  }
}
