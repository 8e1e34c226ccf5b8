package dev.lazymm.isa;

import static dev.lazymm.isa.Operand.binary;

import dev.lazymm.isa.A64Register.Arithmetic;
import dev.lazymm.isa.Line.Place;
import dev.lazymm.isa.Line.Term;
import java.util.Locale;

/** What an instruction of ARMv8 is written with. */
final class A64Terms {
  private final Line line;

  A64Terms(Line line) {
    this.line = line;
  }

  int count() {
    return line.terms().size();
  }

  Place place() {
    return line.place();
  }

  /**
   * Checks how many there are.
   *
   * @param as an example
   */
  void expect(int least, int most, String as) {
    if (count() < least || count() > most) {
      throw new IsaException(
          count() > most ? line.terms().get(most).place() : line.place(),
          "%s takes %s, as in %s"
              .formatted(
                  line.mnemonic(),
                  least == most ? operands(least) : least + " to " + operands(most),
                  as));
    }
  }

  private static String operands(int n) {
    return n == 0 ? "no operands" : n == 1 ? "1 operand" : n + " operands";
  }

  A64Register register(int index) {
    return register(line.terms().get(index));
  }

  /** {@return a register of the same size as another} */
  A64Register register(int index, A64Register like) {
    A64Register found = register(index);
    if (found.wide() != like.wide()) {
      throw new IsaException(
          line.terms().get(index).place(),
          "expected a register of %d bits, as the others are".formatted(like.bits()));
    }
    return found;
  }

  /** {@return a register of 32 bits} */
  A64Register narrow(int index) {
    A64Register found = register(index);
    if (found.wide()) {
      throw new IsaException(
          line.terms().get(index).place(), "expected a register of 32 bits, as in W1");
    }
    return found;
  }

  static A64Register register(Term term) {
    if (!(term instanceof Term.Name(String name, Place place))) {
      throw new IsaException(term.place(), "expected a register");
    }
    A64Register found = A64Register.of(name);
    if (found == null) {
      throw new IsaException(place, "there is no register " + name);
    }
    return found;
  }

  boolean isNumber(int index) {
    return line.terms().get(index) instanceof Term.Immediate;
  }

  boolean isBracket(int index) {
    return line.terms().get(index) instanceof Term.Bracket;
  }

  Term.Bracket bracket(int index) {
    if (line.terms().get(index) instanceof Term.Bracket bracket && bracket.sizes().isEmpty()) {
      return bracket;
    }
    throw new IsaException(
        line.terms().get(index).place(), "expected an address in brackets, as in [X0]");
  }

  long number(int index, long least, long most) {
    return number(line.terms().get(index), least, most);
  }

  static long number(Term term, long least, long most) {
    if (!(term instanceof Term.Immediate(long number, Place place))) {
      throw new IsaException(term.place(), "expected a number, as in #1");
    }
    if (number < least || number > most) {
      throw new IsaException(place, "expected a number from %d to %d".formatted(least, most));
    }
    return number;
  }

  String label(int index) {
    if (line.terms().get(index) instanceof Term.Name(String name, _)) {
      return name;
    }
    throw new IsaException(line.terms().get(index).place(), "expected a label");
  }

  /** {@return whether a condition holds} */
  Operand condition(int index) {
    Term term = line.terms().get(index);
    Operand found = term instanceof Term.Name(String name, _) ? A64Flags.condition(name) : null;
    if (found == null) {
      throw new IsaException(term.place(), "expected a condition, as in EQ");
    }
    return found;
  }

  /** {@return whether a condition holds that asks about flags} */
  Operand asking(int index) {
    Operand condition = condition(index);
    if (condition.equals(A64Flags.ALWAYS)) {
      throw new IsaException(
          line.terms().get(index).place(), "expected a condition other than AL and NV, as in EQ");
    }
    return condition;
  }

  /**
   * {@return the last operand of an arithmetic instruction, from an index on: a number, or a
   * register that may be shifted or extended}
   *
   * @param like a register of the size of the result
   * @param sum whether it is added or subtracted: then a number may be shifted, and a register
   *     extended, but not rotated
   */
  Operand last(int index, A64Register like, boolean sum) {
    if (isNumber(index)) {
      return like.fit(immediate(index, sum));
    }
    if (sum && count() > index + 1) {
      Shift shift = shift(index + 1);
      if (shift.isExtension()) {
        return like.fit(extended(extensible(index, like, shift), shift));
      }
    }
    return shifted(index, like, !sum);
  }

  private Operand immediate(int index, boolean sum) {
    long number = ((Term.Immediate) line.terms().get(index)).number();
    if (count() == index + 1) {
      return Operand.number(number);
    }
    if (!sum) {
      throw new IsaException(
          line.terms().get(index + 1).place(), "expected nothing more after a number");
    }
    Shift shift = shift(index + 1);
    if (!shift.name.equals("LSL") || (shift.amount != 0 && shift.amount != 12)) {
      throw new IsaException(shift.place, "expected LSL #0 or LSL #12");
    }
    return Operand.number(number << shift.amount);
  }

  /** {@return a register that has as many bits as its extension needs, and not too many} */
  private A64Register extensible(int index, A64Register like, Shift shift) {
    A64Register register = register(index);
    if (register.wide() ? !like.wide() : like.wide() && shift.name.endsWith("X")) {
      throw new IsaException(
          line.terms().get(index).place(),
          "expected a register of %d bits, as %s extends it".formatted(like.bits(), shift.name));
    }
    return register;
  }

  /**
   * {@return a register that may be shifted, from an index on}
   *
   * @param like a register of the same size
   * @param rotates whether it may also be rotated
   */
  Operand shifted(int index, A64Register like, boolean rotates) {
    A64Register register = register(index, like);
    if (count() == index + 1) {
      return register.value();
    }
    Shift shift = shift(index + 1);
    if (shift.name.equals("ROR") && !rotates) {
      throw new IsaException(shift.place, "expected LSL, LSR or ASR: only bits are rotated");
    }
    return like.fit(shifted(register, shift));
  }

  /**
   * A shift or an extension.
   *
   * @param amount by how many bits to the left, or in which direction the name says
   */
  record Shift(String name, long amount, Place place) {
    boolean isExtension() {
      return isExtension(name);
    }

    private static boolean isExtension(String name) {
      return name.matches("(?i)[SU]XT[BHWX]");
    }
  }

  Shift shift(int index) {
    return shift(line.terms().get(index));
  }

  static Shift shift(Term term) {
    return switch (term) {
      case Term.Name(String name, Place place) when Shift.isExtension(name) ->
          new Shift(name.toUpperCase(Locale.ROOT), 0, place);
      case Term.Shift(String name, long amount, Place place) ->
          new Shift(name.toUpperCase(Locale.ROOT), amount, place);
      default ->
          throw new IsaException(term.place(), "expected a shift or an extension, as in LSL #1");
    };
  }

  /** {@return a register, extended as an operand of 64 bits is} */
  static Operand extended(A64Register register, Shift shift) {
    if (shift.amount < 0 || shift.amount > 4) {
      throw new IsaException(shift.place, "expected a shift from 0 to 4");
    }
    if (register.isZero()) {
      return Operand.number(0);
    }
    Operand all = Operand.register(register.name());
    int bits =
        switch (shift.name.charAt(3)) {
          case 'B' -> 8;
          case 'H' -> 16;
          case 'W' -> 32;
          default -> 64;
        };
    Operand low = bits == 64 ? all : Arithmetic.unsigned(all, bits);
    Operand value = bits < 64 && shift.name.startsWith("S") ? Arithmetic.signed(low, bits) : low;
    return shift.amount == 0 ? value : binary(Operator.SHL, value, Operand.number(shift.amount));
  }

  /** {@return a register, shifted; more bits than it has are not cut off} */
  static Operand shifted(A64Register register, Shift shift) {
    if (shift.amount < 0 || shift.amount >= register.bits()) {
      throw new IsaException(shift.place, "expected a shift from 0 to " + (register.bits() - 1));
    }
    return shifted(register, shift.name, Operand.number(shift.amount), shift.place);
  }

  /** {@return a register, shifted by an amount that is less than its bits} */
  static Operand shifted(A64Register register, String name, Operand by, Place place) {
    Operand value = register.value();
    return switch (name) {
      case "LSL" -> binary(Operator.SHL, value, by);
      case "LSR" -> right(register, value, by);
      case "ASR" -> binary(Operator.SHR, register.signed(value), by);
      case "ROR" ->
          binary(
              Operator.OR,
              right(register, value, by),
              // By one less, and one more, so that nothing is shifted by all bits.
              binary(
                  Operator.SHL,
                  binary(Operator.SHL, value, Operand.number(1)),
                  binary(Operator.SUB, Operand.number(register.bits() - 1), by)));
      default ->
          throw new IsaException(
              place, "expected LSL, LSR, ASR, ROR%s".formatted(" or an extension, as in SXTW"));
    };
  }

  private static Operand right(A64Register register, Operand value, Operand by) {
    Operand shifted = binary(Operator.SHR, value, by);
    if (!register.wide()) {
      return shifted;
    }
    Operand copies =
        binary(Operator.SHL, Operand.number(-2), binary(Operator.SUB, Operand.number(63), by));
    return binary(Operator.AND_NOT, shifted, copies);
  }
}
