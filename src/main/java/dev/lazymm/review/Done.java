package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.history.PastBug;
import java.time.Duration;
import java.util.List;

/**
 * A check that was done.
 *
 * @param job what was to be done
 * @param result what came out
 * @param took how long it took
 */
public record Done(Job job, CheckResult result, Duration took) {
  /**
   * {@return the model as reports name it, a what-if as such, with the sites that count for less:
   * {@code armv8 (what-if), B1=removed}}
   */
  public String model() {
    return result.model() + (job.isWhatIf() ? " (what-if)" : "") + weakened();
  }

  /**
   * {@return the model where it is not the usual one, and the sites that count for less: {@code ",
   * model lkmm"}; else empty}
   */
  public String unusualModel() {
    return job.model() == Model.SC ? weakened() : ", model " + model();
  }

  private String weakened() {
    return result.weakened().isNone() ? "" : ", " + result.weakened().text();
  }

  /** {@return the architecture as reports name it, with the bug of the past if there is one} */
  public String on() {
    PastBug bug = job.history();
    return bug == null ? result.arch() : job.arch().name() + " with " + bug.id();
  }

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
