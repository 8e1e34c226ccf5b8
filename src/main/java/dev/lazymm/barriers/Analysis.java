package dev.lazymm.barriers;

import dev.lazymm.check.Counterexample;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.count.Episode;
import dev.lazymm.workload.KernelFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Answers a {@link Question}: first the kernel as it was written, which says what holds and which
 * sites each scenario comes by, then {@linkplain Groups many sites} weakened at once, then
 * {@linkplain OneSite each} alone, and at last as many {@linkplain Relaxation together} as can be.
 *
 * <p>What is not run is known: a scenario that does not come by a site is the same program without
 * it; what holds with more, or weaker, holds with less; and where a model keeps all in order, order
 * cannot be taken away. What broke one is replayed for the next ({@link Counterexample}). So there
 * is little to explore but what holds, and that for many sites at once.
 */
public final class Analysis {
  private final Question question;
  private final Runs runs;
  private final boolean together;
  private final Team team;

  /** Told how far it is, from any thread. */
  public interface Progress {
    /** So many steps are done, of so many as are known of. */
    void done(int steps, int of);
  }

  private Analysis(Question question, boolean together, boolean stored) {
    this.question = question;
    this.together = together;
    runs = new Runs(question, stored);
    team = new Team(question.threads());
  }

  /** {@return the answer} */
  public static Necessity of(Question question, Progress progress) {
    return asking(question).answer(progress);
  }

  /** {@return what will answer, and can be stopped} */
  public static Analysis asking(Question question) {
    return new Analysis(question, true, true);
  }

  /** {@return the answer about each site alone; what can be weakened together is not looked for} */
  public static Necessity ofEachAlone(Question question, Progress progress) {
    return new Analysis(question, false, true).answer(progress);
  }

  /** {@return the answer, with nothing replayed and no sites weakened at once: an oracle} */
  static Necessity byExploration(Question question) {
    return new Analysis(question, true, false).answer((steps, of) -> {});
  }

  /** Has the answer come soon, with all inconclusive that is open by now; from any thread. */
  public void stop() {
    runs.stop();
    team.interrupt();
  }

  /** {@return the answer; to be asked for once} */
  public Necessity answer(Progress progress) {
    try (team) {
      Map<Model, List<Baseline>> baselines = baselines();
      List<Baseline> all = baselines.values().stream().flatMap(List::stream).toList();
      Map<Subject, Known> known = known(all);
      Map<String, Set<Weakening>> sites = forms(all);
      List<String> names = sites.keySet().stream().filter(question::asks).toList();
      List<Cell> cells = new ArrayList<>();
      team.all(
              names,
              site ->
                  new OneSite(site, question, runs, known)
                      .cells(sites.getOrDefault(site, Set.of()), baselines),
              n -> progress.done(n, names.size()))
          .forEach(cells::addAll);
      List<Model> own =
          question.models().stream()
              .filter(m -> together && !m.isWhatIf(question.arch().name()))
              .toList();
      List<Relaxed> relaxed =
          team.all(
              own,
              m ->
                  new Relaxation(runs, m, baselines.getOrDefault(m, List.of()), cells, known)
                      .find(),
              n -> {});
      return new Necessity(
          question,
          question.models().stream()
              .flatMap(m -> baselines.getOrDefault(m, List.of()).stream())
              .toList(),
          cells,
          relaxed,
          Episode.trip().count(KernelFactory.of(question.arch(), question.design()), false),
          runs.checks(),
          runs.executions(),
          runs.replays(),
          runs.isOver());
    }
  }

  /** What is known of each scenario before any site is weakened alone. */
  private Map<Subject, Known> known(List<Baseline> all) {
    Map<Subject, List<Baseline>> bySubject = new LinkedHashMap<>();
    question.subjects().forEach(s -> bySubject.put(s, new ArrayList<>()));
    all.forEach(b -> bySubject.computeIfAbsent(b.subject(), s -> new ArrayList<>()).add(b));
    List<Known> known =
        team.all(
            List.copyOf(bySubject.values()), some -> Groups.of(question, runs, some), n -> {});
    Map<Subject, Known> of = new HashMap<>();
    int i = 0;
    for (Subject subject : bySubject.keySet()) {
      of.put(subject, known.get(i++));
    }
    return of;
  }

  private record Start(Model model, Subject subject) {}

  private Map<Model, List<Baseline>> baselines() {
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

  /** The sites that scenarios come by, and their forms, in the order of names. */
  private static Map<String, Set<Weakening>> forms(List<Baseline> baselines) {
    Map<String, Set<Weakening>> forms = new TreeMap<>();
    for (Baseline b : baselines) {
      b.uses()
          .forEach((site, some) ->
              forms.computeIfAbsent(site, s -> EnumSet.noneOf(Weakening.class)).addAll(some));
    }
    return forms;
  }
}
