package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * arch/x86/mm/tlb.c: flushes by IPI. A flush makes a new generation of the mm, after the change of
 * the page tables and before it looks at mm_cpumask; then it interrupts the CPUs of the mask, all
 * of them if page tables are about to be freed, else those that {@link #shouldFlushTlb}.
 */
public abstract class X86Flush extends X86 {
  private final TlbState.FlushInfo[] infos;
  private final Ipi flushTlbFunc = new Ipi("flush_tlb_func", this::flushTlbFunc);
  private final long tick;

  /**
   * @param slots TLB_NR_DYN_ASIDS, at least 1
   * @param tick how many jiffies go by before each look at the clock; 0 for a clock that stands
   */
  @SuppressWarnings("this-escape") // the handler runs only once we are done
  X86Flush(Kernel kernel, Memory memory, int slots, long tick) {
    super(kernel, memory, slots);
    this.tick = tick;
    infos = new TlbState.FlushInfo[memory.cpus()];
    for (int i = 0; i < infos.length; i++) {
      infos[i] = new TlbState.FlushInfo(memory, i);
    }
  }

  @Override
  public final void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    flushTlbMmRange(cpu, mm, null, freedTables);
  }

  @Override
  public final void flushTlbRange(Cpu cpu, Mm mm, KObject range, boolean freedTables) {
    flushTlbMmRange(cpu, mm, range, freedTables);
  }

  /** flush_tlb_mm_range; preemption is off. {@code range} is null for all of the mm. */
  protected void flushTlbMmRange(Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
    cpu.step("flush_tlb_mm_range");
    TlbState.FlushInfo info = infos[cpu.id()];
    long newTlbGen = incMmTlbGen(cpu, mm);
    cpu.write(info.mm, mm);
    cpu.write(info.newTlbGen, newTlbGen);
    cpu.write(info.range, range);
    if (broadcastTlbFlush(cpu, mm, info, freedTables)) {
      return;
    }
    long[] mask = new long[mm.cpumask.words()];
    boolean others = false;
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cpu.readOnce(mm.cpumask.word(i));
      long own = i == cpu.id() >>> 6 ? CpuMask.bit(cpu.id()) : 0;
      others |= (mask[i] & ~own) != 0;
    }
    if (others) {
      flushTlbMulti(cpu, mm, mask, info, freedTables, shouldTrimCpumask(cpu, mm));
      considerGlobalAsid(cpu, mm);
    } else if (loadedMm(cpu) == mm) {
      boolean on = cpu.irqSave(Sites.IRQ_FLUSH);
      flushTlbFunc(cpu, info);
      cpu.irqRestore(on, Sites.IRQ_FLUSH);
    }
  }

  /** broadcast_tlb_flush: {@return whether the mm has a global ASID, and so was flushed by it}. */
  protected boolean broadcastTlbFlush(Cpu cpu, Mm mm, KObject info, boolean freedTables) {
    return false;
  }

  /** consider_global_asid: an mm that is flushed by IPI may get a global ASID. */
  protected void considerGlobalAsid(Cpu cpu, Mm mm) {}

  /** {@return whether the mm has a global ASID that not all CPUs are on yet} */
  protected boolean mmInAsidTransition(Cpu cpu, Mm mm) {
    return false;
  }

  /** inc_mm_tlb_gen: {@return the new generation}. */
  protected long incMmTlbGen(Cpu cpu, Mm mm) {
    return cpu.fetchAdd(mm.tlbGen, 1, Ordering.FULL, Sites.B4) + 1;
  }

  /**
   * native_flush_tlb_multi: IPIs that wait; this CPU's own part runs meanwhile.
   *
   * @param trimCpumask whether those that have moved on are interrupted too, to leave the mask
   */
  protected final void flushTlbMulti(
      Cpu cpu, Mm mm, long[] mask, KObject info, boolean freedTables, boolean trimCpumask) {
    boolean all = freedTables || mmInAsidTransition(cpu, mm);
    for (int i = 0; i < cpu.cpus() && !all; i++) {
      if ((mask[i >>> 6] & CpuMask.bit(i)) != 0 && !shouldFlushTlb(cpu, i, mm, trimCpumask)) {
        mask[i >>> 6] &= ~CpuMask.bit(i);
      }
    }
    kernel.smp().onEachCpuMask(cpu, mask, flushTlbFunc, info, true, Sites.FLUSH_IPI);
  }

  /**
   * should_flush_tlb: {@return whether a CPU of the mask must flush now}
   *
   * @param trimCpumask whether those that have moved on are interrupted too, to leave the mask
   */
  protected abstract boolean shouldFlushTlb(Cpu cpu, int target, Mm mm, boolean trimCpumask);

  /** should_trim_cpumask: {@return whether a flush trims the mask, once in HZ jiffies} */
  private boolean shouldTrimCpumask(Cpu cpu, Mm mm) {
    if (!keepsMask()) {
      return false;
    }
    long now = cpu.readOnce(shared.jiffies);
    if (tick > 0) {
      now += tick;
      cpu.writeOnce(shared.jiffies, now);
    }
    boolean trims = now - cpu.readOnce(mm.nextTrimCpumask) > 0;
    if (trims) {
      cpu.writeOnce(mm.nextTrimCpumask, now + HZ);
    }
    return trims;
  }

  /** flush_tlb_func: interrupts are off. */
  protected void flushTlbFunc(Cpu cpu, KObject info) {
    cpu.step("flush_tlb_func");
    TlbState.FlushInfo f = (TlbState.FlushInfo) info;
    TlbState state = tlb[cpu.id()];
    Mm mm = Objects.requireNonNull(cpu.read(f.mm), "flush_tlb_info");
    Mm loaded = loadedMm(cpu);
    if (mm != loaded) {
      if (keepsMask()) {
        cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
      }
      return;
    }
    if (loaded == kernel.initMm()) {
      return;
    }
    if (isFlushed(cpu, loaded)) {
      return;
    }
    int asid = (int) cpu.readOnce(state.loadedMmAsid);
    long local = cpu.readOnce(state.tlbGen[asid]);
    long newTlbGen = cpu.read(f.newTlbGen);
    if (newTlbGen <= local) {
      return; // some later flush has done it
    }
    long mmTlbGen = cpu.readOnce(loaded.tlbGen);
    if (local == mmTlbGen) {
      return;
    }
    cpu.warnOn(newTlbGen > mmTlbGen, "flush_tlb_func: new_tlb_gen > mm_tlb_gen");
    KObject range = cpu.read(f.range);
    if (range != null && mayFlushPartially(local, newTlbGen, mmTlbGen)) {
      cpu.flushTlbRange(range, Sites.FLUSH_LOCAL);
    } else {
      cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
    }
    cpu.writeOnce(state.tlbGen[asid], mmTlbGen);
    slotSays(cpu, asid, loaded, mmTlbGen);
  }

  /**
   * What flush_tlb_func does before it looks at generations: {@return whether that was all}. A lazy
   * CPU leaves the mm, as its paging-structure cache must not be used any more either.
   */
  protected boolean isFlushed(Cpu cpu, Mm loaded) {
    if (cpu.readOnce(tlb[cpu.id()].isLazy) != 0) {
      unlazy(cpu, loaded);
      return true;
    }
    return false;
  }

  /**
   * Whether a flush of one range brings the slot up to date: (a) it is the very next generation, as
   * flushes may be processed out of order, and (b) it is the latest.
   */
  protected boolean mayFlushPartially(long local, long newTlbGen, long mmTlbGen) {
    return newTlbGen == local + 1 && newTlbGen == mmTlbGen;
  }

  /** {@return whether the mask is a superset, which flushes trim} */
  protected abstract boolean keepsMask();

  /** flush_tlb_func on a lazy CPU: moves the MMU to init_mm. */
  protected void unlazy(Cpu cpu, Mm loaded) {
    switchMmIrqsOff(cpu, loaded, kernel.initMm(), kernel.current(cpu));
  }
}
