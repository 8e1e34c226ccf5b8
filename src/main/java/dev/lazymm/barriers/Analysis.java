package dev.lazymm.barriers;

import dev.lazymm.barriers.Cell.Answer;
import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers a {@link Question}: first the kernel as it was written, which says what holds and which
 * sites each scenario comes by, then each site weakened alone.
 *
 * <p>What is not run is known: a scenario that does not come by a site is the same program without
 * it; what a weaker form does not break, a stronger one does not; and where a model keeps all in
 * order, order cannot be taken away. What broke one form of a site, or broke it under one model, is
 * tried first under the next, and then the cheapest scenario.
 */
public final class Analysis {
  private final Question question;
  private final Runs runs;
  private final Progress progress;
  private final boolean together;

  /** Told how far it is, from any thread. */
  public interface Progress {
    /** So many steps are done, of so many as are known of. */
    void done(int steps, int of);
  }

  private Analysis(Question question, boolean together, Progress progress) {
    this.question = question;
    this.together = together;
    this.progress = progress;
    runs = new Runs(question);
  }

  /** {@return the answer} */
  public static Necessity of(Question question, Progress progress) {
    return new Analysis(question, true, progress).run();
  }

  /** {@return the answer about each site alone; what can be weakened together is not looked for} */
  public static Necessity ofEachAlone(Question question, Progress progress) {
    return new Analysis(question, false, progress).run();
  }

  private Necessity run() {
    try (Team team = new Team(question.threads())) {
      Map<Model, List<Baseline>> baselines = baselines(team);
      Map<String, Set<Weakening>> sites = sites(baselines);
      List<String> names = sites.keySet().stream().filter(question::asks).toList();
      List<Cell> cells = new ArrayList<>();
      IntConsumer tell = n -> progress.done(n, names.size());
      team.all(names, site -> ofSite(site, sites.getOrDefault(site, Set.of()), baselines), tell)
          .forEach(cells::addAll);
      List<Model> own =
          question.models().stream()
              .filter(m -> together && !m.isWhatIf(question.arch().name()))
              .toList();
      List<Relaxed> relaxed =
          team.all(
              own,
              m -> new Relaxation(runs, m, baselines.getOrDefault(m, List.of()), cells).find(),
              n -> {});
      List<Baseline> all =
          question.models().stream()
              .flatMap(m -> baselines.getOrDefault(m, List.of()).stream())
              .toList();
      Map<String, Set<Weakening>> forms = forms(all);
      return new Necessity(
          question,
          all,
          cells,
          relaxed,
          RoundTrip.of(question.design(), question.arch(), forms),
          runs.checks(),
          runs.executions(),
          runs.isOver());
    }
  }

  private record Start(Model model, Subject subject) {}

  private Map<Model, List<Baseline>> baselines(Team team) {
    List<Start> starts = new ArrayList<>();
    for (Model model : question.models()) {
      question.subjects().forEach(s -> starts.add(new Start(model, s)));
    }
    Map<Model, List<Baseline>> all = new TreeMap<>(Comparator.comparing(Model::name));
    for (Baseline b : team.all(starts, s -> runs.baseline(s.subject(), s.model()), n -> {})) {
      all.computeIfAbsent(b.model(), m -> new ArrayList<>()).add(b);
    }
    all.values().forEach(list -> list.sort(Runs.CHEAPEST_FIRST));
    return all;
  }

  /** The sites that scenarios which hold come by, in the order of names, digits as numbers. */
  private static Map<String, Set<Weakening>> sites(Map<Model, List<Baseline>> baselines) {
    return forms(baselines.values().stream().flatMap(List::stream).toList());
  }

  private static Map<String, Set<Weakening>> forms(List<Baseline> baselines) {
    Map<String, Set<Weakening>> forms = new TreeMap<>();
    for (Baseline b : baselines) {
      b.uses()
          .forEach((site, some) ->
              forms.computeIfAbsent(site, s -> EnumSet.noneOf(Weakening.class)).addAll(some));
    }
    return forms;
  }

  // ---- one site --------------------------------------------------------------------------------

  private List<Cell> ofSite(
      String site, Set<Weakening> forms, Map<Model, List<Baseline>> baselines) {
    Set<Subject> killers = new LinkedHashSet<>();
    List<Cell> cells = new ArrayList<>();
    for (Weakening form : forms) {
      for (Model model : question.models()) {
        List<Cell> weaker =
            cells.stream().filter(c -> c.model() == model && c.form().isWeakerThan(form)).toList();
        cells.add(
            cell(site, form, model, weaker, baselines.getOrDefault(model, List.of()), killers));
      }
    }
    return cells;
  }

  private Cell cell(
      String site,
      Weakening form,
      Model model,
      List<Cell> weaker,
      List<Baseline> baselines,
      Set<Subject> killers) {
    if (model == Model.SC && form.isNothingUnderSc()) {
      return blank(site, form, model, Answer.NO_DIFFERENCE, 0);
    }
    List<Baseline> some =
        baselines.stream().filter(b -> b.holds() && b.comesBy(site, form)).toList();
    if (some.isEmpty()) {
      boolean open =
          baselines.stream().anyMatch(b -> b.result().verdict() instanceof Verdict.Inconclusive);
      return blank(site, form, model, open ? Answer.INCONCLUSIVE : Answer.NOT_REACHED, 0);
    }
    if (weaker.stream().anyMatch(c -> c.answer() == Answer.NOT_NEEDED)) {
      return blank(site, form, model, Answer.NOT_NEEDED, some.size());
    }
    return tried(site, form, model, killersFirst(some, killers), killers);
  }

  private static Cell blank(String site, Weakening form, Model model, Answer answer, int some) {
    return new Cell(site, form, model, answer, null, List.of(), some, 0, 0);
  }

  private static List<Baseline> killersFirst(List<Baseline> some, Set<Subject> killers) {
    List<Baseline> order = new ArrayList<>(some);
    order.sort(Comparator.comparing(b -> !killers.contains(b.subject()))); // else as they were
    return order;
  }

  private Cell tried(
      String site, Weakening form, Model model, List<Baseline> order, Set<Subject> killers) {
    Weakenings sites = Weakenings.of(site, form);
    List<String> broken = new ArrayList<>();
    Subject shortest = null;
    int fewest = Integer.MAX_VALUE;
    boolean open = false;
    int looked = 0;
    long executions = 0;
    for (Baseline b : order) {
      if (runs.isOver()) {
        open = true;
        break;
      }
      CheckResult result = runs.weakened(b.subject(), model, sites);
      looked++;
      executions += result.executions();
      open |= result.verdict() instanceof Verdict.Inconclusive;
      List<Violation> violations = violations(result);
      if (!violations.isEmpty()) {
        broken.add(b.subject().spelled());
        killers.add(b.subject());
        int steps = violations.getFirst().witness().steps().size();
        if (shortest == null || steps < fewest) {
          shortest = b.subject();
          fewest = steps;
        }
        if (!question.every()) {
          break;
        }
      }
    }
    Cell.@Nullable Finding finding = shortest == null ? null : shown(shortest, model, sites);
    Answer answer =
        finding != null ? Answer.NEEDED : open ? Answer.INCONCLUSIVE : Answer.NOT_NEEDED;
    return new Cell(site, form, model, answer, finding, broken, order.size(), looked, executions);
  }

  private Cell.Finding shown(Subject subject, Model model, Weakenings sites) {
    List<Violation> violations = violations(runs.shown(subject, model, sites));
    if (violations.isEmpty()) { // no time was left to look for a shorter one
      violations = violations(runs.weakened(subject, model, sites));
    }
    Violation gravest = violations.getFirst();
    return new Cell.Finding(
        subject, gravest.invariant(), gravest.what(), gravest.witness().steps().size());
  }

  private static List<Violation> violations(CheckResult result) {
    return result.verdict() instanceof Verdict.Violated(List<Violation> all) ? all : List.of();
  }
}
