package dev.lazymm.isa;

import dev.lazymm.isa.Line.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operands of an instruction of RISC-V. */
final class RiscVOperands {
  /** What a fence may order. */
  static final List<String> KINDS = List.of("r", "w", "rw");

  /** By the names of a procedure's arguments, temporaries and so on. */
  private static final Map<String, String> ALIASES = aliases();

  /** Takes what is written to x0. */
  private static final String NOWHERE = "nowhere";

  private static Map<String, String> aliases() {
    Map<String, String> all = new HashMap<>();
    List<String> names =
        List.of(
            ("zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7"
                    + " s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6")
                .split(" "));
    for (int i = 0; i < names.size(); i++) {
      all.put(names.get(i), "x" + i);
      all.put("x" + i, "x" + i);
    }
    all.put("fp", "x8");
    return all;
  }

  /** {@return how a register is called, whichever of its names is given; null if it is none} */
  static @Nullable String register(String name) {
    return ALIASES.get(name.toLowerCase(Locale.ROOT));
  }

  private final Line line;

  RiscVOperands(Line line) {
    this.line = line;
  }

  IsaException error(String problem) {
    return new IsaException(line.place(), line.mnemonic() + ": " + problem);
  }

  IsaException unknown() {
    return new IsaException(
        line.place(), "there is no instruction " + line.mnemonic() + " in RISCV");
  }

  void expect(int count, String what) {
    if (line.terms().size() != count) {
      throw error("expected " + what);
    }
  }

  void allow(String order, String... allowed) {
    if (!List.of(allowed).contains(order)) {
      throw unknown();
    }
  }

  private Term term(int index) {
    return line.terms().get(index);
  }

  private String named(int index) {
    Term term = term(index);
    String register = term instanceof Term.Name(String name, _) ? register(name) : null;
    if (register == null) {
      String found = term instanceof Term.Name(String name, _) ? "; there is none " + name : "";
      throw new IsaException(term.place(), "expected a register, as x5 or a0" + found);
    }
    return register;
  }

  String target(int index) {
    String register = named(index);
    return register.equals("x0") ? NOWHERE : register;
  }

  Operand value(int index) {
    return read(named(index));
  }

  private Operand read(String register) {
    return register.equals("x0") ? Operand.number(0) : Operand.register(register);
  }

  long number(int index) {
    if (term(index) instanceof Term.Immediate(long number, _)) {
      return number;
    }
    throw new IsaException(term(index).place(), "expected a number");
  }

  Operand immediate(int index, long least, long most) {
    long number = number(index);
    if (number < least || number > most) {
      throw new IsaException(
          term(index).place(),
          "expected a number from %d to %d, found %d".formatted(least, most, number));
    }
    return Operand.number(number);
  }

  String label(int index) {
    if (term(index) instanceof Term.Name(String name, _)) {
      return name;
    }
    throw new IsaException(term(index).place(), "expected a label");
  }

  Operand address(int index) {
    if (term(index) instanceof Term.Based(long offset, String base, var place)) {
      String register = register(base);
      if (register == null) {
        throw new IsaException(place, "expected a register, as in 0(x6); there is none " + base);
      }
      if (offset != 0) {
        throw new IsaException(
            place, "mixed-size tests are not supported: a location has nothing at an offset");
      }
      return read(register);
    }
    throw new IsaException(term(index).place(), "expected an address, as 0(x6)");
  }

  /** {@return what a fence orders: {@code rw.w}} Of devices nothing is known, nor lost. */
  String fence() {
    if (line.terms().isEmpty()) {
      return "rw.rw";
    }
    expect(2, "nothing, or what is before it and what is after, as in fence rw,w");
    List<String> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String given = term(i) instanceof Term.Name(String name, _) ? name : "";
      String memory = given.toLowerCase(Locale.ROOT).replaceFirst("^i?o?(?=r?w?$)", "");
      if (!KINDS.contains(memory)) {
        throw new IsaException(term(i).place(), "expected one of " + String.join(", ", KINDS));
      }
      both.add(memory);
    }
    return String.join(".", both);
  }
}
