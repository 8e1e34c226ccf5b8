package dev.lazymm.isa;

import static dev.lazymm.isa.Operand.binary;
import static dev.lazymm.isa.Operand.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** ARMv8's instructions that compute with registers. */
final class A64Arithmetic {
  private static final long NONE = -1;

  private final String mnemonic;
  private final A64Terms terms;

  private A64Arithmetic(Line line) {
    mnemonic = line.mnemonic();
    terms = new A64Terms(line);
  }

  /** {@return what an instruction does; null if it does not compute with registers} */
  static @Nullable List<Op> decode(Line line) {
    return new A64Arithmetic(line).decode();
  }

  private @Nullable List<Op> decode() {
    return switch (mnemonic) {
      case "mov" -> move();
      case "movz", "movn", "movk" -> moveWide();
      case "mvn" -> not();
      case "neg", "negs" -> negate();
      case "add", "sub", "adds", "subs" -> sum(3);
      case "cmp", "cmn" -> sum(2);
      case "and", "orr", "eor", "bic", "orn", "eon", "ands", "bics" -> bits(3);
      case "tst" -> bits(2);
      case "lsl", "lsr", "asr", "ror" -> shift();
      case "mul" -> multiply();
      case "sxtb", "sxth", "sxtw", "uxtb", "uxth", "uxtw" -> extend();
      case "csel", "csinc", "csinv", "csneg" -> select();
      case "cset", "csetm" -> set();
      case "cinc", "cinv", "cneg" -> change();
      default -> null;
    };
  }

  private static List<Op> write(A64Register target, Operand value) {
    return target.isZero() ? List.of() : List.of(new Op.Move(target.name(), target.fit(value)));
  }

  // ---- moves -----------------------------------------------------------------------------------

  private List<Op> move() {
    terms.expect(2, 2, "MOV X0,X1");
    A64Register target = terms.register(0);
    return write(
        target,
        terms.isNumber(1)
            ? number(
                target.wide()
                    ? terms.number(1, Long.MIN_VALUE, Long.MAX_VALUE)
                    : terms.number(1, Integer.MIN_VALUE, 0xffff_ffffL))
            : terms.register(1, target).value());
  }

  private List<Op> moveWide() {
    terms.expect(2, 3, mnemonic.toUpperCase(Locale.ROOT) + " X0,#1,LSL #16");
    A64Register target = terms.register(0);
    long number = terms.number(1, 0, 0xffff);
    long by = 0;
    if (terms.count() == 3) {
      A64Terms.Shift shift = terms.shift(2);
      if (!shift.name().equals("LSL")
          || shift.amount() % 16 != 0
          || shift.amount() < 0
          || shift.amount() >= target.bits()) {
        throw new IsaException(
            shift.place(), "expected LSL by 0, 16, 32 or 48 bits that the register has");
      }
      by = shift.amount();
    }
    Operand value = number(number << by);
    return write(
        target,
        switch (mnemonic) {
          case "movz" -> value;
          case "movn" -> number(~(number << by));
          default ->
              binary(
                  Operator.OR,
                  binary(Operator.AND_NOT, target.value(), number(0xffffL << by)),
                  value);
        });
  }

  private List<Op> not() {
    terms.expect(2, 3, "MVN X0,X1");
    A64Register target = terms.register(0);
    return write(target, binary(Operator.XOR, terms.shifted(1, target, true), number(NONE)));
  }

  private List<Op> extend() {
    terms.expect(2, 2, mnemonic.toUpperCase(Locale.ROOT) + " X0,W1");
    A64Register target = terms.register(0);
    String name = mnemonic.toUpperCase(Locale.ROOT);
    A64Register source = terms.narrow(1);
    return write(target, A64Terms.extended(source, new A64Terms.Shift(name, 0, terms.place())));
  }

  // ---- sums ------------------------------------------------------------------------------------

  /** {@return the register that is computed with; with 2 operands there is no target before it} */
  private A64Register first(int operands) {
    terms.expect(
        operands,
        operands + 1,
        mnemonic.toUpperCase(Locale.ROOT) + (operands == 3 ? " X0,X1,X2" : " X0,X1"));
    A64Register target = terms.register(0);
    return operands == 3 ? terms.register(1, target) : target;
  }

  /** Adds or subtracts, sets the flags or does not; with 2 operands there is no target. */
  private List<Op> sum(int operands) {
    A64Register first = first(operands);
    Operand a = first.value();
    Operand b = terms.last(operands - 1, first, true);
    boolean adds = mnemonic.startsWith("add") || mnemonic.equals("cmn");
    List<Op> all = new ArrayList<>();
    // Flags come first, as the target may be an operand, too.
    if (operands == 2 || mnemonic.endsWith("s")) {
      all.addAll(adds ? A64Flags.ofAdd(first, a, b) : A64Flags.ofSub(first, a, b));
    }
    if (operands == 3) {
      all.addAll(write(terms.register(0), binary(adds ? Operator.ADD : Operator.SUB, a, b)));
    }
    return all;
  }

  private List<Op> negate() {
    terms.expect(2, 3, "NEG X0,X1");
    A64Register target = terms.register(0);
    Operand value = terms.shifted(1, target, false);
    List<Op> all = new ArrayList<>();
    if (mnemonic.equals("negs")) {
      all.addAll(A64Flags.ofSub(target, number(0), value));
    }
    all.addAll(write(target, binary(Operator.SUB, number(0), value)));
    return all;
  }

  private List<Op> multiply() {
    terms.expect(3, 3, "MUL X0,X1,X2");
    A64Register target = terms.register(0);
    return write(
        target,
        binary(Operator.MUL, terms.register(1, target).value(), terms.register(2, target).value()));
  }

  // ---- bits ------------------------------------------------------------------------------------

  private List<Op> bits(int operands) {
    A64Register first = first(operands);
    Operand last = terms.last(operands - 1, first, false);
    Operand value =
        switch (mnemonic) {
          case "and", "ands", "tst" -> binary(Operator.AND, first.value(), last);
          case "bic", "bics" -> binary(Operator.AND_NOT, first.value(), last);
          case "orr" -> binary(Operator.OR, first.value(), last);
          case "orn" -> binary(Operator.OR, first.value(), inverted(last));
          case "eor" -> binary(Operator.XOR, first.value(), last);
          default -> binary(Operator.XOR, first.value(), inverted(last));
        };
    List<Op> all = new ArrayList<>();
    if (operands == 2 || mnemonic.endsWith("s")) {
      all.addAll(A64Flags.ofBits(first, value));
    }
    if (operands == 3) {
      all.addAll(write(terms.register(0), value));
    }
    return all;
  }

  private static Operand inverted(Operand value) {
    return binary(Operator.XOR, value, number(NONE));
  }

  private List<Op> shift() {
    terms.expect(3, 3, mnemonic.toUpperCase(Locale.ROOT) + " X0,X1,#1");
    A64Register target = terms.register(0);
    Operand by =
        terms.isNumber(2)
            ? number(terms.number(2, 0, target.bits() - 1))
            : binary(Operator.AND, terms.register(2, target).value(), number(target.bits() - 1));
    return write(
        target,
        A64Terms.shifted(
            terms.register(1, target), mnemonic.toUpperCase(Locale.ROOT), by, terms.place()));
  }

  // ---- selections ------------------------------------------------------------------------------

  private List<Op> select() {
    terms.expect(4, 4, mnemonic.toUpperCase(Locale.ROOT) + " X0,X1,X2,EQ");
    A64Register target = terms.register(0);
    return selected(
        target,
        terms.condition(3),
        terms.register(1, target).value(),
        changed(terms.register(2, target).value(), mnemonic.substring(2)));
  }

  private List<Op> set() {
    terms.expect(2, 2, mnemonic.toUpperCase(Locale.ROOT) + " X0,EQ");
    return selected(
        terms.register(0), terms.asking(1), number(mnemonic.equals("cset") ? 1 : NONE), number(0));
  }

  private List<Op> change() {
    terms.expect(3, 3, mnemonic.toUpperCase(Locale.ROOT) + " X0,X1,EQ");
    A64Register target = terms.register(0);
    Operand value = terms.register(1, target).value();
    return selected(target, terms.asking(2), changed(value, mnemonic.substring(1)), value);
  }

  private static Operand changed(Operand value, String how) {
    return switch (how) {
      case "inc" -> binary(Operator.ADD, value, number(1));
      case "inv" -> inverted(value);
      case "neg" -> binary(Operator.SUB, number(0), value);
      default -> value;
    };
  }

  private static List<Op> selected(
      A64Register target, Operand condition, Operand then, Operand otherwise) {
    if (condition.equals(A64Flags.ALWAYS) || target.isZero()) {
      return write(target, then);
    }
    return List.of(
        new Op.Select(target.name(), condition, target.fit(then), target.fit(otherwise)));
  }
}
