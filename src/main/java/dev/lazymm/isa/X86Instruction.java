package dev.lazymm.isa;

import dev.lazymm.isa.Line.Place;
import dev.lazymm.isa.Line.Term;
import dev.lazymm.isa.X86Registers.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An instruction of x86, its operands told apart and in Intel's order: where to comes first.
 *
 * @param line as it is written
 * @param locked whether it has the prefix LOCK
 * @param name without the prefix and without a letter for its size
 * @param arguments its operands; none of a jump
 * @param size of what it computes with, in bytes
 */
record X86Instruction(Line line, boolean locked, String name, List<Argument> arguments, int size) {
  private static final Set<String> SIZED =
      Set.of(
          "mov", "xchg", "add", "sub", "and", "or", "xor", "inc", "dec", "xadd", "cmpxchg", "cmp",
          "test", "nop");

  private static final Map<Character, Integer> SUFFIXES = Map.of('b', 1, 'w', 2, 'l', 4, 'q', 8);

  private static final Map<String, Integer> WORDS =
      Map.of("byte", 1, "word", 2, "dword", 4, "qword", 8);

  /** An operand. */
  sealed interface Argument {
    /** {@return how many bytes it has; 0 if it does not tell} */
    int size();
  }

  /** A register, or the low part of one. */
  record Register(String name, int size) implements Argument {
    Operand value() {
      return Operand.register(name);
    }
  }

  /** What is at an address. */
  record Memory(Operand address, int size) implements Argument {}

  /** A number, or the address of a location. */
  record Constant(Operand value) implements Argument {
    @Override
    public int size() {
      return 0;
    }
  }

  X86Instruction {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads a line.
   *
   * @param wide whether there are operands of 8 bytes, and the line is in AT&T's order
   */
  static X86Instruction of(Line line, X86Registers registers, boolean wide) {
    boolean locked = line.mnemonic().startsWith("lock ");
    String name = locked ? line.mnemonic().substring(5) : line.mnemonic();
    int suffix = 0;
    int end = name.length() - 1;
    if (end > 0 && SIZED.contains(name.substring(0, end))) {
      suffix = SUFFIXES.getOrDefault(name.charAt(end), 0);
      name = suffix > 0 ? name.substring(0, end) : name;
    }
    checkSize(suffix, wide, line.place());
    List<Argument> arguments = new ArrayList<>();
    boolean jumps = name.startsWith("j");
    for (Term term : jumps ? List.<Term>of() : line.terms()) {
      Argument argument = argument(term, registers);
      if (argument instanceof Memory) {
        checkSize(argument.size(), wide, term.place());
      }
      arguments.add(argument);
    }
    // What exchanges with memory is written either way round.
    boolean inMemory =
        (name.endsWith("xchg") || name.equals("xadd"))
            && arguments.stream().anyMatch(Memory.class::isInstance);
    if (inMemory ? arguments.getLast() instanceof Memory : wide) {
      Collections.reverse(arguments);
    }
    return new X86Instruction(line, locked, name, arguments, size(name, suffix, arguments, line));
  }

  private static void checkSize(int size, boolean wide, Place place) {
    if (size == 1 || size == 2) {
      throw new IsaException(
          place,
          "accesses of %d byte%s are not supported: no mixed sizes; expected 4%s"
              .formatted(size, size == 1 ? "" : "s", wide ? " or 8" : ""));
    }
    if (size == 8 && !wide) {
      throw new IsaException(place, "accesses of 8 bytes are for X86_64; expected 4");
    }
  }

  /** {@return the size that the name and all operands agree on} */
  private static int size(String name, int suffix, List<Argument> arguments, Line line) {
    if (name.startsWith("set") || name.startsWith("movz")) {
      return 4;
    }
    int size = suffix;
    for (Argument argument : arguments) {
      int other = argument.size();
      if (size != 0 && other != 0 && size != other) {
        throw new IsaException(
            line.place(),
            "operands of %d and of %d bytes do not go together".formatted(size, other));
      }
      size = Math.max(size, other);
    }
    if (size == 1 || size == 2) {
      throw new IsaException(
          line.place(), "registers of 1 or 2 bytes are only supported in SETcc and MOVZX");
    }
    return size == 0 ? 4 : size;
  }

  // ---- operands --------------------------------------------------------------------------------

  private static Argument argument(Term term, X86Registers registers) {
    return switch (term) {
      case Term.Immediate(long number, _) -> new Constant(Operand.number(number));
      case Term.Address(String location, _) -> new Constant(new Operand.Location(location));
      case Term.Name(String name, Place place) -> {
        Part part = registers.find(name);
        if (part == null) {
          throw new IsaException(
              place, "there is no register %s; a location is written [%s]".formatted(name, name));
        }
        yield new Register(part.register(), part.size());
      }
      case Term.Based(long offset, String base, Place place) -> {
        if (offset != 0) {
          throw new IsaException(place, "offsets are not supported: a location is one variable");
        }
        yield new Memory(address(base, registers, place), 0);
      }
      case Term.Bracket(List<String> sizes, List<Term> inside, boolean writesBack, Place place) -> {
        if (writesBack
            || inside.size() != 1
            || !(inside.getFirst() instanceof Term.Name(String name, _))) {
          throw new IsaException(place, "expected a location or a register in [ ], as in [x]");
        }
        yield new Memory(address(name, registers, place), size(sizes, place));
      }
      case Term.Shift(_, _, Place place) ->
          throw new IsaException(place, "expected a register, a number or an address, as in [x]");
    };
  }

  private static Operand address(String name, X86Registers registers, Place place) {
    Part part = registers.find(name);
    if (part != null && part.size() < 4) {
      throw new IsaException(place, name + " has too few bytes for an address");
    }
    return part == null ? new Operand.Location(name) : Operand.register(part.register());
  }

  private static int size(List<String> words, Place place) {
    if (words.isEmpty()) {
      return 0;
    }
    Integer size = WORDS.get(words.getFirst());
    if (size == null || words.size() > 2 || (words.size() == 2 && !words.get(1).equals("ptr"))) {
      throw new IsaException(place, "expected DWORD PTR or QWORD PTR before [");
    }
    return size;
  }

  // ---- what is asked ---------------------------------------------------------------------------

  /**
   * Checks how many operands there are.
   *
   * @throws IsaException if there are more, or fewer
   */
  X86Instruction expect(int count) {
    if (arguments.size() != count) {
      throw wrong(
          "%s has %d operand%s; expected %d"
              .formatted(name, arguments.size(), arguments.size() == 1 ? "" : "s", count));
    }
    return this;
  }

  Argument first() {
    return arguments.getFirst();
  }

  Argument second() {
    return arguments.get(1);
  }

  IsaException wrong(String what) {
    return new IsaException(line.place(), what);
  }
}
