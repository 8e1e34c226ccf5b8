import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;

/**
 * Linus's rule of January 2022: a lazy reference requires mm_users > 0. The last mmput ends every
 * borrow, so that mm_count never has anything to do with lazy CPUs; a pin may still hold the struct.
 *
 * <p>Every CPU is asked, not only those in mm_cpumask: on x86 the flush of exit_mmap, just before,
 * has cleared the bits of lazy CPUs, and their active_mm stays.
 */
public class LinusRule implements LazyMm {
  static final Site UNLAZY = new Site("unlazy", "__mmput: IPIs to all CPUs, which wait");

  private final Kernel kernel;
  private final Ipi unlazy = new Ipi("unlazy_mm", this::unlazy);

  public LinusRule(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "own-linus-rule";
  }

  @Override
  public boolean refcounts() {
    return false;
  }

  /** The borrower is a user of the mm still; nothing to do until the last one goes. */
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

  /** The last user is gone: nobody starts to borrow the mm any more, and nobody goes on. */
  @Override
  public void unlazyMm(Cpu cpu, Mm mm) {
    cpu.step("unlazy_mm");
    long[] all = new long[mm.cpumask.words()];
    for (int i = 0; i < cpu.cpus(); i++) {
      all[i >>> 6] |= CpuMask.bit(i);
    }
    kernel.smp().onEachCpuMask(cpu, all, unlazy, mm, true, UNLAZY);
  }

  private void unlazy(Cpu cpu, KObject info) {
    cpu.step("unlazy_mm");
    Mm mm = (Mm) info;
    Task current = kernel.current(cpu);
    if (cpu.read(current.activeMm) == mm) {
      cpu.write(current.activeMm, kernel.initMm());
      kernel.arch().switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
    }
  }
}
