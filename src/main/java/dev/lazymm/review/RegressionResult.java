package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.review.ClaimResult.Agreement;
import java.util.List;

/**
 * What became of a regression.
 *
 * @param regression the regression
 * @param seen each run under each of its models
 */
public record RegressionResult(Regression regression, List<Seen> seen) {
  /**
   * One scenario under one model.
   *
   * @param run what was asked
   * @param before the check of the kernel that has the bug
   * @param after the check of the one that has not
   */
  public record Seen(Regression.Run run, Done before, Done after) {
    /** {@return whether what was to be broken is, with every execution explored} */
    public Agreement found() {
      if (before.inconclusive()) {
        return Agreement.UNKNOWN;
      }
      boolean ok =
          run.broken().isEmpty()
              ? before.violations().isEmpty()
              : run.broken().stream().allMatch(before::breaks);
      return ok && explored(before) ? Agreement.YES : Agreement.NO;
    }

    /** {@return whether nothing is broken any more, with every execution explored} */
    public Agreement gone() {
      if (after.inconclusive()) {
        return Agreement.UNKNOWN;
      }
      boolean holds = after.result().verdict() instanceof Verdict.Holds;
      return holds && explored(after) ? Agreement.YES : Agreement.NO;
    }

    private static boolean explored(Done done) {
      CheckResult result = done.result();
      return result.bound().complete() && result.executions() > 0;
    }
  }

  public RegressionResult {
    seen = List.copyOf(seen);
  }

  /** {@return whether it was found, and is gone, in each run} */
  public Agreement agreement() {
    List<Agreement> all =
        seen.stream().flatMap(s -> List.of(s.found(), s.gone()).stream()).toList();
    return all.isEmpty() || all.contains(Agreement.NO)
        ? Agreement.NO
        : all.contains(Agreement.UNKNOWN) ? Agreement.UNKNOWN : Agreement.YES;
  }
}
