package dev.lazymm.barriers;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a {@link Sieve}.
 *
 * @param needed the sites without which something breaks, and a scenario in which it does
 * @param notNeeded those without which nothing does, in any scenario
 * @param open those of which nothing can be said, as a bound was hit
 * @param baselines what the kernel does as it was written; only what holds counts
 * @param executions how many executions were explored
 */
public record Sieved(
    SortedMap<String, String> needed,
    List<String> notNeeded,
    List<String> open,
    List<Baseline> baselines,
    long executions) {
  public Sieved {
    needed = Collections.unmodifiableSortedMap(new TreeMap<>(needed));
    notNeeded = List.copyOf(notNeeded);
    open = List.copyOf(open);
    baselines = List.copyOf(baselines);
  }

  Sieved(
      Map<String, String> needed,
      List<String> notNeeded,
      List<String> open,
      List<Baseline> baselines,
      long executions) {
    this(new TreeMap<>(needed), notNeeded, open, baselines, executions);
  }
}
