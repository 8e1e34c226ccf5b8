package dev.lazymm.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Of each thing that is broken, the execution that shows it best so far: one in which another CPU
 * does the harm goes before one in which none does, then fewer events before the harm. Most are
 * improved on, so what is kept is the graph; a {@link Witness} is made of the last one only.
 */
final class Shortest {
  private record Best(Finding finding, int size, Graph graph) {}

  private final Map<String, Best> broken = new HashMap<>();

  boolean isEmpty() {
    return broken.isEmpty();
  }

  void clear() {
    broken.clear();
  }

  /** Notes that an execution breaks something. */
  void note(String invariant, Finding finding, Execution x) {
    Best old = broken.get(invariant);
    if (old != null && old.finding().cross() && !finding.cross()) {
      return;
    }
    int size = IntStream.of(WitnessMaker.needed(x, finding)).sum();
    if (old == null || (finding.cross() && !old.finding().cross()) || size < old.size()) {
      broken.put(invariant, new Best(finding, size, x.keptGraph()));
    }
  }

  /** {@return what is broken of an invariant, with a witness; empty if nothing is} */
  Optional<Violation> violation(
      String invariant, Explorer explorer, Function<Graph, Execution> executions) {
    Best best = broken.get(invariant);
    if (best == null) {
      return Optional.empty();
    }
    Execution x = executions.apply(best.graph());
    Witness w = new WitnessMaker(explorer, x, best.finding()).make();
    return Optional.of(new Violation(invariant, best.finding().what(), w));
  }
}
