package dev.lazymm.isa;

/** What an instruction computes with. */
public sealed interface Operand {
  /** What is in a register. */
  record Register(String name) implements Operand {}

  /** A number. */
  record Immediate(long number) implements Operand {}

  /** The address of a location that the instruction names. */
  record Location(String name) implements Operand {}

  /** An operation on two. */
  record Binary(Operator operator, Operand left, Operand right) implements Operand {}

  /** {@return what is in a register} */
  static Operand register(String name) {
    return new Register(name);
  }

  /** {@return a number} */
  static Operand number(long number) {
    return new Immediate(number);
  }

  /** {@return an operation on two; what adds 0 is left out} */
  static Operand binary(Operator operator, Operand left, Operand right) {
    return operator == Operator.ADD && right.equals(new Immediate(0))
        ? left
        : new Binary(operator, left, right);
  }
}
