package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * POWER, where nothing is selected. What compares without a branch are differences, and the leading
 * zeros of them; an order only of 32 bits, as a difference of 64 may be too large.
 */
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
    return text(arg, true);
  }

  @Override
  List<String> move(String to, Arg from, boolean wide) {
    return List.of((from instanceof Register ? "mr " : "li ") + text(to, wide) + "," + text(from));
  }

  @Override
  Optional<List<String>> binary(
      Operator operator, String to, Register left, Arg right, boolean wide) {
    if (CONDITIONS.containsKey(operator)) {
      return compare(operator, to, left, right, wide);
    }
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

  private Optional<List<String>> compare(
      Operator operator, String to, Register left, Arg right, boolean wide) {
    boolean equality = operator == Operator.EQ || operator == Operator.NE;
    boolean number = right instanceof Arg.Constant;
    if (number && !(equality && right instanceof Arg.Constant(long n) && n == (n & 0xffff))) {
      return Optional.empty();
    }
    if (wide && !equality) {
      return Optional.empty();
    }
    String target = text(to, wide);
    List<String> lines = new ArrayList<>();
    if (equality) {
      boolean zero = right.equals(new Arg.Constant(0));
      if (!zero) {
        String word = number ? "xori" : "xor";
        lines.add("%s %s,%s,%s".formatted(word, target, text(left), text(right)));
      }
      lines.add("cntlz%s %s,%s".formatted(wide ? "d" : "w", target, zero ? text(left) : target));
      lines.add("sr%s %s,%s,%d".formatted(wide ? "di" : "wi", target, target, wide ? 6 : 5));
    } else {
      boolean swapped = operator == Operator.GT || operator == Operator.LE;
      Arg one = swapped ? right : left;
      Arg other = swapped ? left : right;
      lines.add("sub %s,%s,%s".formatted(target, text(one), text(other)));
      lines.add("srdi %s,%s,63".formatted(target, target));
    }
    if (operator == Operator.NE || operator == Operator.GE || operator == Operator.LE) {
      lines.add("xori %s,%s,1".formatted(target, target));
    }
    return Optional.of(lines);
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
