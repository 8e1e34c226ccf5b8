package dev.lazymm.machine;

/** A bitmap of CPUs in cells of 64 bits each (struct cpumask). */
public final class CpuMask {
  private final Cell[] words;

  CpuMask(Cell[] words) {
    this.words = words.clone();
  }

  /** {@return the number of words} */
  public int words() {
    return words.length;
  }

  /** {@return the cell with CPUs 64 i to 64 i + 63} */
  public Cell word(int i) {
    return words[i];
  }

  /** {@return the cell that has the bit of {@code cpu}} */
  public Cell wordOf(int cpu) {
    return words[cpu >>> 6];
  }

  /** {@return the bit of {@code cpu} in its word} */
  public static long bit(int cpu) {
    return 1L << (cpu & 63);
  }

  @Override
  public String toString() {
    return words[0].toString();
  }
}
