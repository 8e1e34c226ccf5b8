package dev.lazymm.machine;

/** What an {@link Cpu#await} waits for: a pure predicate on the value of one cell. */
public enum Cond {
  /** The value equals the operand. */
  EQ,
  /** The value differs from the operand. */
  NE,
  /**
   * The value is at least the operand. Used on cells that only grow, so a value seen once is never
   * missed.
   */
  GE;

  /** {@return whether {@code value} satisfies this condition against {@code operand}} */
  public boolean test(long value, long operand) {
    return switch (this) {
      case EQ -> value == operand;
      case NE -> value != operand;
      case GE -> value >= operand;
    };
  }
}
