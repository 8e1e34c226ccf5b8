package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** x86-64, in AT&T's order: what is changed comes last. */
final class X86Dialect extends Dialect {
  private static final Map<Operator, String> WORDS =
      Map.of(
          Operator.ADD, "add",
          Operator.SUB, "sub",
          Operator.AND, "and",
          Operator.OR, "or",
          Operator.XOR, "xor");

  private static final Map<Operator, String> CONDITIONS =
      Map.of(
          Operator.EQ, "e",
          Operator.NE, "ne",
          Operator.LT, "l",
          Operator.LE, "le",
          Operator.GT, "g",
          Operator.GE, "ge");

  X86Dialect(Isa isa) {
    super(isa);
  }

  @Override
  boolean namesLocations() {
    return true;
  }

  @Override
  String text(long number) {
    return "$" + number;
  }

  private String line(String word, Arg from, String to, boolean wide) {
    return "%s%s %s,%s".formatted(word, wide ? "q" : "l", text(from, wide), text(to, wide));
  }

  @Override
  List<String> move(String to, Arg from, boolean wide) {
    return List.of(line("mov", from, to, wide));
  }

  @Override
  Optional<List<String>> binary(
      Operator operator, String to, Register left, Arg right, boolean wide) {
    if (!fits(right)) {
      return Optional.empty();
    }
    String condition = CONDITIONS.get(operator);
    if (condition != null) {
      return Optional.of(
          List.of(
              line("cmp", right, left.name(), wide),
              line("mov", new Arg.Constant(0), to, wide),
              "set%s %s".formatted(condition, low(to))));
    }
    if (operator == Operator.SUB && right instanceof Arg.Constant(long number) && fits(-number)) {
      return binary(Operator.ADD, to, left, new Arg.Constant(-number), wide); // as herd reads it
    }
    String word = WORDS.get(operator);
    if (word == null) {
      return Optional.empty();
    }
    String change = line(word, right, to, wide);
    return Optional.of(
        left.name().equals(to) ? List.of(change) : List.of(line("mov", left, to, wide), change));
  }

  /** {@return the low byte of a register} */
  private String low(String register) {
    String narrow = text(register, false);
    return narrow.endsWith("d")
        ? narrow.substring(0, narrow.length() - 1) + "b"
        : "%" + (narrow.endsWith("x") ? narrow.substring(2, 3) : narrow.substring(2)) + "l";
  }

  private static boolean fits(Arg right) {
    return !(right instanceof Arg.Constant(long number)) || fits(number);
  }

  private static boolean fits(long number) {
    return number == (int) number;
  }

  @Override
  boolean compares(long number) {
    return fits(number);
  }

  @Override
  Optional<List<String>> select(
      String to, Register condition, Register then, Register otherwise, boolean wide) {
    String test = line("cmp", new Arg.Constant(0), condition.name(), wide);
    return Optional.of(
        then.name().equals(to)
            ? List.of(test, "cmove %s,%s".formatted(text(otherwise, wide), text(to, wide)))
            : List.of(
                test,
                line("mov", otherwise, to, wide),
                "cmovne %s,%s".formatted(text(then, wide), text(to, wide))));
  }

  @Override
  List<String> branch(Operator operator, Register left, Arg right, String label, boolean wide) {
    return List.of(
        line("cmp", right, left.name(), wide), "j%s %s".formatted(CONDITIONS.get(operator), label));
  }

  @Override
  String jump(String label) {
    return "jmp " + label;
  }
}
