package dev.lazymm.review;

import java.util.List;

/**
 * What became of a claim.
 *
 * @param claim the claim
 * @param found what was found, in words
 * @param agreement whether that is what was expected
 * @param checks how many checks were done
 * @param executions how many executions they explored
 * @param commands what to type to see it again: a line for each part
 */
public record ClaimResult(
    Claim claim,
    String found,
    Agreement agreement,
    int checks,
    long executions,
    List<String> commands) {
  /** Whether found is expected. */
  public enum Agreement {
    YES,
    NO,
    /** A bound was hit before it was clear. */
    UNKNOWN
  }

  public ClaimResult {
    commands = List.copyOf(commands);
  }
}
