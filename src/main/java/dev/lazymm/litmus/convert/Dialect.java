package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.convert.Arg.Register;
import dev.lazymm.mapping.Registers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How an instruction set says what every program needs. Instructions are lists of lines; what there
 * is no instruction for is empty.
 *
 * <p>Comparisons are of signed numbers. That {@code wide} is so means 64 bits, else it is 32.
 */
abstract class Dialect {
  private final Isa isa;
  private final Registers written;
  private final List<String> registers;

  Dialect(Isa isa) {
    this.isa = isa;
    this.written = Registers.of(isa.name());
    this.registers =
        IntStream.range(0, written.count())
            .mapToObj(i -> Objects.requireNonNull(isa.register(bare(written.name(i, true)))))
            .toList();
  }

  private static String bare(String register) {
    return register.replace("%", "");
  }

  /** {@return the instruction set} */
  final Isa isa() {
    return isa;
  }

  /** {@return the registers that may be given out, as reports call them, the first first} */
  final List<String> registers() {
    return registers;
  }

  /** {@return a register as it is written in an instruction} */
  final String text(String register, boolean wide) {
    return written.name(registers.indexOf(register), wide);
  }

  /**
   * {@return an operand as it is written in an instruction}
   *
   * @throws IllegalArgumentException of a location, which is none
   */
  final String text(Arg arg, boolean wide) {
    return switch (arg) {
      case Register(String name) -> text(name, wide);
      case Arg.Constant(long number) -> text(number);
      case Arg.Location(String name) -> throw new IllegalArgumentException(name);
    };
  }

  /** {@return a number as it is written in an instruction} */
  String text(long number) {
    return Long.toString(number);
  }

  /** {@return an address as it is written inside of the brackets of an instruction} */
  final String address(Arg address) {
    return switch (address) {
      case Register(String name) -> text(name, true);
      case Arg.Location(String name) -> name;
      case Arg.Constant(long number) -> Long.toString(number);
    };
  }

  /** {@return whether an instruction can name a location, so that no register need hold it} */
  boolean namesLocations() {
    return false;
  }

  /** {@return {@code to := from}} */
  abstract List<String> move(String to, Arg from, boolean wide);

  /** {@return {@code to := left operator right}, also of comparisons} */
  abstract Optional<List<String>> binary(
      Operator operator, String to, Register left, Arg right, boolean wide);

  /** {@return {@code to := condition != 0 ? then : otherwise}} */
  abstract Optional<List<String>> select(
      String to, Register condition, Register then, Register otherwise, boolean wide);

  /** {@return go to a label if {@code left operator right}, a comparison} */
  abstract List<String> branch(
      Operator operator, Register left, Arg right, String label, boolean wide);

  /** {@return whether {@link #branch} takes a number on the right} */
  abstract boolean compares(long number);

  /** {@return go to a label} */
  abstract String jump(String label);
}
