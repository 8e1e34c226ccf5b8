package dev.lazymm.litmus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test shows under a model.
 *
 * @param states the final states reached, as text, sorted
 * @param positive consistent executions that satisfy the condition
 * @param negative consistent executions that do not
 * @param flags the flags raised, sorted
 * @param strays accesses to what is no location, such as NULL, that may happen, as far as was seen;
 *     executions with them are left out, as by herd
 * @param cut whether some consistent execution would go round a loop more often than was allowed
 * @param complete whether all executions were looked at; false when time was up
 * @param conditionOnly whether only executions that decide the condition were looked at
 * @param witness an execution that satisfies the condition (of a {@code forall}: that does not)
 */
public record Result(
    List<String> states,
    long positive,
    long negative,
    List<String> flags,
    List<String> strays,
    boolean cut,
    boolean complete,
    boolean conditionOnly,
    @Nullable Execution witness) {
  /** How often the condition is satisfied. */
  public enum Observation {
    NEVER("Never"),
    SOMETIMES("Sometimes"),
    ALWAYS("Always");

    private final String word;

    Observation(String word) {
      this.word = word;
    }

    /** {@return herd's word for it} */
    public String word() {
      return word;
    }
  }

  /** {@return how often the condition is satisfied, by what was looked at} */
  public Observation observation() {
    if (positive == 0) {
      return Observation.NEVER;
    }
    return negative == 0 && !conditionOnly ? Observation.ALWAYS : Observation.SOMETIMES;
  }

  /**
   * {@return whether more executions than were looked at could change the answer: time was up or a
   * loop was cut}
   */
  public boolean isInconclusive() {
    return !complete || (cut && observation() != Observation.SOMETIMES);
  }
}
