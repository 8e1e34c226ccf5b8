package dev.lazymm.workload;

/**
 * How much random tests and tests of products do: as much as CI has time for, or all with {@code
 * ./lazymm test -Pslow -Dlazymm.full=true}.
 */
public final class Effort {
  private Effort() {}

  /** {@return a number: what is usual, or the full one} */
  public static int of(int usual, int full) {
    return Boolean.getBoolean("lazymm.full") ? full : usual;
  }
}
