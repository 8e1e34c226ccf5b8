package dev.lazymm.isa;

/**
 * C's operations on two numbers, and some that only instructions have; comparisons give 1 or 0. The
 * second operand of {@link #LEADING_ZEROS} is how many bits are looked at, 32 or 64.
 */
public enum Operator {
  ADD("+"),
  SUB("-"),
  MUL("*"),
  DIV("/"),
  MOD("%"),
  AND("&"),
  OR("|"),
  XOR("^"),
  AND_NOT("&~"),
  SHL("<<"),
  SHR(">>"),
  LEADING_ZEROS("clz"),
  EQ("=="),
  NE("!="),
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">="),
  LT_UNSIGNED("<u"),
  MAX("max"),
  MIN("min"),
  MAX_UNSIGNED("maxu"),
  MIN_UNSIGNED("minu"),
  LOGICAL_AND("&&"),
  LOGICAL_OR("||");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** {@return as it is written in C, if it is one of C's} */
  public String sign() {
    return sign;
  }

  /**
   * {@return the result}
   *
   * @throws ArithmeticException on a division by zero
   */
  public long apply(long a, long b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case AND_NOT -> a & ~b;
      case SHL -> a << b;
      case SHR -> a >> b;
      case LEADING_ZEROS ->
          b == Integer.SIZE ? Integer.numberOfLeadingZeros((int) a) : Long.numberOfLeadingZeros(a);
      case EQ -> truth(a == b);
      case NE -> truth(a != b);
      case LT -> truth(a < b);
      case LE -> truth(a <= b);
      case GT -> truth(a > b);
      case GE -> truth(a >= b);
      case LT_UNSIGNED -> truth(Long.compareUnsigned(a, b) < 0);
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case MAX_UNSIGNED -> Long.compareUnsigned(a, b) < 0 ? b : a;
      case MIN_UNSIGNED -> Long.compareUnsigned(a, b) < 0 ? a : b;
      case LOGICAL_AND -> truth(a != 0 && b != 0);
      case LOGICAL_OR -> truth(a != 0 || b != 0);
    };
  }

  private static long truth(boolean b) {
    return b ? 1 : 0;
  }
}
