package dev.lazymm.barriers;

import dev.lazymm.check.Counterexample;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one scenario: with which sites weakened everything holds, and executions that
 * broke something, to be replayed. What holds with many weakened holds with any of them, as order
 * that is taken away only adds executions, and laws take order for an excuse. Where one accuses by
 * it (an address is made anew before it is used, a task is freed before a reader begins) that is
 * not proven, and the tests compare with each explored alone. Owned by one thread at a time.
 */
final class Known {
  private final Map<Model, List<Weakenings>> holding = new LinkedHashMap<>();
  private final Map<String, Set<Weakening>> uses = new HashMap<>();
  private final List<Counterexample> broken = new ArrayList<>();

  /** {@return one that knows the same, and learns on its own} */
  Known copy() {
    Known copy = new Known();
    holding.forEach((model, some) -> copy.holding.put(model, new ArrayList<>(some)));
    copy.note(uses);
    copy.broken.addAll(broken);
    return copy;
  }

  /**
   * Everything holds with these.
   *
   * @param by the sites that were come by with them, by name, and what can become of each
   */
  void holds(Model model, Weakenings sites, Map<String, Set<Weakening>> by) {
    holding.computeIfAbsent(model, m -> new ArrayList<>()).add(sites);
    note(by);
  }

  private void note(Map<String, Set<Weakening>> by) {
    by.forEach((site, forms) ->
        uses.computeIfAbsent(site, s -> EnumSet.noneOf(Weakening.class)).addAll(forms));
  }

  /** {@return whether weakening a site so can make a difference where some others are weakened} */
  boolean comesBy(String site, Weakening form) {
    return uses.getOrDefault(site, Set.of()).contains(form);
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

  /** {@return whether others take away all that some do, and besides that order alone} */
  static boolean takesMoreOrder(Weakenings some, Weakenings others) {
    return some.isWithin(others)
        && others.forms().entrySet().stream()
            .allMatch(e -> some.forms().containsKey(e.getKey()) || isOfOrder(e.getValue()));
  }

  /** Whether others take away all that some do, and besides that order alone, by any name. */
  private boolean isWithin(Weakenings some, Weakenings others) {
    return takesMoreOrder(some, others)
        && others.forms().keySet().stream()
            .allMatch(site -> some.forms().containsKey(site) || isOfOrder(site));
  }

  /** Whether a name is not also that of IPIs, or of what else is more than order. */
  private boolean isOfOrder(String site) {
    return uses.getOrDefault(site, Set.of()).stream().allMatch(Known::isOfOrder);
  }

  /** {@return whether a form takes away order and nothing else} */
  static boolean isOfOrder(Weakening form) {
    return switch (form) {
      case REMOVED, RELAXED, ACQUIRE, RELEASE -> true;
      case IRQ_ON, NO_WAIT, SKIPPED -> false;
    };
  }
}
