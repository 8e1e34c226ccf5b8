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
 * <p>Once a second (HZ jiffies) a flush may interrupt all of the mask, to trim it. Here time stands
 * still: a scenario lasts microseconds, so no flush of it trims. A subclass that moves {@code
 * jiffies} shows the rest.
 */
public class X86Lazy extends X86Flush {
  private static final long HZ = 1000;

  public X86Lazy(Kernel kernel, Memory memory) {
    super(kernel, memory, SLOTS);
  }

  @Override
  public String name() {
    return "x86-lazy";
  }

  @Override
  public void initNewContext(Cpu cpu, Mm mm) {
    super.initNewContext(cpu, mm);
    cpu.writeOnce(mm.nextTrimCpumask, cpu.readOnce(shared.jiffies) + HZ);
  }

  /** The bit stays. */
  @Override
  protected void stopReceivingIpis(Cpu cpu, Mm prev) {}

  @Override
  protected long startReceivingIpis(Cpu cpu, Mm next) {
    loadedMmSwitching(cpu); // before the mask and tlb_gen: whoever misses this is seen there
    if (next != kernel.initMm() && !cpu.testCpu(next.cpumask, cpu.id())) {
      cpu.setCpu(next.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_SET);
    } else {
      cpu.smpMb(Sites.B3);
    }
    return cpu.readOnce(next.tlbGen);
  }

  @Override
  protected boolean shouldFlushTlb(Cpu cpu, int target, Mm mm) {
    KObject loaded = cpu.readOnce(tlb[target].loadedMm);
    cpu.smpRmb(Sites.SHOULD_FLUSH_RMB);
    if (cpu.readOnce(tlb[target].isLazy) != 0) {
      return false; // it flushes when it comes back
    }
    return isSwitching(loaded) || loaded == mm;
  }

  @Override
  protected boolean shouldTrimCpumask(Cpu cpu, Mm mm) {
    long now = cpu.readOnce(shared.jiffies);
    if (now - cpu.readOnce(mm.nextTrimCpumask) > 0) {
      cpu.writeOnce(mm.nextTrimCpumask, now + HZ);
      return true;
    }
    return false;
  }

  @Override
  protected void leftInMask(Cpu cpu, Mm mm) {
    cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
  }
}
