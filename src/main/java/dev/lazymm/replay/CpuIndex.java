package dev.lazymm.replay;

import java.util.Arrays;

/**
 * Numbers the CPUs of a recording from 0 in the order in which they appear: their own numbers have
 * holes where CPUs are offline.
 */
final class CpuIndex {
  /** The place of a CPU for which there is none. */
  static final int NONE = -1;

  private final int limit;
  private int[] places = new int[0]; // by the recording's number
  private int seen;

  CpuIndex(int limit) {
    this.limit = limit;
  }

  /** {@return how many CPUs have a place} */
  int seen() {
    return seen;
  }

  /** {@return the CPU's place, {@link #NONE} if there are more than there may be} */
  int of(int cpu) {
    if (cpu >= places.length) {
      int known = places.length;
      places = Arrays.copyOf(places, cpu + 1);
      Arrays.fill(places, known, cpu + 1, NONE);
    }
    if (places[cpu] == NONE && seen < limit) {
      places[cpu] = seen++;
    }
    return places[cpu];
  }
}
