package dev.lazymm.barriers;

import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakening;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One site weakened alone in one way under one model.
 *
 * @param site the site's name
 * @param form what became of it
 * @param model the memory model
 * @param answer whether it is needed
 * @param finding what breaks; null unless it is needed
 * @param broken in which scenarios something breaks; only the first looked for unless every one was
 *     asked for
 * @param scenarios how many scenarios come by the site, and hold as the kernel is
 */
public record Cell(
    String site,
    Weakening form,
    Model model,
    Answer answer,
    @Nullable Finding finding,
    List<String> broken,
    int scenarios) {
  /** Whether a site is needed as strong as it is. */
  public enum Answer {
    /** Something breaks without. */
    NEEDED,
    /** Nothing breaks without, in any scenario. */
    NOT_NEEDED,
    /** Nothing broke, but not all was looked at. */
    INCONCLUSIVE,
    /** It can make no difference: the model keeps all in order. */
    NO_DIFFERENCE,
    /** No scenario that holds comes by it. */
    NOT_REACHED
  }

  /**
   * What breaks.
   *
   * @param subject the scenario
   * @param invariant what is broken
   * @param what one sentence about it
   */
  public record Finding(Subject subject, String invariant, String what) {
    /** {@return a violation as it is told} */
    static Finding of(Subject subject, Violation violation) {
      return new Finding(subject, violation.invariant(), violation.what());
    }
  }

  public Cell {
    broken = List.copyOf(broken);
  }
}
