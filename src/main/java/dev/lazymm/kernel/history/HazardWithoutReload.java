package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LutoHazard;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * R27: __try_mm_drop_rq_ref as it must not be, by the comment in Lutomirski's patch 16. It trusts
 * that the CPU borrows {@code mm}, which it was seen to do before drop_mm was read. Meanwhile the
 * CPU has gone on to the mm in drop_mm and borrows that; the reference that keeps it is stolen.
 */
public class HazardWithoutReload extends LutoHazard {
  public HazardWithoutReload(Kernel kernel) {
    super(kernel, Lazy.ONLINE);
  }

  @Override
  protected @Nullable Mm lazyMmNow(Cpu cpu, Slot slot, Mm before) {
    return before;
  }
}
