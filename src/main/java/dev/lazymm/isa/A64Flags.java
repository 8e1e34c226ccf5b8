package dev.lazymm.isa;

import static dev.lazymm.isa.Operand.binary;
import static dev.lazymm.isa.Operand.number;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ARMv8's condition flags. Each is a register of its own; all four are always written together, so
 * that this makes no difference to dependencies.
 */
final class A64Flags {
  /** As models with register events know all of them. */
  static final String NAME = "NZCV";

  private static final Operand N = Operand.register(NAME + ".N");
  private static final Operand Z = Operand.register(NAME + ".Z");
  private static final Operand C = Operand.register(NAME + ".C");
  private static final Operand V = Operand.register(NAME + ".V");
  private static final Operand ZERO = number(0);

  /** What asks about no flag; so does {@code NV}. */
  static final Operand ALWAYS = number(1);

  /** Conditions by name; the odd ones of the table in the manual are not of the even ones. */
  private static final Map<String, Operand> CONDITIONS =
      Map.ofEntries(
          Map.entry("AL", ALWAYS),
          Map.entry("NV", ALWAYS),
          Map.entry("EQ", Z),
          Map.entry("NE", not(Z)),
          Map.entry("CS", C),
          Map.entry("HS", C),
          Map.entry("CC", not(C)),
          Map.entry("LO", not(C)),
          Map.entry("MI", N),
          Map.entry("PL", not(N)),
          Map.entry("VS", V),
          Map.entry("VC", not(V)),
          Map.entry("HI", binary(Operator.LOGICAL_AND, C, not(Z))),
          Map.entry("LS", binary(Operator.LOGICAL_OR, not(C), Z)),
          Map.entry("GE", binary(Operator.EQ, N, V)),
          Map.entry("LT", binary(Operator.NE, N, V)),
          Map.entry("GT", binary(Operator.LOGICAL_AND, not(Z), binary(Operator.EQ, N, V))),
          Map.entry("LE", binary(Operator.LOGICAL_OR, Z, binary(Operator.NE, N, V))));

  private A64Flags() {}

  /** {@return whether a condition holds, or null if there is none of that name} */
  static @Nullable Operand condition(String name) {
    return CONDITIONS.get(name.toUpperCase(Locale.ROOT));
  }

  /** {@return whether a condition does not hold} */
  static Operand not(Operand condition) {
    return binary(Operator.EQ, condition, ZERO);
  }

  /** {@return the flags after {@code a - b}, both as they fit in a register} */
  static List<Op> ofSub(A64Register size, Operand a, Operand b) {
    Operand difference = binary(Operator.SUB, size.signed(a), size.signed(b));
    return flags(
        binary(Operator.LT, result(size, difference), ZERO),
        binary(Operator.EQ, a, b),
        not(below(size, a, b)),
        size.wide()
            ? overflow(a, binary(Operator.XOR, a, b), difference)
            : binary(Operator.NE, difference, result(size, difference)));
  }

  /** {@return the flags after {@code a + b}, both as they fit in a register} */
  static List<Op> ofAdd(A64Register size, Operand a, Operand b) {
    Operand sum = binary(Operator.ADD, size.signed(a), size.signed(b));
    return flags(
        binary(Operator.LT, result(size, sum), ZERO),
        not(size.fit(new Operand.Binary(Operator.ADD, a, b))),
        size.wide()
            ? below(size, sum, a)
            : binary(Operator.GE, binary(Operator.ADD, a, b), number(1L << 32)),
        size.wide()
            ? overflow(a, not64(binary(Operator.XOR, a, b)), sum)
            : binary(Operator.NE, sum, result(size, sum)));
  }

  /** {@return the flags after an operation on bits, of what fits in a register} */
  static List<Op> ofBits(A64Register size, Operand result) {
    Operand none = binary(Operator.AND, result, ZERO);
    return flags(binary(Operator.LT, size.signed(result), ZERO), not(result), none, none);
  }

  /**
   * {@return a sum or difference of numbers with a sign as it fits in a register, with its sign}
   */
  private static Operand result(A64Register size, Operand exact) {
    return size.signed(size.fit(exact));
  }

  /** {@return whether a number without a sign is less than another} */
  private static Operand below(A64Register size, Operand a, Operand b) {
    Operand sign = number(size.wide() ? Long.MIN_VALUE : 0);
    return size.wide()
        ? binary(Operator.LT, binary(Operator.XOR, a, sign), binary(Operator.XOR, b, sign))
        : binary(Operator.LT, a, b);
  }

  /** {@return whether the sign changed where operands' signs do not let it} */
  private static Operand overflow(Operand a, Operand mayNot, Operand result) {
    Operand changed = binary(Operator.XOR, a, result);
    return binary(Operator.LT, binary(Operator.AND, mayNot, changed), ZERO);
  }

  private static Operand not64(Operand value) {
    return binary(Operator.XOR, value, number(-1));
  }

  private static List<Op> flags(Operand n, Operand z, Operand c, Operand v) {
    return List.of(move(N, n), move(Z, z), move(C, c), move(V, v));
  }

  private static Op move(Operand flag, Operand value) {
    return new Op.Move(((Operand.Register) flag).name(), value);
  }
}
