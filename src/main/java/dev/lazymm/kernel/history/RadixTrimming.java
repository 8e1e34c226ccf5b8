package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.PowerpcRadix;

/** {@link PowerpcRadix} on which every flush trims the mask, and not only one in a thousand. */
public class RadixTrimming extends PowerpcRadix {
  /** Its name on the command line. */
  public static final String NAME = "powerpc-radix-trim";

  public RadixTrimming(Kernel kernel) {
    super(kernel, 1);
  }

  @Override
  public String name() {
    return NAME;
  }
}
