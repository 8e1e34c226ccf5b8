package dev.lazymm.barriers;

import dev.lazymm.barriers.Cell.Answer;
import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a set of sites that can be weakened together: goes through those that are not needed
 * alone, and weakens each as far as everything still holds (linear relaxation: Oberhauser and
 * others, VSync, ASPLOS 2021). What is found is minimal, not the least: no more can be weakened.
 *
 * <p>As order that is taken away only adds executions, what breaks goes on to break; so runs of
 * sites are tried at once and halved when that breaks something, which gives what one by one gives.
 * Where more than order is taken away, all holds with what is found, but it need not be minimal.
 * Sets that are known to break something are kept, and so are the scenarios that showed it.
 */
final class Relaxation {
  /** A site and what can become of it, the weakest first. */
  private record Candidate(String site, List<Weakening> forms) {}

  private final Runs runs;
  private final Model model;
  private final List<Baseline> baselines;
  private final List<Cell> cells;
  private final Map<Subject, Known> known = new HashMap<>();
  private final Set<Subject> killers = new LinkedHashSet<>();
  private final Map<Weakenings, Cell.Finding> failed = new LinkedHashMap<>();
  private final List<Relaxed.Kept> kept = new ArrayList<>();
  private Weakenings weakened = Weakenings.NONE;
  private Cell.@Nullable Finding finding;
  private boolean complete;

  /**
   * @param known what is known of each scenario; only read
   */
  Relaxation(
      Runs runs,
      Model model,
      List<Baseline> baselines,
      List<Cell> cells,
      Map<Subject, Known> known) {
    known.forEach((subject, of) -> this.known.put(subject, of.copy()));
    this.runs = runs;
    this.model = model;
    this.baselines = baselines.stream().filter(Baseline::holds).toList();
    complete = baselines.stream().noneMatch(Baseline::isOpen);
    this.cells = cells.stream().filter(c -> c.model() == model).toList();
  }

  Relaxed find() {
    Map<String, List<Weakening>> open = new LinkedHashMap<>();
    for (Cell cell : cells) {
      open.computeIfAbsent(cell.site(), s -> new ArrayList<>());
      switch (cell.answer()) {
        case NOT_NEEDED, NO_DIFFERENCE ->
            open.getOrDefault(cell.site(), new ArrayList<>()).add(cell.form());
        case NEEDED -> {
          if (cell.finding() != null) {
            killers.add(cell.finding().subject());
          }
        }
        case INCONCLUSIVE -> complete = false;
        case NOT_REACHED -> {}
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    List<String> needed = new ArrayList<>();
    open.forEach((site, forms) -> {
      if (forms.isEmpty()) {
        if (cells.stream().anyMatch(c -> c.site().equals(site) && c.answer() == Answer.NEEDED)) {
          needed.add(site);
        }
      } else {
        candidates.add(new Candidate(site, List.copyOf(forms)));
      }
    });
    add(candidates);
    return new Relaxed(model, weakened, kept, needed, complete);
  }

  private void add(List<Candidate> some) {
    if (some.isEmpty()) {
      return;
    }
    Weakenings more = weakened;
    for (Candidate c : some) {
      more = more.and(c.site(), c.forms().getFirst());
    }
    if (holds(more)) {
      weakened = more;
    } else if (some.size() > 1) {
      int half = some.size() / 2;
      add(some.subList(0, half));
      add(some.subList(half, some.size()));
    } else {
      addAlone(some.getFirst());
    }
  }

  private void addAlone(Candidate c) {
    Cell.@Nullable Finding first = finding;
    for (Weakening form : c.forms().subList(1, c.forms().size())) {
      Weakenings more = weakened.and(c.site(), form);
      if (holds(more)) {
        weakened = more;
        return;
      }
    }
    kept.add(new Relaxed.Kept(c.site(), first));
  }

  /** Whether everything holds with these; if not, {@link #finding} says what breaks. */
  private boolean holds(Weakenings sites) {
    finding = null;
    for (Map.Entry<Weakenings, Cell.Finding> known : failed.entrySet()) {
      if (Known.takesMoreOrder(known.getKey(), sites)) {
        finding = known.getValue();
        return false;
      }
    }
    List<Baseline> order = new ArrayList<>(baselines);
    order.sort(Comparator.comparing(b -> !killers.contains(b.subject())));
    for (Baseline b : order) {
      if (runs.isOver()) {
        complete = false;
        return false;
      }
      if (!holds(b, sites)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one scenario holds, also by the sites that it comes by only with these weakened. */
  private boolean holds(Baseline b, Weakenings all) {
    Known of = known.computeIfAbsent(b.subject(), s -> new Known());
    while (true) {
      Weakenings sites = all.only((site, form) -> b.comesBy(site, form) || of.comesBy(site, form));
      if (sites.isNone() || of.isToHold(model, sites)) {
        return true;
      }
      if (!holds(b, all, sites, of)) {
        return false;
      }
    }
  }

  private boolean holds(Baseline b, Weakenings all, Weakenings sites, Known of) {
    Violation again = runs.replayed(of.broken(), b.subject(), model, sites).orElse(null);
    Runs.Outcome outcome =
        again == null
            ? runs.weakened(b.subject(), model, sites)
            : new Runs.Outcome(again, false, List.of(), Map.of());
    of.breaks(outcome.found());
    if (outcome.violation() != null) {
      killers.add(b.subject());
      finding = Cell.Finding.of(b.subject(), outcome.violation());
      failed.put(all, finding);
    } else if (outcome.open()) {
      complete = false;
    } else {
      of.holds(model, sites, outcome.uses());
    }
    return outcome.holds();
  }
}
