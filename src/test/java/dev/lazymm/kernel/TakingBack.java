package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;

/**
 * Lutomirski's hazard pointers, mended: who has handed a reference to a CPU looks again whether it
 * still borrows, and takes the reference back if neither it nor anybody else has it by now.
 */
public final class TakingBack extends LutoHazard {
  private final Kernel kernel;

  public TakingBack(Kernel kernel) {
    super(kernel, Lazy.ONLINE);
    this.kernel = kernel;
  }

  @Override
  protected boolean tryMmDropRqRef(Cpu cpu, Slot slot, Mm mm) {
    boolean done = super.tryMmDropRqRef(cpu, slot, mm);
    if (done && lazyMmNow(cpu, slot, mm) != mm) {
      long old = mm.handle();
      long now = cpu.cmpxchg(slot.dropMm.cell(), old, 0, Ordering.FULL, Sites.DROP_MM_TAKE);
      if (now == old) {
        kernel.lifetime().mmdrop(cpu, mm);
      }
    }
    return done;
  }
}
