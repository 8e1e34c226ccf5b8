package dev.lazymm.machine;

/**
 * An atomic read-modify-write as a pure function of the old value, so that a machine can keep it in
 * an event and apply it to another old value later.
 */
public enum Rmw {
  /** New value: old + operand. */
  ADD,
  /** New value: operand. */
  XCHG,
  /** New value: operand, only if the old value equals {@code expected}. */
  CMPXCHG,
  /** New value: old + operand, only if the old value differs from {@code expected}. */
  ADD_UNLESS,
  /** New value: old | operand. */
  OR,
  /** New value: old & operand. */
  AND;

  /** {@return whether the write happens when the old value is {@code old}} */
  public boolean succeeds(long old, long expected) {
    return switch (this) {
      case CMPXCHG -> old == expected;
      case ADD_UNLESS -> old != expected;
      case ADD, XCHG, OR, AND -> true;
    };
  }

  /** {@return the value written when the old value is {@code old} and the operation succeeds} */
  public long apply(long old, long operand) {
    return switch (this) {
      case ADD, ADD_UNLESS -> old + operand;
      case XCHG, CMPXCHG -> operand;
      case OR -> old | operand;
      case AND -> old & operand;
    };
  }
}
