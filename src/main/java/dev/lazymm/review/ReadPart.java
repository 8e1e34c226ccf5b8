package dev.lazymm.review;

import java.util.List;
import java.util.Set;

/**
 * Who reads a pointer to an mm that is gone ({@link dev.lazymm.count.StaleReads}), over all orders
 * of the actions of scenarios.
 *
 * @param scenarios names, or beginnings and {@code *}
 * @param designs the designs
 * @param arches the architectures
 * @param reads every place that must be found to read one, and no other: {@code exec_mmap reads
 *     active_mm}
 * @param uses every place that must be found to follow one, and no other
 */
public record ReadPart(
    List<String> scenarios,
    List<String> designs,
    List<String> arches,
    Set<String> reads,
    Set<String> uses)
    implements Part {
  public ReadPart {
    scenarios = List.copyOf(scenarios);
    designs = List.copyOf(designs);
    arches = List.copyOf(arches);
    reads = Set.copyOf(reads);
    uses = Set.copyOf(uses);
  }

  @Override
  public String asks() {
    return "stale pointers, %s on %s over %s"
        .formatted(
            String.join(", ", designs), String.join(", ", arches), String.join(" ", scenarios));
  }

  @Override
  public String gives() {
    return words(reads, uses);
  }

  /** {@return what reads and what follows, in words} */
  static String words(Set<String> reads, Set<String> uses) {
    String compared = reads.isEmpty() ? "nothing reads one" : sorted(reads);
    String followed = uses.isEmpty() ? "nothing follows one" : sorted(uses);
    return compared + "; " + followed;
  }

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }
}
