package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame without its graph: the choices that led from where the frame began to where it is, and
 * those not yet tried in it. What is between two choices follows from the graph alone, so the graph
 * can always be grown again. A list of levels, the last choice of each but the last being the
 * revisit that began the next, is a place in the exploration, and what is left to do from there.
 *
 * <p>Choices name events by their stamps, and nothing else: a level means the same to every
 * explorer of the program, in whatever process.
 *
 * @param applied the choices done that are in effect, in their order
 * @param untried the choices not yet tried, the next to be tried last
 */
record Level(List<Choice> applied, List<Choice> untried) {
  /** Everything is still to do. */
  static final List<Level> ALL = List.of(new Level(List.of(), List.of(Choice.ALL)));

  Level {
    applied = List.copyOf(applied);
    untried = List.copyOf(untried);
  }

  /** {@return this without the choices that the next one to be tried undoes} */
  Level trimmed() {
    int from = untried.getLast().from();
    List<Choice> kept = new ArrayList<>(applied);
    while (!kept.isEmpty() && kept.getLast().from() >= from) {
      kept.removeLast();
    }
    return new Level(kept, untried);
  }

  /** {@return this with nothing left to do} */
  Level done() {
    return new Level(applied, List.of());
  }
}
