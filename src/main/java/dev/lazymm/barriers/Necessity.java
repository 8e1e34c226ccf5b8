package dev.lazymm.barriers;

import dev.lazymm.check.Weakenings;
import dev.lazymm.count.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to a {@link Question}.
 *
 * @param question the question
 * @param baselines what the kernel does as it was written
 * @param cells each site weakened alone, in each way, under each model; by site, form, model
 * @param relaxed what can be weakened together, for each model of the architecture's own
 * @param roundTrip what an idle round trip costs with the kernel as it was written
 * @param checks how many checks were done
 * @param executions how many executions were explored
 * @param replays how many executions were led along one that broke something before
 * @param cut whether the time was over before all was done
 */
public record Necessity(
    Question question,
    List<Baseline> baselines,
    List<Cell> cells,
    List<Relaxed> relaxed,
    Count roundTrip,
    long checks,
    long executions,
    long replays,
    boolean cut) {
  public Necessity {
    baselines = List.copyOf(baselines);
    cells = List.copyOf(cells);
    relaxed = List.copyOf(relaxed);
  }

  /**
   * {@return how many full barriers an idle round trip has}
   *
   * @param weakened sites that are none any more
   */
  public int fullBarriers(Weakenings weakened) {
    Map<String, Integer> left = new HashMap<>(roundTrip.barriers());
    left.keySet().removeAll(weakened.forms().keySet());
    return Count.total(left);
  }

  /** {@return whether some answer is open} */
  public boolean inconclusive() {
    return cut
        || cells.stream().anyMatch(c -> c.answer() == Cell.Answer.INCONCLUSIVE)
        || relaxed.stream().anyMatch(r -> !r.complete());
  }
}
