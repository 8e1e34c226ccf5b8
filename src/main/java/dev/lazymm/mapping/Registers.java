package dev.lazymm.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The registers of an instruction set that a thread may use freely: none that rows name themselves,
 * as x86's accumulator.
 *
 * @param isa the instruction set, as tests name it
 * @param narrow their names for 32 bits
 * @param wide their names for 64 bits, in the same order
 */
public record Registers(String isa, List<String> narrow, List<String> wide) {
  /** r0 of PPC, as a base, is no register; x0 of RISC-V is zero. */
  private static final List<Registers> ALL =
      List.of(
          new Registers("AArch64", numbered("W", 0, 30), numbered("X", 0, 30)),
          new Registers("PPC", numbered("r", 1, 31), numbered("r", 1, 31)),
          new Registers("RISCV", numbered("x", 1, 31), numbered("x", 1, 31)),
          new Registers(
              "X86_64", x86("%ebx %ecx %edx %esi %edi", "d"), x86("%rbx %rcx %rdx %rsi %rdi", "")));

  public Registers {
    narrow = List.copyOf(narrow);
    wide = List.copyOf(wide);
  }

  private static List<String> numbered(String prefix, int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(n -> prefix + n).toList();
  }

  private static List<String> x86(String named, String suffix) {
    return Stream.concat(
            Arrays.stream(named.split(" ")),
            IntStream.rangeClosed(8, 15).mapToObj(n -> "%r" + n + suffix))
        .toList();
  }

  /**
   * {@return those of an instruction set}
   *
   * @throws MappingException if none are known
   */
  public static Registers of(String isa) {
    return ALL.stream()
        .filter(r -> r.isa.equals(isa))
        .findFirst()
        .orElseThrow(() ->
            new MappingException(
                "there is no instruction set %s; expected one of %s"
                    .formatted(isa, String.join(", ", isas()))));
  }

  static List<String> isas() {
    return ALL.stream().map(Registers::isa).toList();
  }

  /** {@return how many there are} */
  public int count() {
    return narrow.size();
  }

  /** {@return the name of a register, from 0} */
  public String name(int register, boolean is64) {
    return (is64 ? wide : narrow).get(register);
  }
}
