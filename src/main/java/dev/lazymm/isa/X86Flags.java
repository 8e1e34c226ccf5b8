package dev.lazymm.isa;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * x86's flags, of which two numbers are kept: those compared, or a result and 0. That gives all
 * conditions but those of carry, overflow and parity.
 */
final class X86Flags {
  // Registers of no program: none can write a name with a dot in front.

  /** Flags tell how this and {@link #RIGHT} compare. */
  static final String LEFT = ".left";

  static final String RIGHT = ".right";

  /** By what follows J, SET or CMOV. Herd has lt and gt. */
  private static final Map<String, Operator> CONDITIONS =
      Map.ofEntries(
          Map.entry("e", Operator.EQ),
          Map.entry("z", Operator.EQ),
          Map.entry("ne", Operator.NE),
          Map.entry("nz", Operator.NE),
          Map.entry("l", Operator.LT),
          Map.entry("lt", Operator.LT),
          Map.entry("nge", Operator.LT),
          Map.entry("s", Operator.LT),
          Map.entry("le", Operator.LE),
          Map.entry("ng", Operator.LE),
          Map.entry("g", Operator.GT),
          Map.entry("gt", Operator.GT),
          Map.entry("nle", Operator.GT),
          Map.entry("ge", Operator.GE),
          Map.entry("nl", Operator.GE),
          Map.entry("ns", Operator.GE));

  private static final Set<String> NOT_KEPT =
      Set.of(
          "a", "ae", "b", "be", "c", "na", "nae", "nb", "nbe", "nc", "no", "np", "o", "p", "pe",
          "po");

  private X86Flags() {}

  /** {@return whether a condition holds; or null if there is none of that name that is kept} */
  static @Nullable Operand condition(String word) {
    Operator operator = CONDITIONS.get(word);
    return operator == null
        ? null
        : Operand.binary(operator, Operand.register(LEFT), Operand.register(RIGHT));
  }

  /** {@return whether there is a condition of that name, but none that is kept} */
  static boolean isNotKept(String word) {
    return NOT_KEPT.contains(word);
  }
}
