package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import java.util.List;
import java.util.Map;

/**
 * What became of a claim.
 *
 * @param claim the claim
 * @param found what was found, in words
 * @param agreement whether that is what was expected
 * @param checks how many checks were done
 * @param executions how many executions they explored
 * @param costs what the executions of its checks cost, if the claim is about that
 * @param commands what to type to see it again: a line for each part
 */
public record ClaimResult(
    Claim claim,
    String found,
    Agreement agreement,
    int checks,
    long executions,
    List<Cost> costs,
    List<String> commands) {
  /**
   * What one design costs on one architecture, in one execution of any of the scenarios.
   *
   * @param design the lifetime design
   * @param arch the architecture
   * @param ranges the fewest and the most of each thing that is counted
   */
  public record Cost(String design, String arch, Map<String, CheckResult.Range> ranges) {
    public Cost {
      ranges = Map.copyOf(ranges);
    }
  }

  /** Whether found is expected. */
  public enum Agreement {
    YES,
    NO,
    /** A bound was hit before it was clear. */
    UNKNOWN
  }

  public ClaimResult {
    costs = List.copyOf(costs);
    commands = List.copyOf(commands);
  }
}
