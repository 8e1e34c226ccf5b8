package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** POWER. Comparisons give no values here, and nothing is selected. */
final class PpcDialect extends Dialect {
  private static final Map<Operator, String> WORDS =
      Map.of(
          Operator.ADD, "add",
          Operator.SUB, "sub",
          Operator.AND, "and",
          Operator.OR, "or",
          Operator.XOR, "xor",
          Operator.MUL, "mullw");

  private static final Map<Operator, String> CONDITIONS =
      Map.of(
          Operator.EQ, "eq",
          Operator.NE, "ne",
          Operator.LT, "lt",
          Operator.LE, "le",
          Operator.GT, "gt",
          Operator.GE, "ge");

  PpcDialect(Isa isa) {
    super(isa);
  }

  private String text(Arg arg) {
    return switch (arg) {
      case Register(String name) -> text(name, true);
      case Arg.Constant(long number) -> Long.toString(number);
      case Arg.Location(String name) -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  List<String> move(String to, Arg from, boolean wide) {
    return List.of((from instanceof Register ? "mr " : "li ") + text(to, wide) + "," + text(from));
  }

  @Override
  Optional<List<String>> binary(
      Operator operator, String to, Register left, Arg right, boolean wide) {
    String word = WORDS.get(operator);
    if (right instanceof Arg.Constant(long number)) {
      return operator == Operator.ADD && compares(number)
          ? Optional.of(List.of("addi %s,%s,%d".formatted(text(to, wide), text(left), number)))
          : Optional.empty();
    }
    return word == null
        ? Optional.empty()
        : Optional.of(
            List.of("%s %s,%s,%s".formatted(word, text(to, wide), text(left), text(right))));
  }

  @Override
  boolean compares(long number) {
    return number == (short) number;
  }

  @Override
  Optional<List<String>> select(
      String to, Register condition, Register then, Register otherwise, boolean wide) {
    return Optional.empty();
  }

  @Override
  List<String> branch(Operator operator, Register left, Arg right, String label, boolean wide) {
    String word = "cmp" + (wide ? "d" : "w") + (right instanceof Register ? "" : "i");
    return List.of(
        "%s %s,%s".formatted(word, text(left), text(right)),
        "b%s %s".formatted(CONDITIONS.get(operator), label));
  }

  @Override
  String jump(String label) {
    return "b " + label;
  }
}
