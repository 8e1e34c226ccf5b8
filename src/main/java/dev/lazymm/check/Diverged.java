package dev.lazymm.check;

import dev.lazymm.machine.Refusal;

/**
 * A script did something else when it was run again with the same values: it has state outside
 * cells, or reads a clock.
 */
public final class Diverged extends Refusal {
  private static final long serialVersionUID = 1;

  Diverged(int cpu, int index, String expected, String found) {
    super(
        "CPU "
            + cpu
            + ", event "
            + index
            + ": the first run did "
            + expected
            + ", this one "
            + found);
  }
}
