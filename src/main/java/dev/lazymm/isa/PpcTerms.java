package dev.lazymm.isa;

import dev.lazymm.isa.Line.Place;
import dev.lazymm.isa.Line.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operands of one of POWER's instructions, taken from the left to the right. */
final class PpcTerms {
  private final Line line;
  private final String form;
  private int next;

  /**
   * @param form how the instruction is written: {@code add rD,rA,rB}
   */
  PpcTerms(Line line, String form) {
    this.line = line;
    this.form = form;
  }

  private IsaException wrong(Place place, String expected) {
    return new IsaException(place, "expected " + expected + ", as in " + form);
  }

  private boolean hasNext() {
    return next < line.terms().size();
  }

  private Term take(String what) {
    if (!hasNext()) {
      throw wrong(line.place(), what + " more");
    }
    return line.terms().get(next++);
  }

  /** {@return the ops of the instruction, of which all has been taken} */
  List<Op> end(Op... ops) {
    if (hasNext()) {
      throw wrong(line.terms().get(next).place(), "nothing more");
    }
    return List.of(ops);
  }

  /** {@return as {@link #end(Op...)}} */
  List<Op> end(Op first, List<Op> rest) {
    List<Op> all = new ArrayList<>(end(first));
    all.addAll(rest);
    return all;
  }

  /** {@return a register: {@code r3}} */
  String register() {
    Term term = take("a register");
    if (term instanceof Term.Name(String name, Place place)) {
      String register = Ppc.general(name);
      if (register != null) {
        return register;
      }
      throw wrong(place, "a register, one of r0 to r31");
    }
    throw wrong(term.place(), "a register, one of r0 to r31");
  }

  /** {@return what is in a register} */
  Operand content() {
    return Operand.register(register());
  }

  /** {@return what is in a register; or 0, if it is r0} */
  Operand contentOrZero() {
    String register = register();
    return register.equals("r0") ? Operand.number(0) : Operand.register(register);
  }

  /** {@return a number} */
  long number() {
    Term term = take("a number");
    if (term instanceof Term.Immediate(long number, _)) {
      return number;
    }
    throw wrong(term.place(), "a number");
  }

  /** {@return a number in a range} */
  long number(long least, long most) {
    Term term = take("a number");
    if (term instanceof Term.Immediate(long number, _) && number >= least && number <= most) {
      return number;
    }
    throw wrong(term.place(), "a number from %d to %d".formatted(least, most));
  }

  /** {@return where a branch goes} */
  String label() {
    Term term = take("a label");
    if (term instanceof Term.Name(String name, _)) {
      return name;
    }
    throw wrong(term.place(), "a label");
  }

  /** {@return a field of the condition register, if there is one next: {@code cr0}; else cr0} */
  String field() {
    String field = hasNext() ? field(line.terms().get(next)) : null;
    if (field == null) {
      return "cr0";
    }
    next++;
    return field;
  }

  private static @Nullable String field(Term term) {
    return term instanceof Term.Name(String name, _) && name.matches("cr[0-7]") ? name : null;
  }

  /** {@return an address: {@code 4(r2)}, or {@code 4,r2}} */
  Operand based() {
    Term term = take("an address");
    if (term instanceof Term.Based(long offset, String base, Place place)) {
      String register = Ppc.general(base);
      if (register == null) {
        throw wrong(place, "an address");
      }
      return address(offset, register, place);
    }
    if (term instanceof Term.Immediate(long offset, Place place)) {
      return address(offset, register(), place);
    }
    throw wrong(term.place(), "an address");
  }

  private static Operand address(long offset, String base, Place place) {
    if (base.equals("r0")) {
      throw new IsaException(
          place, "r0 as a base is the number 0, not what is in r0; expected another register");
    }
    return Operand.binary(Operator.ADD, Operand.register(base), Operand.number(offset));
  }

  /** {@return an address: {@code r3,r2} or {@code 0,r2}; r0 in front is 0, too} */
  Operand indexed() {
    Operand base = Operand.number(0);
    if (hasNext() && line.terms().get(next) instanceof Term.Immediate(long number, Place place)) {
      if (number != 0) {
        throw wrong(place, "a register or 0");
      }
      next++;
    } else {
      base = contentOrZero();
    }
    Operand index = content();
    return base.equals(Operand.number(0)) ? index : Operand.binary(Operator.ADD, base, index);
  }
}
