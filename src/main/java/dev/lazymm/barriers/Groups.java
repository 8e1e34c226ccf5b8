package dev.lazymm.barriers;

import dev.lazymm.check.Counterexample;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weakens many sites of one scenario at once. Where everything holds none of them is needed there.
 * What breaks is replayed with each of them alone, and those that it breaks are left out; if it
 * takes several of them they are halved. Forms that take away order alone are tried so; a site that
 * is left over is not.
 */
final class Groups {
  private final Question question;
  private final Runs runs;
  private final Known known = new Known();

  private Groups(Question question, Runs runs) {
    this.question = question;
    this.runs = runs;
  }

  /**
   * {@return what comes out}
   *
   * @param baselines one scenario under each model
   */
  static Known of(Question question, Runs runs, List<Baseline> baselines) {
    Groups groups = new Groups(question, runs);
    if (runs.isStored()) {
      baselines.stream().filter(Baseline::holds).forEach(groups::weaken);
    }
    return groups.known;
  }

  private void weaken(Baseline baseline) {
    weaken(
        baseline,
        new TreeMap<>(baseline.uses())
            .entrySet().stream()
                .filter(e -> question.asks(e.getKey()))
                .flatMap(e -> weakest(baseline, e).stream())
                .toList());
  }

  private static Optional<Map.Entry<String, Weakening>> weakest(
      Baseline baseline, Map.Entry<String, Set<Weakening>> site) {
    return site.getValue().stream()
        .filter(form -> site.getValue().stream().allMatch(Known::isOfOrder))
        .filter(form -> site.getValue().stream().noneMatch(f -> f.isWeakerThan(form)))
        .filter(form -> baseline.model() != Model.SC || !form.isNothingUnderSc())
        .findFirst()
        .map(form -> Map.entry(site.getKey(), form));
  }

  private static Weakenings alone(Map.Entry<String, Weakening> site) {
    return Weakenings.of(site.getKey(), site.getValue());
  }

  private void weaken(Baseline b, List<Map.Entry<String, Weakening>> group) {
    if (group.size() < 2 || runs.isOver()) {
      return;
    }
    Weakenings sites = Weakenings.NONE;
    for (Map.Entry<String, Weakening> each : group) {
      sites = sites.and(each.getKey(), each.getValue());
    }
    Optional<Counterexample> breaks = runs.breaking(known.broken(), b, sites);
    if (breaks.isEmpty()) {
      // no more than the single ones would take
      long most = Math.max(1, b.result().executions()) * group.size();
      Runs.Outcome outcome = runs.weakened(b.subject(), b.model(), sites, most);
      if (outcome.holds()) {
        known.holds(b.model(), sites, outcome.uses());
        return;
      }
      known.breaks(outcome.found());
      breaks = outcome.found().stream().findFirst();
    }
    List<Map.Entry<String, Weakening>> rest = group;
    if (breaks.isPresent()) {
      List<Counterexample> same = List.of(breaks.get());
      rest = group.stream().filter(s -> runs.breaking(same, b, alone(s)).isEmpty()).toList();
    }
    if (rest.size() < group.size()) {
      weaken(b, rest);
    } else {
      int half = group.size() / 2;
      weaken(b, group.subList(0, half));
      weaken(b, group.subList(half, group.size()));
    }
  }
}
