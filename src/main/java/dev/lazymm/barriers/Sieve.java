package dev.lazymm.barriers;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells the sites that are needed from those that are not, and nothing more: under one model, each
 * alone, as weak as it can be. The short way to what {@link Analysis} says of the weakest forms.
 *
 * <p>As weakening only adds executions, sites that can be weakened together can be weakened each
 * alone; so in each scenario all that are not known to be needed are weakened at once, and halved
 * where that breaks something. A site at which something is not done at all ({@link
 * Weakening#SKIPPED}) is tried alone, as what it did is missing in those executions.
 */
public final class Sieve {
  private final Runs runs;
  private final Model model;
  private final Map<String, String> needed = new TreeMap<>();
  private final Set<String> open = new TreeSet<>();

  private Sieve(Runs runs, Model model) {
    this.runs = runs;
    this.model = model;
  }

  /**
   * {@return which sites are needed}
   *
   * @param question of one model; which forms it asks about does not matter
   */
  public static Sieved of(Question question) {
    Model model = question.models().getFirst();
    Runs runs = new Runs(question);
    Sieve sieve = new Sieve(runs, model);
    List<Baseline> baselines = new ArrayList<>();
    question.subjects().forEach(s -> baselines.add(runs.baseline(s, model)));
    baselines.sort(Runs.CHEAPEST_FIRST);
    Set<String> met = new TreeSet<>();
    for (Baseline b : baselines) {
      if (b.holds()) {
        b.uses().keySet().stream().filter(question::asks).forEach(met::add);
        sieve.over(b, question);
      }
    }
    sieve.open.removeAll(sieve.needed.keySet());
    met.removeAll(sieve.needed.keySet());
    met.removeAll(sieve.open);
    return new Sieved(
        sieve.needed, List.copyOf(met), List.copyOf(sieve.open), baselines, runs.executions());
  }

  private void over(Baseline b, Question question) {
    List<String> together = new ArrayList<>();
    for (String site : new TreeSet<>(b.uses().keySet())) {
      if (!question.asks(site) || needed.containsKey(site)) {
        continue;
      }
      if (b.comesBy(site, Weakening.SKIPPED)) {
        among(b, List.of(site));
      } else {
        together.add(site);
      }
    }
    among(b, together);
  }

  /** Finds those without which something breaks. */
  private void among(Baseline b, List<String> sites) {
    if (sites.isEmpty()) {
      return;
    }
    if (runs.isOver()) {
      open.addAll(sites);
      return;
    }
    Weakenings without = Weakenings.NONE;
    for (String site : sites) {
      without = without.and(site, Weakening.REMOVED);
    }
    CheckResult result = runs.weakened(b.subject(), model, without);
    if (result.verdict() instanceof Verdict.Holds) {
      return;
    }
    if (sites.size() > 1) {
      among(b, sites.subList(0, sites.size() / 2));
      among(b, sites.subList(sites.size() / 2, sites.size()));
    } else if (result.verdict() instanceof Verdict.Violated) {
      needed.put(sites.getFirst(), b.subject().spelled());
    } else {
      open.add(sites.getFirst());
    }
  }
}
