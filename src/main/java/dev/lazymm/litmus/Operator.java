package dev.lazymm.litmus;

import java.util.function.LongBinaryOperator;

/** C's operations on two numbers; comparisons give 1 or 0. */
public enum Operator {
  ADD("+", (a, b) -> a + b),
  SUB("-", (a, b) -> a - b),
  MUL("*", (a, b) -> a * b),
  DIV("/", (a, b) -> a / b),
  MOD("%", (a, b) -> a % b),
  AND("&", (a, b) -> a & b),
  OR("|", (a, b) -> a | b),
  XOR("^", (a, b) -> a ^ b),
  AND_NOT("&~", (a, b) -> a & ~b),
  SHL("<<", (a, b) -> a << b),
  SHR(">>", (a, b) -> a >> b),
  EQ("==", (a, b) -> a == b ? 1 : 0),
  NE("!=", (a, b) -> a != b ? 1 : 0),
  LT("<", (a, b) -> a < b ? 1 : 0),
  LE("<=", (a, b) -> a <= b ? 1 : 0),
  GT(">", (a, b) -> a > b ? 1 : 0),
  GE(">=", (a, b) -> a >= b ? 1 : 0),
  LOGICAL_AND("&&", (a, b) -> a != 0 && b != 0 ? 1 : 0),
  LOGICAL_OR("||", (a, b) -> a != 0 || b != 0 ? 1 : 0);

  private final String sign;
  private final LongBinaryOperator function;

  Operator(String sign, LongBinaryOperator function) {
    this.sign = sign;
    this.function = function;
  }

  /** {@return as it is written in C} */
  public String sign() {
    return sign;
  }

  /**
   * {@return the result}
   *
   * @throws ArithmeticException on a division by zero
   */
  public long apply(long a, long b) {
    return function.applyAsLong(a, b);
  }
}
