package dev.lazymm.review;

import dev.lazymm.barriers.Baseline;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Invariants;
import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reviews designs: checks them over the scenarios of a {@link ReviewSet} and the claims, asks what
 * they need, and adds a replayed recording.
 *
 * <p>Every scenario is checked under sequential consistency; a few, or all of a deep review, under
 * the model of the architecture's hardware as well. Where sites are weakened, what the kernel does
 * as it is has to be known first: so the few cost nothing more.
 */
public final class Reviewer {
  private static final Set<String> FAILS = Set.of(Invariants.OOPS, Invariants.HANG);
  private static final Set<String> CONDITIONS =
      Set.of(Invariants.NEVER, Invariants.ALWAYS, Invariants.EXISTS);

  private final Checks checks;
  private final Commands commands;
  private final ScenarioLibrary library;
  private final ReviewSet set;

  public Reviewer(Checks checks, Commands commands, ScenarioLibrary library, ReviewSet set) {
    this.checks = checks;
    this.commands = commands;
    this.library = library;
    this.set = set;
  }

  private record Pair(Designs.Entry design, Arches.Entry arch) {
    static Pair of(Job job) {
      return new Pair(job.design(), job.arch());
    }

    Job underHardware(Scenario s) {
      return new Job(design, arch, s, s.name(), Model.ofHardware(arch.name()));
    }
  }

  /**
   * {@return the answers; {@code recording} was replayed before}
   *
   * @param options how sites are weakened
   * @param progress told how far that is
   */
  public Review review(
      List<Designs.Entry> designs,
      List<Arches.Entry> arches,
      Recording recording,
      Checks.Options options,
      Checks.Progress progress) {
    List<Scenario> scenarios = set.of(library);
    Map<Pair, Gathered> pairs = new LinkedHashMap<>();
    for (Designs.Entry design : designs) {
      for (Arches.Entry arch : arches) {
        pairs.put(new Pair(design, arch), new Gathered(design.name(), arch.name(), commands));
      }
    }
    Tally tally = new Tally();
    List<Review.Counterexample> surprises = new ArrayList<>();
    checks.run(
        Job.all(designs, arches, scenarios.stream().map(Job.Named::of).toList()),
        d -> {
          gather(pairs, tally, d);
          surprises.addAll(surprises(d));
        });
    if (set.isWhole()) {
      checks.run(underHardware(pairs.keySet(), scenarios), d -> gather(pairs, tally, d));
    }
    List<Minimality> minimal = minimal(pairs, tally, options, progress);
    Claims claims = new Claims(library, commands);
    List<Done> claimed =
        checks.run(claims.jobs(Claims.REVIEWED).getOrDefault(Weakenings.NONE, List.of()));
    List<String> names = scenarios.stream().map(Scenario::name).toList();
    return new Review(
        tally.bound(
            names.size(),
            library.list().stream().map(Scenario::name).filter(s -> !names.contains(s)).toList(),
            set),
        pairs.values().stream().map(Gathered::row).toList(),
        minimal,
        claims.judge(Claims.REVIEWED, claimed),
        surprises,
        recording);
  }

  /** What the few leave. */
  private static List<Job> underHardware(Set<Pair> pairs, List<Scenario> scenarios) {
    return pairs.stream()
        .flatMap(pair -> scenarios.stream()
            .filter(s -> !ReviewSet.FEW.contains(s.name()))
            .map(s -> pair.underHardware(s)))
        .toList();
  }

  private record Answer(Pair pair, Necessity found) {}

  private List<Minimality> minimal(
      Map<Pair, Gathered> pairs, Tally tally, Checks.Options options, Checks.Progress progress) {
    List<Scenario> few = ReviewSet.few(library);
    AtomicInteger done = new AtomicInteger();
    List<Minimality> all = new ArrayList<>();
    InOrder.all(
        options.threads(),
        List.copyOf(pairs.keySet()),
        pair -> {
          Necessity found = Minimality.ask(pair.design(), pair.arch(), few, options);
          progress.done(done.incrementAndGet(), pairs.size());
          return new Answer(pair, found);
        },
        answer -> {
          Pair pair = answer.pair();
          for (Baseline b : answer.found().baselines()) {
            Job job = pair.underHardware(b.subject().scenario());
            gather(pairs, tally, new Done(job, b.result(), Duration.ZERO));
          }
          all.add(Minimality.of(pair.design(), pair.arch(), answer.found()));
        });
    return all;
  }

  private static void gather(Map<Pair, Gathered> pairs, Tally tally, Done d) {
    Gathered pair = pairs.get(Pair.of(d.job()));
    if (pair != null) {
      pair.add(d);
    }
    tally.add(d.result());
  }

  /**
   * Code that fails or hangs is the fault of whoever wrote it. A scenario's own condition is that of
   * its author, where it fails and nothing else does: of the designs that the library was written
   * for, under the model in which it is meant. That another design breaks it is a verdict.
   */
  private List<Review.Counterexample> surprises(Done d) {
    List<Violation> all = d.violations();
    boolean conditionsAlone =
        Designs.USUAL.contains(d.job().design())
            && all.stream().allMatch(v -> CONDITIONS.contains(v.invariant()));
    return all.stream()
        .filter(v -> FAILS.contains(v.invariant()) || conditionsAlone)
        .map(v -> Review.Counterexample.of(d, v, commands))
        .toList();
  }

  /** What all checks add up to. */
  private static final class Tally {
    private final Set<Integer> cpus = new HashSet<>();
    private int events;
    private long executions;
    private long blocked;
    private int underHardware;

    void add(CheckResult result) {
      cpus.add(result.bound().cpus());
      events = Math.max(events, result.bound().events());
      executions += result.executions();
      blocked += result.blocked();
      underHardware += result.model().equals(Model.SC.name()) ? 0 : 1;
    }

    Review.Bound bound(int scenarios, List<String> leftOut, ReviewSet set) {
      return new Review.Bound(
          scenarios,
          cpus.stream().mapToInt(n -> n).min().orElse(0),
          cpus.stream().mapToInt(n -> n).max().orElse(0),
          events,
          executions,
          blocked,
          underHardware,
          set,
          leftOut);
    }
  }
}
