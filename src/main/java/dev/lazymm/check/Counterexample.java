package dev.lazymm.check;

import java.util.Arrays;
import java.util.List;

/**
 * An execution that breaks something, for the same scenario to be {@linkplain Checker#replay led
 * along} when other sites count for less, or under another model. It says what each read reads, the
 * coherence order of each cell, and where each interrupt is taken; nothing of it belongs to the run
 * that found it. Immutable, so that any thread may use it.
 */
public final class Counterexample {
  private final Graph graph;
  private final List<String> known;

  /**
   * @param graph nobody changes it any more
   * @param known the footprint of the run that found it, as {@link Saved#known} tells it
   */
  Counterexample(Graph graph, List<String> known) {
    this.graph = graph.copy();
    Arrays.fill(this.graph.payload, null);
    this.known = List.copyOf(known);
  }

  Graph graph() {
    return graph;
  }

  List<String> known() {
    return known;
  }
}
