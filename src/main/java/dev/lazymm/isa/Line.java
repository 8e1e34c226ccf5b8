package dev.lazymm.isa;

import java.util.List;

/**
 * An instruction as it is written, or only labels.
 *
 * @param labels those before it
 * @param mnemonic its name, in lower case, with a blank between words: {@code lock addl}; empty if
 *     there is no instruction
 * @param terms its operands
 * @param place where it is
 * @param text as it is written
 */
public record Line(
    List<String> labels, String mnemonic, List<Term> terms, Place place, String text) {
  /**
   * A place in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Place(int line, int column) {}

  /** An operand as it is written. */
  public sealed interface Term {
    /** {@return where it is} */
    Place place();

    /** A register, a label, a condition: {@code %eax}, {@code LC00}, {@code SXTW}. */
    record Name(String name, Place place) implements Term {}

    /** {@code $1}, {@code #1}, {@code 1}. */
    record Immediate(long number, Place place) implements Term {}

    /** {@code $x}: the address of a location. */
    record Address(String location, Place place) implements Term {}

    /** {@code LSL #2}. */
    record Shift(String name, long amount, Place place) implements Term {}

    /**
     * {@code [X1,W2,SXTW]}, {@code [x]}, {@code dword ptr [x]}.
     *
     * @param sizes the words before it
     * @param writesBack whether a {@code !} follows
     */
    record Bracket(List<String> sizes, List<Term> inside, boolean writesBack, Place place)
        implements Term {
      public Bracket {
        sizes = List.copyOf(sizes);
        inside = List.copyOf(inside);
      }
    }

    /** {@code 4(r2)}, {@code (%eax)}. */
    record Based(long offset, String base, Place place) implements Term {}
  }

  public Line {
    labels = List.copyOf(labels);
    terms = List.copyOf(terms);
  }
}
