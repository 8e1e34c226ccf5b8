package dev.lazymm.review;

import dev.lazymm.kernel.history.PastBug;
import java.util.List;

/**
 * A bug of the past as an experiment: it must be found in a kernel that has it, and be gone from
 * the one that has not.
 *
 * @param bug the bug
 * @param runs where it is looked for
 * @param note what differs from what was said of it, and why; empty if nothing does
 */
public record Regression(PastBug bug, List<Run> runs, String note) {
  /**
   * One scenario, checked twice under each model.
   *
   * @param scenario its name
   * @param design the lifetime design
   * @param arch the architecture
   * @param models the memory models
   * @param broken invariants that must be broken before the fix; empty if nothing may be
   * @param goneWith the design with the fix; another one where the fix came as one
   * @param goneOn the architecture with the fix; another one where the fix came as one
   */
  public record Run(
      String scenario,
      String design,
      String arch,
      List<String> models,
      List<String> broken,
      String goneWith,
      String goneOn) {
    public Run {
      models = List.copyOf(models);
      broken = List.copyOf(broken);
    }

    /** Under sequential consistency these must be broken. */
    static Run breaks(String scenario, String design, String arch, String... broken) {
      return new Run(scenario, design, arch, List.of("sc"), List.of(broken), design, arch);
    }

    /** Nothing is broken, fix or no fix. */
    static Run unseen(String scenario, String design, String arch) {
      return breaks(scenario, design, arch);
    }

    /** {@return the same under other models} */
    Run under(String... others) {
      return new Run(scenario, design, arch, List.of(others), broken, goneWith, goneOn);
    }

    /** {@return the same, fixed in another design} */
    Run goneWith(String other) {
      return new Run(scenario, design, arch, models, broken, other, goneOn);
    }

    /** {@return the same, fixed on another architecture} */
    Run goneOn(String other) {
      return new Run(scenario, design, arch, models, broken, goneWith, other);
    }
  }

  /**
   * One that cannot be run.
   *
   * @param id its number
   * @param fixed the commit that ended it
   * @param about what went wrong, in a line
   * @param why what it needs that is not modelled, or why it is no matter of executions
   */
  public record LeftOut(String id, String fixed, String about, String why) {}

  public Regression {
    runs = List.copyOf(runs);
  }

  /** {@return its number} */
  public String id() {
    return bug.id();
  }
}
