package dev.lazymm.replay;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.machine.Cpu;

/** The shootdown design, which tells the meter of each CPU that was on the dying mm. */
final class CountedShootdown extends Shootdown {
  private final Counters counters;

  private CountedShootdown(Kernel kernel, boolean debug, Counters counters) {
    super(kernel, debug);
    this.counters = counters;
  }

  /** {@return {@code design}, or what does the same and counts its hits} */
  static LazyMm wrap(LazyMm design, Kernel kernel, Counters counters) {
    if (design.getClass() != Shootdown.class) {
      return design;
    }
    return new CountedShootdown(kernel, design.name().endsWith("-debug"), counters);
  }

  @Override
  protected void shot(Cpu cpu) {
    counters.shot();
  }
}
