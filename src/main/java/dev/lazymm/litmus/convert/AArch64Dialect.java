package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A64. */
final class AArch64Dialect extends Dialect {
  /** An immediate of an addition or comparison has 12 bits. */
  private static final long LARGEST = 4095;

  AArch64Dialect(Isa isa) {
    super(isa);
  }

  @Override
  String text(long number) {
    return "#" + number;
  }

  @Override
  List<String> move(String to, Arg from, boolean wide) {
    return List.of("mov %s,%s".formatted(text(to, wide), text(from, wide)));
  }

  @Override
  Optional<List<String>> binary(
      Operator operator, String to, Register left, Arg right, boolean wide) {
    String condition = condition(operator);
    if (condition != null) {
      return fits(right)
          ? Optional.of(
              List.of(
                  "cmp %s,%s".formatted(text(left, wide), text(right, wide)),
                  "cset %s,%s".formatted(text(to, wide), condition)))
          : Optional.empty();
    }
    String word =
        switch (operator) {
          case ADD -> "add";
          case SUB -> "sub";
          case AND -> "and";
          case OR -> "orr";
          case XOR -> "eor";
          case MUL -> "mul";
          case SHL -> "lsl";
          default -> null;
        };
    boolean sum = operator == Operator.ADD || operator == Operator.SUB;
    return word == null || (sum ? !fits(right) : !(right instanceof Register))
        ? Optional.empty()
        : Optional.of(
            List.of(
                "%s %s,%s,%s"
                    .formatted(word, text(to, wide), text(left, wide), text(right, wide))));
  }

  private boolean fits(Arg right) {
    return !(right instanceof Arg.Constant(long number)) || compares(number);
  }

  @Override
  boolean compares(long number) {
    return number >= 0 && number <= LARGEST;
  }

  private static @Nullable String condition(Operator operator) {
    return switch (operator) {
      case EQ -> "eq";
      case NE -> "ne";
      case LT -> "lt";
      case LE -> "le";
      case GT -> "gt";
      case GE -> "ge";
      default -> null;
    };
  }

  @Override
  Optional<List<String>> select(
      String to, Register condition, Register then, Register otherwise, boolean wide) {
    return Optional.of(
        List.of(
            "cmp %s,#0".formatted(text(condition, wide)),
            "csel %s,%s,%s,ne".formatted(text(to, wide), text(then, wide), text(otherwise, wide))));
  }

  @Override
  List<String> branch(Operator operator, Register left, Arg right, String label, boolean wide) {
    boolean zero = right.equals(new Arg.Constant(0));
    if (zero && operator == Operator.EQ) {
      return List.of("cbz %s,%s".formatted(text(left, wide), label));
    }
    if (zero && operator == Operator.NE) {
      return List.of("cbnz %s,%s".formatted(text(left, wide), label));
    }
    return List.of(
        "cmp %s,%s".formatted(text(left, wide), text(right, wide)),
        "b.%s %s".formatted(condition(operator), label));
  }

  @Override
  String jump(String label) {
    return "b " + label;
  }
}
