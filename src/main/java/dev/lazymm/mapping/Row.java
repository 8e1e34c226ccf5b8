package dev.lazymm.mapping;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one primitive becomes.
 *
 * @param does the primitive, as {@link Keys} spells it
 * @param kernel what the kernel calls it
 * @param code its instructions, one a line, with holes; none if a compiler barrier is enough
 * @param herd what stands for them in a test for herd7, where that does not read them all; does the
 *     same, but may have an event or an attempt more
 * @param orders of what the machine does ({@link Keys#MACHINE}): {@code nothing}, or the key of the
 *     fence of the same mapping that it is as good as; of primitives, nothing
 * @param note what else there is to say
 * @param source file and function of the kernel that say so
 */
public record Row(
    String does,
    String kernel,
    List<Code> code,
    Optional<List<Code>> herd,
    Optional<String> orders,
    Optional<String> note,
    String source) {
  /** What {@link #orders} says if nothing is known to be ordered. */
  public static final String NOTHING = "nothing";

  /**
   * An instruction with holes.
   *
   * @param text as it stands in the file
   * @param place where it stands
   */
  record Code(String text, Place place) {}

  public Row {
    code = List.copyOf(code);
    herd = herd.map(List::copyOf);
  }

  /** {@return the same in instructions that herd7 reads} */
  Row forHerd() {
    return new Row(does, kernel, herd.orElse(code), Optional.empty(), orders, note, source);
  }

  /** {@return its instructions as they stand in the file} */
  public List<String> template() {
    return code.stream().map(Code::text).toList();
  }

  /**
   * {@return its instructions}
   *
   * @param names what to write for a placeholder: {@code result}, {@code address}, {@code value},
   *     {@code old}, {@code t1}, {@code t2}, {@code status} (a scratch register of 32 bits), {@code
   *     done} and {@code fail}
   * @param wide whether the variable has 64 bits rather than 32
   */
  public List<String> lines(UnaryOperator<String> names, boolean wide) {
    return code.stream().map(c -> Template.fill(c.text(), names, wide)).toList();
  }

  /** {@return the placeholders that its code uses, each once} */
  public List<String> placeholders() {
    return code.stream().flatMap(c -> Template.placeholders(c.text()).stream()).distinct().toList();
  }
}
