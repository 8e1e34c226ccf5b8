package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RISC-V of 64 bits, whose registers have as many; nothing is selected without a branch. */
final class RiscVDialect extends Dialect {
  private static final Map<Operator, String> WORDS =
      Map.of(
          Operator.ADD, "add",
          Operator.SUB, "sub",
          Operator.AND, "and",
          Operator.OR, "or",
          Operator.XOR, "xor",
          Operator.SHL, "sll");

  private static final Map<Operator, String> IMMEDIATE =
      Map.of(
          Operator.ADD, "addi",
          Operator.AND, "andi",
          Operator.OR, "ori",
          Operator.XOR, "xori",
          Operator.SHL, "slli");

  RiscVDialect(Isa isa) {
    super(isa);
  }

  private String text(Arg arg) {
    return text(arg, true);
  }

  @Override
  String text(long number) {
    return number == 0 ? "x0" : super.text(number);
  }

  @Override
  List<String> move(String to, Arg from, boolean wide) {
    return List.of(
        switch (from) {
          case Arg.Constant(long number) when fits(number) ->
              "ori %s,x0,%d".formatted(text(to, wide), number);
          case Arg.Constant(long number) -> "li %s,%d".formatted(text(to, wide), number);
          default -> "mv %s,%s".formatted(text(to, wide), text(from));
        });
  }

  private static boolean fits(long number) {
    return number >= -2048 && number <= 2047;
  }

  @Override
  Optional<List<String>> binary(
      Operator operator, String to, Register left, Arg right, boolean wide) {
    String target = text(to, wide);
    if (right instanceof Arg.Constant(long number)) {
      String word = IMMEDIATE.get(operator);
      return word != null && fits(number)
          ? Optional.of(List.of("%s %s,%s,%d".formatted(word, target, text(left), number)))
          : Optional.empty();
    }
    String word = WORDS.get(operator);
    return word == null
        ? compare(operator, target, text(left), text(right))
        : Optional.of(List.of("%s %s,%s,%s".formatted(word, target, text(left), text(right))));
  }

  private static Optional<List<String>> compare(
      Operator operator, String to, String left, String right) {
    String differs = "xor %s,%s,%s".formatted(to, left, right);
    String less = "slt %s,%s,%s".formatted(to, left, right);
    String greater = "slt %s,%s,%s".formatted(to, right, left);
    String not = "xori %s,%s,1".formatted(to, to);
    return switch (operator) {
      case EQ -> Optional.of(List.of(differs, "seqz %s,%s".formatted(to, to)));
      case NE -> Optional.of(List.of(differs, "snez %s,%s".formatted(to, to)));
      case LT -> Optional.of(List.of(less));
      case GE -> Optional.of(List.of(less, not));
      case GT -> Optional.of(List.of(greater));
      case LE -> Optional.of(List.of(greater, not));
      default -> Optional.empty();
    };
  }

  @Override
  boolean compares(long number) {
    return number == 0;
  }

  @Override
  Optional<List<String>> select(
      String to, Register condition, Register then, Register otherwise, boolean wide) {
    return Optional.empty();
  }

  @Override
  List<String> branch(Operator operator, Register left, Arg right, String label, boolean wide) {
    String word =
        switch (operator) {
          case EQ -> "beq";
          case NE -> "bne";
          case LT, GT -> "blt";
          default -> "bge";
        };
    boolean swapped = operator == Operator.GT || operator == Operator.LE;
    return List.of(
        "%s %s,%s,%s"
            .formatted(word, text(swapped ? right : left), text(swapped ? left : right), label));
  }

  @Override
  String jump(String label) {
    return "j " + label;
  }
}
