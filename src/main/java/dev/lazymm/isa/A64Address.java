package dev.lazymm.isa;

import static dev.lazymm.isa.Operand.binary;

import dev.lazymm.isa.Line.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address as ARMv8's loads and stores have it.
 *
 * @param access where memory is accessed
 * @param base the register that the address begins with
 * @param update what is written to it after the access; null if nothing is
 */
record A64Address(Operand access, A64Register base, @Nullable Operand update) {
  /** {@return what the instruction does besides the access} */
  List<Op> after() {
    return update == null ? List.of() : List.of(new Op.Move(base.name(), update));
  }

  /** {@return the address that begins with a term and is the instruction's last} */
  static A64Address any(A64Terms terms, int index) {
    Term.Bracket bracket = terms.bracket(index);
    A64Register base = base(bracket);
    Operand start = Operand.register(base.name());
    List<Term> inside = bracket.inside();
    if (terms.count() > index + 1) {
      Operand after = Operand.number(terms.number(index + 1, -256, 255));
      if (inside.size() > 1 || bracket.writesBack()) {
        throw new IsaException(
            bracket.place(), "expected only a register before an offset, as in [X0],#8");
      }
      return new A64Address(start, base, binary(Operator.ADD, start, after));
    }
    if (inside.size() == 1) {
      if (bracket.writesBack()) {
        throw new IsaException(bracket.place(), "expected an offset, as in [X0,#8]!");
      }
      return new A64Address(start, base, null);
    }
    if (inside.get(1) instanceof Term.Immediate && inside.size() == 2) {
      long offset = A64Terms.number(inside.get(1), -256, bracket.writesBack() ? 255 : 32760);
      Operand access = binary(Operator.ADD, start, Operand.number(offset));
      return new A64Address(access, base, bracket.writesBack() ? access : null);
    }
    if (bracket.writesBack() || inside.size() > 3) {
      throw new IsaException(
          bracket.place(), "expected an address, as in [X0,#8]! or [X0,X1,LSL #3]");
    }
    return new A64Address(
        binary(Operator.ADD, start, index(inside, terms.register(0).size())), base, null);
  }

  private static Operand index(List<Term> inside, int size) {
    A64Register register = A64Terms.register(inside.get(1));
    if (inside.size() == 2) {
      if (!register.wide()) {
        throw new IsaException(
            inside.get(1).place(), "expected a register of 64 bits, or SXTW or UXTW after it");
      }
      return register.value();
    }
    A64Terms.Shift shift = A64Terms.shift(inside.get(2));
    boolean fits =
        switch (shift.name()) {
          case "SXTW", "UXTW" -> !register.wide();
          case "LSL", "SXTX" -> register.wide();
          default -> false;
        };
    if (!fits) {
      throw new IsaException(
          shift.place(), register.wide() ? "expected LSL or SXTX" : "expected SXTW or UXTW");
    }
    int scale = Integer.numberOfTrailingZeros(size);
    if (shift.amount() != 0 && shift.amount() != scale) {
      throw new IsaException(
          shift.place(),
          "expected a shift by 0 or by %d, as %d bytes are accessed".formatted(scale, size));
    }
    return shift.name().equals("LSL")
        ? A64Terms.shifted(register, shift)
        : A64Terms.extended(register, shift);
  }

  /** {@return an address that is only a register} */
  static Operand simple(A64Terms terms, int index) {
    Term.Bracket bracket = terms.bracket(index);
    A64Register base = base(bracket);
    boolean zero =
        bracket.inside().size() == 1
            || (bracket.inside().size() == 2
                && bracket.inside().get(1) instanceof Term.Immediate(long number, _)
                && number == 0);
    if (!zero || bracket.writesBack() || terms.count() > index + 1) {
      throw new IsaException(
          bracket.place(), "expected an address that is only a register, as in [X0]");
    }
    return Operand.register(base.name());
  }

  private static A64Register base(Term.Bracket bracket) {
    A64Register base = A64Terms.register(bracket.inside().getFirst());
    if (!base.wide() || base.isZero()) {
      throw new IsaException(
          bracket.inside().getFirst().place(), "expected a register of 64 bits, as in [X0]");
    }
    return base;
  }

  /**
   * Checks that the register which is loaded or stored is not the base, if that is written, too.
   */
  void checkApart(A64Register register, A64Terms terms) {
    if (update != null && register.name().equals(base.name())) {
      throw new IsaException(
          terms.place(), "the base register is also what is loaded or stored; use two registers");
    }
  }
}
