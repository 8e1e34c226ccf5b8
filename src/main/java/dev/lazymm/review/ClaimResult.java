package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a claim.
 *
 * @param claim the claim
 * @param parts what became of each part, in the claim's order
 */
public record ClaimResult(Claim claim, List<PartResult> parts) {
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
    /** What comes out is what is written down here, and not what the literature expects. */
    DIFFERS,
    NO,
    /** A bound was hit before it was clear. */
    UNKNOWN,
    /** Nothing was judged: there is no experiment. */
    UNJUDGED
  }

  public ClaimResult {
    parts = List.copyOf(parts);
  }

  /** {@return whether all parts give what they must} */
  public Agreement agreement() {
    if (any(Agreement.NO)) {
      return Agreement.NO;
    }
    if (any(Agreement.UNKNOWN)) {
      return Agreement.UNKNOWN;
    }
    if (!claim.differs().isEmpty()) {
      return Agreement.DIFFERS;
    }
    return any(Agreement.YES) ? Agreement.YES : Agreement.UNJUDGED;
  }

  private boolean any(Agreement one) {
    return parts.stream().anyMatch(p -> p.agreement() == one);
  }

  /** {@return what was found, in words} */
  public String found() {
    return parts.stream().map(PartResult::found).collect(Collectors.joining("; "));
  }

  /** {@return how many checks were done} */
  public int checks() {
    return parts.stream().mapToInt(PartResult::checks).sum();
  }

  /** {@return how many executions they explored} */
  public long executions() {
    return parts.stream().mapToLong(PartResult::executions).sum();
  }

  /** {@return what the executions of its checks cost, if the claim is about that} */
  public List<Cost> costs() {
    return parts.stream().flatMap(p -> p.costs().stream()).toList();
  }

  /** {@return what to type to see it again: a line for each part that a command can show} */
  public List<String> commands() {
    return parts.stream().map(PartResult::command).filter(c -> !c.isEmpty()).toList();
  }
}
