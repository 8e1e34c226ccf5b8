package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import java.util.List;

/**
 * A check that was done.
 *
 * @param job what was to be done
 * @param result what came out
 */
public record Done(Job job, CheckResult result) {
  /** {@return what is broken, the gravest first; empty if nothing is} */
  public List<Violation> violations() {
    return result.verdict() instanceof Verdict.Violated violated
        ? violated.violations()
        : List.of();
  }

  /** {@return whether a bound was hit before anything was found} */
  public boolean inconclusive() {
    return result.verdict() instanceof Verdict.Inconclusive;
  }

  /** {@return whether this one is broken} */
  public boolean breaks(String invariant) {
    return violations().stream().anyMatch(v -> v.invariant().equals(invariant));
  }
}
