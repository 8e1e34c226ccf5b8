package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;

/**
 * MMU_LAZY_TLB_REFCOUNT=n and nothing else: borrows are not counted, and nobody sees to it that
 * they end in time. What remains of the drop is its barrier.
 */
public class NoRefcount implements LazyMm {
  @Override
  public String name() {
    return "no-refcount";
  }

  @Override
  public boolean refcounts() {
    return false;
  }

  @Override
  public boolean dropIsBarrierAlone() {
    return true;
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {}

  @Override
  public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    cpu.smpMb(site);
  }

  @Override
  public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    cpu.smpMb(Sites.B2A_DROP);
  }
}
