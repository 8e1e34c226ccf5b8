package dev.lazymm.simulate;

import java.util.Comparator;

/**
 * A cache line that moved.
 *
 * @param name one of the fields on it
 * @param transfers how often it came from another CPU or from memory
 */
public record HotLine(String name, long transfers) implements Comparable<HotLine> {
  private static final Comparator<HotLine> ORDER =
      Comparator.comparingLong(HotLine::transfers).reversed().thenComparing(HotLine::name);

  @Override
  public int compareTo(HotLine other) {
    return ORDER.compare(this, other);
  }
}
