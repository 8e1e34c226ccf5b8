package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * {@link X86Lazy} with INVLPGB (4afeb0ed1753, v6.15, on AMD): an mm that a flush finds active on
 * several CPUs gets a global ASID, one PCID on all of them. From then on its flushes are broadcasts
 * that interrupt nobody, and reach lazy CPUs too; but as long as some CPU is on an ASID of its own
 * (asid_transition) the IPIs go out as well, which make it reload.
 *
 * <p>A CPU on a global ASID is always up to date. So where it comes back from lazy to the same mm,
 * switch_mm returns before the barrier that stands there otherwise.
 *
 * <p>Linux looks only now and then (the PID against the clock) and wants more than 3 active CPUs;
 * here every flush looks, and more than one is enough, so that small scenarios come here. ASIDs are
 * given out once: none is used again, so the flush when they run out is left out.
 */
public class X86Invlpgb extends X86Lazy {
  /** So many active CPUs are not enough for a global ASID. Linux has 3. */
  public static final int THRESHOLD = 1;

  private final GlobalAsids asids;
  private final int threshold;

  public X86Invlpgb(Kernel kernel, Memory memory) {
    this(kernel, memory, THRESHOLD);
  }

  /**
   * @param threshold the number of active CPUs that must be exceeded for a global ASID, from 0
   */
  public X86Invlpgb(Kernel kernel, Memory memory, int threshold) {
    super(kernel, memory);
    this.threshold = threshold;
    asids = new GlobalAsids(memory);
  }

  @Override
  public String name() {
    return "x86-invlpgb";
  }

  @Override
  public void initNewContext(Cpu cpu, Mm mm) {
    super.initNewContext(cpu, mm);
    cpu.writeOnce(mm.globalAsid, 0); // mm_init_global_asid
    cpu.writeOnce(mm.asidTransition, 0);
  }

  // ---- switch_mm -------------------------------------------------------------------------------

  /** mm_needs_global_asid: the mm has one, and this CPU is not on it. */
  @Override
  protected boolean mmNeedsGlobalAsid(Cpu cpu, Mm mm) {
    long asid = mmGlobalAsid(cpu, mm);
    return asid != 0 && asid != cpu.readOnce(tlb[cpu.id()].loadedMmAsid);
  }

  /** is_global_asid(loaded_mm_asid). */
  @Override
  protected boolean isOnGlobalAsid(Cpu cpu) {
    return isGlobalAsid(cpu.readOnce(tlb[cpu.id()].loadedMmAsid));
  }

  private static boolean isGlobalAsid(long asid) {
    return asid >= SLOTS;
  }

  /** mm_global_asid: 0 for none. */
  private static long mmGlobalAsid(Cpu cpu, Mm mm) {
    return cpu.loadAcquire(mm.globalAsid, Sites.GLOBAL_ASID_READ);
  }

  @Override
  protected NewAsid chooseNewAsid(Cpu cpu, Mm next, long nextTlbGen) {
    long asid = mmGlobalAsid(cpu, next);
    return asid != 0 ? new NewAsid((int) asid, false) : super.chooseNewAsid(cpu, next, nextTlbGen);
  }

  @Override
  protected void loadNewMmCr3(Cpu cpu, Mm next, int asid, boolean needFlush) {
    if (isGlobalAsid(asid)) { // of no slot
      cpu.loadRoot(next.pgd, asid, needFlush, Sites.ROOT);
      cpu.smpMb(Sites.B2B);
    } else {
      super.loadNewMmCr3(cpu, next, asid, needFlush);
    }
  }

  // ---- flushes ---------------------------------------------------------------------------------

  /** A lazy CPU first (R20); then a reload, if the mm has got a global ASID since. */
  @Override
  protected boolean isFlushed(Cpu cpu, Mm loaded) {
    return super.isFlushed(cpu, loaded) || isKeptUpToDate(cpu, loaded);
  }

  /** flush_tlb_func where there is a global ASID: {@return whether the CPU is on it now}. */
  protected final boolean isKeptUpToDate(Cpu cpu, Mm loaded) {
    if (mmNeedsGlobalAsid(cpu, loaded)) {
      switchMmIrqsOff(cpu, loaded, loaded, kernel.current(cpu));
    }
    return isOnGlobalAsid(cpu);
  }

  @Override
  protected boolean mmInAsidTransition(Cpu cpu, Mm mm) {
    return cpu.readOnce(mm.asidTransition) != 0;
  }

  @Override
  protected boolean broadcastTlbFlush(Cpu cpu, Mm mm, KObject info, boolean freedTables) {
    long asid = mmGlobalAsid(cpu, mm);
    if (asid == 0) {
      return false;
    }
    cpu.step("broadcast_tlb_flush");
    cpu.flushTlbBroadcast((int) asid, Sites.FLUSH_INVLPGB);
    finishAsidTransition(cpu, mm, info, asid, freedTables);
    return true;
  }

  /** finish_asid_transition: IPIs as long as a CPU runs the mm on an ASID of its own. */
  protected void finishAsidTransition(
      Cpu cpu, Mm mm, KObject info, long asid, boolean freedTables) {
    if (!mmInAsidTransition(cpu, mm)) {
      return;
    }
    cpu.step("finish_asid_transition");
    long[] mask = mask(cpu, mm);
    for (int i = 0; i < cpu.cpus(); i++) {
      if ((mask[i >>> 6] & CpuMask.bit(i)) != 0 && isOnAsidOfItsOwn(cpu, i, mm, asid)) {
        flushTlbMulti(cpu, mm, mask, info, freedTables, false);
        return;
      }
    }
    cpu.writeOnce(mm.asidTransition, 0);
  }

  private boolean isOnAsidOfItsOwn(Cpu cpu, int target, Mm mm, long asid) {
    awaitNotSwitching(cpu, target);
    return loadedMmOf(cpu, target) == mm && cpu.readOnce(tlb[target].loadedMmAsid) != asid;
  }

  /** A CPU in the middle of a switch may be on its way to the mm, with an ASID of before. */
  private void awaitNotSwitching(Cpu cpu, int target) {
    cpu.await(
        tlb[target].loadedMm.cell(),
        Cond.NE,
        switching().handle(),
        Ordering.RELAXED,
        Sites.SWITCHING_WAIT);
  }

  // ---- who gets one ----------------------------------------------------------------------------

  @Override
  protected void considerGlobalAsid(Cpu cpu, Mm mm) {
    cpu.step("consider_global_asid");
    if (mmActiveCpusExceeds(cpu, mm)) {
      useGlobalAsid(cpu, mm);
    }
  }

  /** mm_active_cpus_exceeds: an estimate. */
  protected boolean mmActiveCpusExceeds(Cpu cpu, Mm mm) {
    long[] mask = mask(cpu, mm);
    int count = 0;
    for (int i = 0; i < cpu.cpus(); i++) {
      if ((mask[i >>> 6] & CpuMask.bit(i)) != 0 && loadedMmOf(cpu, i) == mm && !isLazy(cpu, i)) {
        count++;
      }
    }
    return count > threshold;
  }

  /** use_global_asid. */
  protected void useGlobalAsid(Cpu cpu, Mm mm) {
    cpu.step("use_global_asid");
    boolean on = cpu.irqSave(Sites.IRQ_GLOBAL_ASID);
    cpu.lock(asids.lock, Sites.GLOBAL_ASID_LOCK);
    if (mmGlobalAsid(cpu, mm) == 0) {
      long asid = cpu.read(asids.last) + 1; // allocate_global_asid
      cpu.write(asids.last, asid);
      cpu.writeOnce(mm.asidTransition, 1); // mm_assign_global_asid
      cpu.storeRelease(mm.globalAsid, asid, Sites.GLOBAL_ASID);
    }
    cpu.unlock(asids.lock, Sites.GLOBAL_ASID_LOCK);
    cpu.irqRestore(on, Sites.IRQ_GLOBAL_ASID);
  }

  private static long[] mask(Cpu cpu, Mm mm) {
    long[] mask = new long[mm.cpumask.words()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cpu.readOnce(mm.cpumask.word(i));
    }
    return mask;
  }

  /** What the computer has once: global_asid_lock and last_global_asid. */
  private static final class GlobalAsids extends KObject {
    final Lock lock;
    final Cell last;

    GlobalAsids(Memory memory) {
      super(memory, "global_asids");
      lock = memory.lock(this, "global_asid_lock");
      last = memory.cell(this, "last_global_asid", SLOTS - 1L);
    }

    @Override
    public String type() {
      return "global_asids";
    }
  }
}
