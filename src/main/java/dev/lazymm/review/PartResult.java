package dev.lazymm.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one part of a claim.
 *
 * @param part the part
 * @param found what was found, in words
 * @param agreement whether that is what the part must give
 * @param checks how many checks were done
 * @param executions how many executions they explored
 * @param costs what the executions of its checks cost, if the part is about that
 * @param counts what was counted, if the part counts
 * @param command what to type to see it again; empty for what no command can show
 * @param witness the shortest execution that breaks what the part says is broken, or breaks what it
 *     says holds; null if there is none
 */
public record PartResult(
    Part part,
    String found,
    ClaimResult.Agreement agreement,
    int checks,
    long executions,
    List<ClaimResult.Cost> costs,
    List<Counted> counts,
    String command,
    @Nullable Witnessed witness) {
  /**
   * An execution that shows it.
   *
   * @param what how it ends, one sentence
   * @param steps how many steps it takes
   * @param command what draws it
   */
  public record Witnessed(String what, int steps, String command) {}

  public PartResult {
    costs = List.copyOf(costs);
    counts = List.copyOf(counts);
  }
}
