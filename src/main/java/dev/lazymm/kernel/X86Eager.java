package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Ref;
import java.util.Objects;

/**
 * arch/x86/mm/tlb.c up to v6.13: mm_cpumask holds the CPUs whose loaded_mm is the mm; the bit is
 * cleared when the CPU switches away. Flushes are IPIs to the mask; a lazy CPU is skipped unless
 * page tables are about to be freed, and then moves to init_mm, which leaves {@code active_mm}
 * behind.
 *
 * <p>The tlb_gen protocol is not modelled here: a CPU that was lazy and comes back to the same mm
 * always flushes, which is what tlb_gen makes it do whenever that is needed.
 *
 * <p>Where the root's interval ends: at the clearing of the bit in mm_cpumask(prev) ("stop remote
 * flushes for the previous mm"). CR3 is written some instructions later with interrupts off; what a
 * speculative walk caches in between carries the old ASID and is flushed before that ASID is used
 * again.
 */
public class X86Eager implements Arch {
  /** What loaded_mm names; the flush handlers believe it. */
  public static final Hold LOADED_MM = new Hold("loaded_mm");

  private final Kernel kernel;
  private final TlbState[] tlb;
  private final Ipi flushTlbFunc = new Ipi("flush_tlb_func", this::flushTlbFunc);

  @SuppressWarnings("this-escape") // the handler runs only once we are done
  public X86Eager(Kernel kernel, Memory memory) {
    this.kernel = kernel;
    tlb = new TlbState[memory.cpus()];
    for (int i = 0; i < tlb.length; i++) {
      tlb[i] = new TlbState(memory, i);
    }
  }

  @Override
  public String name() {
    return "x86-eager";
  }

  @Override
  public void bringUp(Cpu cpu) {
    cpu.write(tlb[cpu.id()].loadedMm, kernel.initMm());
  }

  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm unused, Mm next, Task tsk) {
    cpu.step("switch_mm_irqs_off");
    cpu.warnOn(!cpu.irqsDisabled(), "switch_mm_irqs_off: irqs on");
    TlbState state = tlb[cpu.id()];
    Mm realPrev = loadedMm(cpu);
    boolean wasLazy = cpu.readOnce(state.isLazy) != 0;
    if (wasLazy) {
      cpu.writeOnce(state.isLazy, 0);
    }
    if (realPrev == next) {
      if (wasLazy) {
        cpu.smpMb(Sites.LAZY_MB);
        cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
      }
      return;
    }
    if (realPrev != kernel.initMm()) {
      cpu.dropRoot(Sites.ROOT);
      cpu.clearCpu(realPrev.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
    }
    if (next != kernel.initMm()) {
      cpu.setCpu(next.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
    }
    loadNewMmCr3(cpu, next);
    cpu.write(state.loadedMm, next);
    cpu.hold(LOADED_MM, next);
  }

  /** load_new_mm_cr3. */
  protected void loadNewMmCr3(Cpu cpu, Mm next) {
    cpu.loadRoot(next.pgd, Sites.ROOT);
    cpu.smpMb(Sites.B2B); // a full barrier, and core serializing
  }

  @Override
  public void enterLazyTlb(Cpu cpu, Mm mm, Task tsk) {
    if (loadedMm(cpu) != kernel.initMm()) {
      cpu.writeOnce(tlb[cpu.id()].isLazy, 1);
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

  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("flush_tlb_mm_range");
    cpu.smpMb(Sites.B4); // inc_mm_tlb_gen
    long[] targets = new long[mm.cpumask.words()];
    boolean others = false;
    for (int i = 0; i < targets.length; i++) {
      targets[i] = cpu.readOnce(mm.cpumask.word(i));
    }
    targets[cpu.id() >>> 6] &= ~CpuMask.bit(cpu.id());
    for (int i = 0; i < cpu.cpus(); i++) {
      if ((targets[i >>> 6] & CpuMask.bit(i)) != 0) {
        if (skipsIpi(cpu, i, freedTables)) {
          targets[i >>> 6] &= ~CpuMask.bit(i);
        } else {
          others = true;
        }
      }
    }
    if (others) {
      cpu.onEachCpu(targets, flushTlbFunc, mm, true, Sites.FLUSH_IPI);
    }
    if (loadedMm(cpu) == mm) {
      boolean on = cpu.irqSave(Sites.IRQ_FLUSH);
      flushTlbFunc(cpu, mm);
      cpu.irqRestore(on, Sites.IRQ_FLUSH);
    }
  }

  /** tlb_is_not_lazy: a lazy CPU flushes when it comes back, unless tables are freed. */
  protected boolean skipsIpi(Cpu cpu, int target, boolean freedTables) {
    return !freedTables && cpu.readOnce(tlb[target].isLazy) != 0;
  }

  /** flush_tlb_func: interrupts are off. */
  protected void flushTlbFunc(Cpu cpu, KObject info) {
    cpu.step("flush_tlb_func");
    Mm loaded = loadedMm(cpu);
    if (loaded != info || loaded == kernel.initMm()) {
      return;
    }
    if (cpu.readOnce(tlb[cpu.id()].isLazy) != 0) {
      switchMmIrqsOff(cpu, loaded, kernel.initMm(), kernel.current(cpu));
      return;
    }
    cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.pgd;
  }

  @Override
  public Hold believed() {
    return LOADED_MM;
  }

  private Mm loadedMm(Cpu cpu) {
    return Objects.requireNonNull(cpu.read(tlb[cpu.id()].loadedMm), "loaded_mm");
  }

  /** cpu_tlbstate and cpu_tlbstate_shared of one CPU. */
  private static final class TlbState extends KObject {
    final Ref<Mm> loadedMm;
    final Cell isLazy;

    TlbState(Memory memory, int cpu) {
      super(memory, "cpu_tlbstate" + cpu);
      loadedMm = memory.ref(this, "loaded_mm", Mm.class);
      isLazy = memory.cell(this, "is_lazy", 0);
    }

    @Override
    public String type() {
      return "tlb_state";
    }
  }
}
