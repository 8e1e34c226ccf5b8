package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;

/**
 * arch/x86/mm/tlb.c since v6.14, with the fixes up to v6.18 (fea4e317f9e7, 83b0177a6c48) and
 * without broadcast flushes: mm_cpumask is a superset. The bit is set on the way in, if it is
 * clear, and not cleared on the way out; the first flush IPI that finds another mm loaded clears
 * it. So a flush looks at loaded_mm of each CPU of the mask, and a CPU in the middle of a switch
 * must say so first.
 *
 * <p>Once a second (HZ jiffies) a flush also interrupts the CPUs that have moved on, to trim the
 * mask; the lazy ones not even then. Time stands still unless a clock that ticks is asked for: a
 * scenario lasts microseconds, so no flush of it trims.
 */
public class X86Lazy extends X86Flush {
  public X86Lazy(Kernel kernel, Memory memory) {
    this(kernel, memory, 0);
  }

  /**
   * @param tick how many jiffies go by before each flush that others may have to hear of; 0 for
   *     none, more than {@link #HZ} for a flush that always trims
   */
  public X86Lazy(Kernel kernel, Memory memory, long tick) {
    super(kernel, memory, SLOTS, tick);
  }

  @Override
  public String name() {
    return "x86-lazy";
  }

  /** The bit stays. */
  @Override
  protected void stopReceivingIpis(Cpu cpu, Mm prev) {}

  @Override
  protected long startReceivingIpis(Cpu cpu, Mm next) {
    loadedMmSwitching(cpu); // first: a flush sees this, or this CPU sees the flush
    setMaskBit(cpu, next);
    return cpu.readOnce(next.tlbGen);
  }

  /** The bit in mm_cpumask(next), if it is clear; a full barrier in any case. */
  protected void setMaskBit(Cpu cpu, Mm next) {
    if (isNotInitMm(next) && !cpu.testCpu(next.cpumask, cpu.id())) {
      cpu.setCpu(next.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
    } else {
      cpu.smpMb(Sites.B3);
    }
  }

  @Override
  protected boolean shouldFlushTlb(Cpu cpu, int target, Mm mm, boolean trimCpumask) {
    KObject loaded = loadedMmOf(cpu, target);
    cpu.smpRmb(Sites.SHOULD_FLUSH_RMB);
    if (isLazy(cpu, target)) {
      return false; // it flushes when it comes back
    }
    return isSwitching(loaded) || loaded == mm || trimCpumask;
  }

  @Override
  protected boolean keepsMask() {
    return true;
  }
}
