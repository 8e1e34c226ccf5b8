package dev.lazymm.isa;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A general register of ARMv8, by one of its two names.
 *
 * @param name of all 64 bits: {@code X0}; {@code XZR} of the one that is always zero
 * @param wide whether all 64 bits are meant, not the lower 32
 */
record A64Register(String name, boolean wide) {
  /** The register that is always zero. */
  static final String ZERO = "XZR";

  private static final long LOW = 0xffff_ffffL;

  /** {@return the register of a name, in letters of either case; or null if there is none} */
  static @Nullable A64Register of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.matches("[WX]([0-9]|[12][0-9]|30|ZR)")
        ? new A64Register("X" + upper.substring(1), upper.charAt(0) == 'X')
        : null;
  }

  boolean isZero() {
    return name.equals(ZERO);
  }

  /** {@return how many bytes it has} */
  int size() {
    return wide ? 8 : 4;
  }

  /** {@return how many bits it has} */
  int bits() {
    return 8 * size();
  }

  /** {@return what is in it} */
  Operand value() {
    return isZero() ? Operand.number(0) : fit(Operand.register(name));
  }

  /** {@return as much of a value as it can hold} */
  Operand fit(Operand value) {
    return wide
        ? value
        : value instanceof Operand.Immediate(long number)
            ? Operand.number(number & LOW)
            : Operand.binary(Operator.AND, value, Operand.number(LOW));
  }

  /** {@return a value that fits in it, as a number with a sign} */
  Operand signed(Operand value) {
    return wide ? value : Arithmetic.signed(value, 32);
  }

  /** Arithmetic on values of a number of bits. */
  static final class Arithmetic {
    private Arithmetic() {}

    /** {@return the lowest bits of a value, as a number without a sign} */
    static Operand unsigned(Operand value, int bits) {
      return Operand.binary(Operator.AND, value, Operand.number((1L << bits) - 1));
    }

    /** {@return a value of so many bits without a sign, as a number with one} */
    static Operand signed(Operand value, int bits) {
      Operand sign = Operand.number(1L << (bits - 1));
      return Operand.binary(Operator.SUB, Operand.binary(Operator.XOR, value, sign), sign);
    }
  }
}
