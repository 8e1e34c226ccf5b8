package dev.lazymm.barriers;

import dev.lazymm.barriers.Cell.Answer;
import dev.lazymm.check.Counterexample;
import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One site weakened alone, in each form and under each model. What broke it in one form, or under
 * one model, is tried first in the next: the scenario, and in it the execution that is shown.
 */
final class OneSite {
  private final String site;
  private final Question question;
  private final Runs runs;
  private final Map<Subject, Known> known;

  /** The executions that were shown, in the scenarios that broke it so far. */
  private final Map<Subject, List<Counterexample>> killers = new LinkedHashMap<>();

  /** Executions that broke it in scenarios, and were not shown. */
  private final Map<Subject, List<Counterexample>> others = new LinkedHashMap<>();

  private final List<Cell> cells = new ArrayList<>();

  /**
   * @param known what is known of each scenario; only read
   */
  OneSite(String site, Question question, Runs runs, Map<Subject, Known> known) {
    this.site = site;
    this.question = question;
    this.runs = runs;
    this.known = known;
  }

  /**
   * {@return its cells}
   *
   * @param forms what can become of it
   * @param baselines the scenarios under each model, the cheapest first
   */
  List<Cell> cells(Set<Weakening> forms, Map<Model, List<Baseline>> baselines) {
    for (Weakening form : forms) {
      if (!question.isWeakestOnly() || forms.stream().noneMatch(f -> f.isWeakerThan(form))) {
        for (Model model : question.models()) {
          cells.add(cell(form, model, baselines.getOrDefault(model, List.of())));
        }
      }
    }
    return cells;
  }

  private Cell cell(Weakening form, Model model, List<Baseline> baselines) {
    if (model == Model.SC && form.isNothingUnderSc()) {
      return blank(form, model, Answer.NO_DIFFERENCE, 0);
    }
    List<Baseline> some =
        baselines.stream().filter(b -> b.holds() && b.comesBy(site, form)).toList();
    boolean unknown = baselines.stream().anyMatch(Baseline::isOpen); // they may need any site
    if (some.isEmpty()) {
      boolean over = unknown || runs.isOver();
      return blank(form, model, over ? Answer.INCONCLUSIVE : Answer.NOT_REACHED, 0);
    }
    boolean weakerHolds =
        cells.stream()
            .anyMatch(c ->
                c.model() == model
                    && c.form().isWeakerThan(form)
                    && c.answer() == Answer.NOT_NEEDED);
    return weakerHolds
        ? blank(form, model, Answer.NOT_NEEDED, some.size())
        : tried(form, model, some, unknown);
  }

  private Cell blank(Weakening form, Model model, Answer answer, int some) {
    return new Cell(site, form, model, answer, null, List.of(), some);
  }

  // ---- scenario by scenario --------------------------------------------------------------------

  /**
   * What becomes of one scenario.
   *
   * @param violation what breaks; null if nothing does
   * @param open whether nothing is known to be broken, but not all was looked at
   * @param shown whether the execution is one that was shown before
   */
  private record Tried(
      Subject subject, @Nullable Violation violation, boolean open, boolean shown) {
    int steps() {
      return violation == null ? Integer.MAX_VALUE : violation.witness().steps().size();
    }
  }

  private Cell tried(Weakening form, Model model, List<Baseline> some, boolean unknown) {
    List<Baseline> order = new ArrayList<>(some);
    order.sort(Comparator.comparing(b -> !killers.containsKey(b.subject()))); // else as they were
    Weakenings sites = Weakenings.of(site, form);
    List<Tried> broken = new ArrayList<>();
    boolean open = unknown;
    for (Baseline b : order) {
      if (runs.isOver()) {
        open = true;
        break;
      }
      Tried tried = tried(b.subject(), model, sites);
      open |= tried.open();
      if (tried.violation() != null) {
        broken.add(tried);
        if (!question.every()) {
          break;
        }
      }
    }
    Cell.@Nullable Finding finding =
        broken.stream()
            .min(Comparator.comparingInt(Tried::steps))
            .map(best -> finding(best, model, sites))
            .orElse(null);
    Answer answer =
        finding != null ? Answer.NEEDED : open ? Answer.INCONCLUSIVE : Answer.NOT_NEEDED;
    List<String> names = broken.stream().map(b -> b.subject().spelled()).toList();
    return new Cell(site, form, model, answer, finding, names, order.size());
  }

  private Tried tried(Subject subject, Model model, Weakenings sites) {
    Known of = known.getOrDefault(subject, new Known());
    if (of.isToHold(model, sites)) {
      return new Tried(subject, null, false, false);
    }
    List<Counterexample> shown = killers.getOrDefault(subject, List.of());
    Optional<Violation> again = runs.replayed(shown, subject, model, sites);
    if (again.isPresent()) {
      return new Tried(subject, again.get(), false, true);
    }
    List<Counterexample> more = others.computeIfAbsent(subject, s -> new ArrayList<>());
    for (List<Counterexample> some : List.of(more, of.broken())) {
      Optional<Violation> other = runs.replayed(some, subject, model, sites);
      if (other.isPresent()) {
        return new Tried(subject, other.get(), false, false);
      }
    }
    Runs.Outcome outcome = runs.weakened(subject, model, sites);
    more.addAll(outcome.found());
    return new Tried(subject, outcome.violation(), outcome.open(), false);
  }

  /** What is told of it: the shortest witness there is, unless one was shown here before. */
  private Cell.@Nullable Finding finding(Tried best, Model model, Weakenings sites) {
    Violation gravest = best.violation();
    if (!best.shown() && !runs.isOver()) {
      Runs.Outcome outcome = runs.shown(best.subject(), model, sites);
      if (outcome.violation() != null) { // else no time was left to look for it
        gravest = outcome.violation();
        killers.computeIfAbsent(best.subject(), s -> new ArrayList<>()).addAll(outcome.found());
      }
    }
    return gravest == null ? null : Cell.Finding.of(best.subject(), gravest);
  }
}
