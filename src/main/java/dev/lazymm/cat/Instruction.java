package dev.lazymm.cat;

import dev.lazymm.cat.Expr.Binding;
import dev.lazymm.cat.Expr.Condition;
import dev.lazymm.cat.Expr.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instruction of the language as it stands in the text. */
sealed interface Instruction {
  /** {@return where it begins} */
  Place at();

  /** herd's name of the flag of a program that is undefined. */
  String UNDEFINED = "*undef*";

  /** What a test does when it fails, or, for a flag, when it holds. */
  enum Kind {
    /** Failing it rejects the candidate. */
    CHECK,
    /** Holding raises a flag. */
    FLAG,
    /** Failing it makes the program undefined. */
    UNDEFINED_UNLESS,
    /** Failing it says that the model does not apply. */
    ASSERT
  }

  /** What is tested of a set or relation. */
  enum Property {
    ACYCLIC,
    IRREFLEXIVE,
    EMPTY
  }

  /** {@code [~]acyclic e [as name]}. */
  record Test(
      Place at, Kind kind, boolean negated, Property property, Expr of, @Nullable String name)
      implements Instruction {
    /** {@return what it is called in results: its name, or a standing phrase} */
    String flagName() {
      return switch (kind) {
        case CHECK, FLAG -> name == null ? "unnamed" : name;
        case UNDEFINED_UNLESS -> UNDEFINED;
        case ASSERT -> "assertion-failed" + (name == null ? "" : "-" + name);
      };
    }
  }

  record Let(Place at, boolean recursive, List<Binding> bindings, @Nullable Test when)
      implements Instruction {}

  record Show(Place at, List<String> names) implements Instruction {}

  record ShowAs(Place at, Expr of, String name) implements Instruction {}

  record Unshow(Place at, List<String> names) implements Instruction {}

  record Include(Place at, String file) implements Instruction {}

  record Procedure(
      Place at, boolean recursive, String name, Pattern parameter, List<Instruction> body)
      implements Instruction {}

  record Call(Place at, String procedure, Expr argument) implements Instruction {}

  /** Prints a value in herd; here it only says that the value must exist. */
  record Debug(Place at, Expr of) implements Instruction {}

  record ForAll(Place at, String name, Expr of, List<Instruction> body) implements Instruction {}

  /** {@code with name from set}: the rest of the file for each element. */
  record With(Place at, String name, Expr set) implements Instruction {}

  record Match(
      Place at,
      Expr of,
      Map<String, List<Instruction>> cases,
      @Nullable List<Instruction> otherwise)
      implements Instruction {}

  record If(Place at, Condition condition, List<Instruction> yes, List<Instruction> no)
      implements Instruction {}

  /** {@code enum Name = 'a || 'b}. */
  record Enumeration(Place at, String name, List<String> tags) implements Instruction {}

  /** {@code instructions R[..]} or {@code default R[..]}. */
  record Declare(Place at, boolean isDefault, String name, List<Expr> sets)
      implements Instruction {}
}
