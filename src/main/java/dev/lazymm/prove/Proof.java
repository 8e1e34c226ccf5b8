package dev.lazymm.prove;

import dev.lazymm.workload.Scenario;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a run.
 *
 * @param question what was asked
 * @param standings how far it came
 * @param stopped why it did not come to the end; null if it did
 * @param scenarios those that were the first to break something, by number
 */
public record Proof(
    Question question,
    Standings standings,
    @Nullable String stopped,
    SortedMap<Long, Scenario> scenarios) {
  public Proof {
    scenarios = new TreeMap<>(scenarios);
  }

  /** {@return whether every scenario was looked at, and every execution of each} */
  public boolean complete() {
    return stopped == null && standings.tallies().stream().allMatch(t -> t.inconclusive() == 0);
  }
}
