package dev.lazymm.barriers;

import dev.lazymm.check.Counterexample;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one scenario: with which sites weakened everything holds, and executions that
 * broke something, to be replayed. What holds with many weakened holds with any of them, as order
 * that is taken away only adds executions. Owned by one thread at a time.
 */
final class Known {
  private final Map<Model, List<Weakenings>> holding = new LinkedHashMap<>();
  private final List<Counterexample> broken = new ArrayList<>();

  /** {@return one that knows the same, and learns on its own} */
  Known copy() {
    Known copy = new Known();
    holding.forEach((model, some) -> copy.holding.put(model, new ArrayList<>(some)));
    copy.broken.addAll(broken);
    return copy;
  }

  /** Everything holds with these. */
  void holds(Model model, Weakenings sites) {
    holding.computeIfAbsent(model, m -> new ArrayList<>()).add(sites);
  }

  /** Something is broken in these. */
  void breaks(Collection<Counterexample> found) {
    broken.addAll(found);
  }

  /** {@return the executions that broke something, the latest first} */
  List<Counterexample> broken() {
    return broken.reversed();
  }

  /** {@return whether everything is known to hold with these} */
  boolean isToHold(Model model, Weakenings sites) {
    return holding.getOrDefault(model, List.of()).stream().anyMatch(w -> isWithin(sites, w));
  }

  /** Whether all that some take away others take away too, and besides that order alone. */
  private static boolean isWithin(Weakenings some, Weakenings others) {
    return some.isWithin(others)
        && others.forms().entrySet().stream()
            .allMatch(e -> some.forms().containsKey(e.getKey()) || isOfOrder(e.getValue()));
  }

  /** {@return whether a form takes away order and nothing else} */
  static boolean isOfOrder(Weakening form) {
    return switch (form) {
      case REMOVED, RELAXED, ACQUIRE, RELEASE -> true;
      case IRQ_ON, NO_WAIT, SKIPPED -> false;
    };
  }
}
