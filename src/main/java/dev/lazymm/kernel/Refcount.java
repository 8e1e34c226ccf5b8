package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;

/** MMU_LAZY_TLB_REFCOUNT=y: every lazy borrow is counted in mm_count (Linux since 2.3.13). */
public class Refcount implements LazyMm {
  private final Lifetime lifetime;

  public Refcount(Kernel kernel) {
    this.lifetime = kernel.lifetime();
  }

  @Override
  public String name() {
    return "refcount";
  }

  @Override
  public boolean refcounts() {
    return true;
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    cpu.step("mmgrab_lazy_tlb");
    cpu.atomicInc(mm.mmCount, Sites.GRAB_LAZY);
  }

  @Override
  public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    lifetime.mmdrop(cpu, mm, site);
  }

  @Override
  public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    lifetime.mmdrop(cpu, mm, Sites.B2A_DROP);
  }
}
