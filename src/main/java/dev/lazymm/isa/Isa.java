package dev.lazymm.isa;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An instruction set. */
public interface Isa {
  /** {@return its name on the first line of a litmus test: {@code AArch64}} */
  String name();

  /**
   * {@return what an instruction does}
   *
   * @throws IsaException if it is none, or one that is not supported
   */
  List<Op> decode(Line line);

  /**
   * {@return how a register is called in ops and in reports, whichever of its names is given}, as
   * {@code X0} for {@code W0}; or null if there is no such register
   */
  @Nullable String register(String name);

  /**
   * {@return whether what is in 4 bytes of memory is a number without a sign, in that stores of 4
   * bytes cut it so}
   */
  default boolean unsignedWords() {
    return false;
  }

  /** {@return the sets of events, by tag, that its models may name besides the common ones} */
  Set<String> sets();

  /** {@return the relations that its models may name besides the common ones} */
  Set<String> relations();
}
