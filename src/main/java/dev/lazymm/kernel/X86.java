package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/**
 * arch/x86/mm/tlb.c: how a CPU changes its mm. Each CPU has a few slots (dynamic ASIDs), each a
 * PCID whose entries outlive a switch away; a slot says whose entries it caches and of which
 * generation (tlb_gen) at least. A CPU that comes back to an mm flushes only if the mm's own
 * generation has gone on since.
 *
 * <p>Subclasses say what a bit in mm_cpumask means ({@link #stopReceivingIpis}, {@link
 * #startReceivingIpis}). Flushes are in {@link X86Flush}.
 */
public abstract class X86 implements Arch {
  /** What loaded_mm names; the flush handlers believe it. */
  public static final Hold LOADED_MM = new Hold("loaded_mm");

  /** Held while is_lazy is set. */
  public static final Hold IS_LAZY = new Hold("is_lazy");

  /** TLB_NR_DYN_ASIDS of the models: few, so that small scenarios run out of them. Linux has 6. */
  public static final int SLOTS = 2;

  /** Jiffies in a second: how long a mask is left alone between two trims. */
  public static final long HZ = 1000;

  final Kernel kernel;
  final TlbState[] tlb;
  final TlbState.Shared shared;
  private final TlbState.Switching switching;

  /**
   * @param slots TLB_NR_DYN_ASIDS, at least 1
   */
  X86(Kernel kernel, Memory memory, int slots) {
    this.kernel = kernel;
    shared = new TlbState.Shared(memory);
    switching = new TlbState.Switching(memory);
    tlb = new TlbState[memory.cpus()];
    for (int i = 0; i < tlb.length; i++) {
      tlb[i] = new TlbState(memory, i, slots);
    }
  }

  /** A slot for the next mm, and whether what it caches must go. */
  public record NewAsid(int asid, boolean needFlush) {}

  @Override
  public void bringUp(Cpu cpu) { // initialize_tlbstate_and_flush
    TlbState state = tlb[cpu.id()];
    Mm initMm = kernel.initMm();
    cpu.writeOnce(initMm.ctxId, 1);
    initializeTlbstate(cpu, state);
  }

  /** initialize_tlbstate_and_flush: no slot is to be believed, and CR3 is on init_mm. */
  @Override
  public void cpuInit(Cpu cpu, Mm initMm) {
    TlbState state = tlb[cpu.id()];
    initializeTlbstate(cpu, state);
    for (int asid = 1; asid < state.ctxId.length; asid++) {
      cpu.writeOnce(state.ctxId[asid], 0);
    }
    cpu.loadRoot(initMm.pgd, 0, true, Sites.ROOT);
    cpu.hold(LOADED_MM, initMm);
  }

  private void initializeTlbstate(Cpu cpu, TlbState state) {
    cpu.writeOnce(state.loadedMm, kernel.initMm());
    cpu.writeOnce(state.loadedMmAsid, 0);
    cpu.writeOnce(state.ctxId[0], 1);
    cpu.writeOnce(state.tlbGen[0], 0);
    cpu.writeOnce(state.nextAsid, 1);
  }

  @Override
  public void initNewContext(Cpu cpu, Mm mm) {
    long last = cpu.fetchAdd(shared.lastMmCtxId, 1, Ordering.FULL, Sites.CTX_ID);
    cpu.writeOnce(mm.ctxId, last + 1);
    cpu.writeOnce(mm.tlbGen, 0);
    cpu.writeOnce(mm.nextTrimCpumask, cpu.readOnce(shared.jiffies) + HZ);
  }

  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm unused, Mm next, Task tsk) {
    cpu.step("switch_mm_irqs_off");
    cpu.warnOn(!cpu.irqsDisabled(), "switch_mm_irqs_off: irqs on");
    TlbState state = tlb[cpu.id()];
    Mm prev = loadedMm(cpu);
    boolean wasLazy = cpu.readOnce(state.isLazy) != 0;
    if (wasLazy) {
      cpu.writeOnce(state.isLazy, 0);
      cpu.release(IS_LAZY);
    }
    NewAsid to;
    long nextTlbGen;
    if (prev == next) {
      if (mmNeedsGlobalAsid(cpu, next)) {
        nextTlbGen = cpu.readOnce(next.tlbGen);
        to = chooseNewAsid(cpu, next, nextTlbGen);
      } else if (isOnGlobalAsid(cpu) || !wasLazy) {
        if (wasLazy) {
          kernel.membarrier().unlazied(cpu, next);
        }
        return; // broadcasts keep it up to date; or a thread of the same process
      } else {
        cpu.smpMb(Sites.LAZY_MB);
        nextTlbGen = cpu.readOnce(next.tlbGen);
        int asid = (int) cpu.readOnce(state.loadedMmAsid);
        if (cpu.readOnce(state.tlbGen[asid]) == nextTlbGen) {
          kernel.membarrier().unlazied(cpu, next);
          return;
        }
        to = new NewAsid(asid, true); // TLB contents went out of date while we were lazy
      }
    } else {
      stopReceivingIpis(cpu, prev);
      nextTlbGen = startReceivingIpis(cpu, next);
      to = chooseNewAsid(cpu, next, nextTlbGen);
      loadedMmSwitching(cpu); // for nmi_uaccess_okay, at the latest
    }
    if (to.needFlush()) {
      fillSlot(cpu, to.asid(), next, nextTlbGen);
    }
    loadNewMmCr3(cpu, next, to.asid(), to.needFlush());
    cpu.writeOnce(state.loadedMm, next);
    cpu.writeOnce(state.loadedMmAsid, to.asid());
    cpu.hold(LOADED_MM, next);
  }

  /** {@return whether the mm that is loaded has a global ASID which this CPU is not on yet} */
  protected boolean mmNeedsGlobalAsid(Cpu cpu, Mm mm) {
    return false;
  }

  /** {@return whether this CPU is on a global ASID, which broadcasts keep up to date} */
  protected boolean isOnGlobalAsid(Cpu cpu) {
    return false;
  }

  /** Stop remote flushes for the previous mm. */
  protected abstract void stopReceivingIpis(Cpu cpu, Mm prev);

  /** Start remote flushes for the next mm, and only then {@return its tlb_gen}. */
  protected abstract long startReceivingIpis(Cpu cpu, Mm next);

  /** choose_new_asid: the slot that caches the mm already, else the next one in turn. */
  protected NewAsid chooseNewAsid(Cpu cpu, Mm next, long nextTlbGen) {
    TlbState state = tlb[cpu.id()];
    long ctxId = cpu.readOnce(next.ctxId);
    for (int asid = 0; asid < state.ctxId.length; asid++) {
      if (cpu.readOnce(state.ctxId[asid]) == ctxId) {
        return new NewAsid(asid, cpu.readOnce(state.tlbGen[asid]) < nextTlbGen);
      }
    }
    int asid = (int) cpu.readOnce(state.nextAsid);
    if (asid >= state.ctxId.length) {
      asid = 0;
    }
    cpu.writeOnce(state.nextAsid, asid + 1);
    return new NewAsid(asid, true);
  }

  /** ctxs[asid] says: of this mm, and as fresh as that. What follows makes it true. */
  private void fillSlot(Cpu cpu, int asid, Mm mm, long gen) {
    cpu.writeOnce(tlb[cpu.id()].ctxId[asid], cpu.readOnce(mm.ctxId));
    cpu.writeOnce(tlb[cpu.id()].tlbGen[asid], gen);
  }

  /** Tells the checker, once it is true, what a slot says. */
  final void slotSays(Cpu cpu, int asid, Mm mm, long gen) {
    cpu.tlbSlot(asid, mm, cpu.readOnce(tlb[cpu.id()].ctxId[asid]), gen);
  }

  /** load_new_mm_cr3: writes CR3 with the slot's PCID. */
  protected void loadNewMmCr3(Cpu cpu, Mm next, int asid, boolean needFlush) {
    cpu.loadRoot(next.pgd, asid, needFlush, Sites.ROOT);
    cpu.smpMb(Sites.B2B); // a full barrier, and core serializing
    slotSays(cpu, asid, next, cpu.readOnce(tlb[cpu.id()].tlbGen[asid]));
  }

  @Override
  public void enterLazyTlb(Cpu cpu, Mm mm, Task tsk) {
    if (loadedMm(cpu) != kernel.initMm()) {
      cpu.writeOnce(tlb[cpu.id()].isLazy, 1);
      cpu.hold(IS_LAZY, loadedMm(cpu));
    }
  }

  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMm(cpu, prev, next, kernel.current(cpu));
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return false;
  }

  @Override
  public void leaveMm(Cpu cpu) {
    cpu.step("leave_mm");
    cpu.irqDisable(Sites.IRQ_LEAVE); // cpuidle enters with interrupts off
    Mm loaded = loadedMm(cpu);
    if (loaded != kernel.initMm()) {
      cpu.warnOn(cpu.readOnce(tlb[cpu.id()].isLazy) == 0, "leave_mm: not lazy");
      switchMmIrqsOff(cpu, loaded, kernel.initMm(), kernel.rq(cpu).idle);
    }
    cpu.irqEnable(Sites.IRQ_LEAVE);
  }

  /** sync_core_before_usermode (arch/x86/include/asm/sync_core.h); SYSRET would not do. */
  @Override
  public void syncCoreBeforeUsermode(Cpu cpu, Site site) {
    cpu.syncCore(site);
  }

  @Override
  public boolean returnToUserSerializes() {
    return false;
  }

  /** write_cr3. */
  @Override
  public boolean loadRootSerializes() {
    return true;
  }

  @Override
  public boolean mayMmdropInSoftirq() {
    return false;
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.pgd;
  }

  @Override
  public Hold believed() {
    return LOADED_MM;
  }

  /** {@return loaded_mm of this CPU, outside of a switch} */
  final Mm loadedMm(Cpu cpu) {
    if (cpu.readOnce(tlb[cpu.id()].loadedMm) instanceof Mm mm) {
      return mm;
    }
    throw new NullPointerException("loaded_mm");
  }

  /** loaded_mm := LOADED_MM_SWITCHING, unless it is so already. */
  final void loadedMmSwitching(Cpu cpu) {
    if (cpu.readOnce(tlb[cpu.id()].loadedMm) != switching) {
      cpu.writeOnce(tlb[cpu.id()].loadedMm, switching);
    }
  }

  /** {@return LOADED_MM_SWITCHING} */
  final KObject switching() {
    return switching;
  }

  /** {@return whether a value of loaded_mm is LOADED_MM_SWITCHING} */
  final boolean isSwitching(@Nullable KObject loaded) {
    return loaded == switching;
  }

  /** {@return loaded_mm of any CPU: an mm, or LOADED_MM_SWITCHING} */
  protected final @Nullable KObject loadedMmOf(Cpu cpu, int target) {
    return cpu.readOnce(tlb[target].loadedMm);
  }

  /** {@return is_lazy of any CPU} */
  protected final boolean isLazy(Cpu cpu, int target) {
    return cpu.readOnce(tlb[target].isLazy) != 0;
  }

  /** {@return whether an mm is one that masks and flushes are about} */
  protected final boolean isNotInitMm(Mm mm) {
    return mm != kernel.initMm();
  }
}
