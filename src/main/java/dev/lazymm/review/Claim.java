package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import java.util.List;

/**
 * A published claim as an experiment.
 *
 * @param id its number in the literature's list of experiments: {@code E07}
 * @param claim what was said
 * @param modes designs and architectures, in words
 * @param expected what the experiment should give, in words
 * @param parts what is checked, and what each part must give
 */
public record Claim(String id, String claim, String modes, String expected, List<Part> parts) {
  /** What every check of a part must give. */
  public enum Outcome {
    /** Nothing is broken. */
    HOLDS,
    /** Nothing is broken, and each state that a scenario says exists is reached. */
    REACHED,
    /** {@link Part#what} is broken. */
    VIOLATED,
    /** No execution of any scenario has one of {@link Part#what}. */
    FREE,
    /** On each architecture some execution of some scenario has one of {@link Part#what}. */
    COSTS
  }

  /**
   * A set of checks of which all must give the same.
   *
   * @param scenarios the name of a scenario, or a beginning and {@code *}
   * @param designs the designs
   * @param arches the architectures; empty for the usual ones
   * @param outcome what each must give
   * @param what the invariant to be broken, or what is counted ({@link CheckResult#costs}); empty
   *     if nothing
   * @param saying what the violation must say; empty for anything
   */
  public record Part(
      String scenarios,
      List<String> designs,
      List<String> arches,
      Outcome outcome,
      String what,
      String saying) {
    /** {@return whether the part is about what executions cost, not about what they break} */
    boolean counts() {
      return outcome == Outcome.FREE || outcome == Outcome.COSTS;
    }

    public Part {
      designs = List.copyOf(designs);
      arches = List.copyOf(arches);
    }

    static Part holds(String scenarios, List<String> designs, List<String> arches) {
      return new Part(scenarios, designs, arches, Outcome.HOLDS, "", "");
    }

    static Part reached(String scenarios, List<String> designs, List<String> arches) {
      return new Part(scenarios, designs, arches, Outcome.REACHED, "", "");
    }

    static Part breaks(
        String scenarios, List<String> designs, List<String> arches, String what, String saying) {
      return new Part(scenarios, designs, arches, Outcome.VIOLATED, what, saying);
    }

    static Part free(String scenarios, List<String> designs, List<String> arches, String what) {
      return new Part(scenarios, designs, arches, Outcome.FREE, what, "");
    }

    static Part costs(String scenarios, List<String> designs, List<String> arches, String what) {
      return new Part(scenarios, designs, arches, Outcome.COSTS, what, "");
    }
  }

  public Claim {
    parts = List.copyOf(parts);
  }
}
