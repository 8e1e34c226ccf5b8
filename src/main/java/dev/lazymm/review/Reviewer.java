package dev.lazymm.review;

import dev.lazymm.check.Invariants;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakenings;
import dev.lazymm.check.Witness;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Reviews designs: checks them over the library and the claims, and adds a replayed recording. */
public final class Reviewer {
  private static final Set<String> SURPRISING =
      Set.of(
          Invariants.OOPS, Invariants.HANG, Invariants.NEVER, Invariants.ALWAYS, Invariants.EXISTS);

  private static final Comparator<Review.Counterexample> TELLING_FIRST =
      Comparator.comparing(Reviewer::isOfOneCpu)
          .thenComparingInt(c -> c.violation().witness().steps().size());

  private final Checks checks;
  private final Commands commands;
  private final ScenarioLibrary library;

  public Reviewer(Checks checks, Commands commands, ScenarioLibrary library) {
    this.checks = checks;
    this.commands = commands;
    this.library = library;
  }

  /** {@return the answers; {@code recording} was replayed before} */
  public Review review(
      List<Designs.Entry> designs, List<Arches.Entry> arches, Recording recording) {
    Claims claims = new Claims(library, commands);
    List<Job> wanted =
        Job.all(designs, arches, library.list().stream().map(Job.Named::of).toList());
    Set<Job> jobs = new LinkedHashSet<>(wanted);
    jobs.addAll(claims.jobs(Claims.REVIEWED).getOrDefault(Weakenings.NONE, List.of()));
    List<Done> all = checks.run(List.copyOf(jobs));
    List<Done> done = all.subList(0, wanted.size());

    List<Review.Row> rows = new ArrayList<>();
    for (Designs.Entry design : designs) {
      for (Arches.Entry arch : arches) {
        rows.add(
            row(
                done.stream()
                    .filter(d -> d.job().design() == design && d.job().arch() == arch)
                    .toList()));
      }
    }
    return new Review(
        done.getFirst().result().model(),
        bound(done),
        rows,
        claims.judge(Claims.REVIEWED, all),
        surprises(all),
        recording);
  }

  /**
   * {@return what is needed of each design on each architecture}
   *
   * @param tell told how many sites are done of the one at hand
   */
  public List<Minimality> minimal(
      List<Designs.Entry> designs,
      List<Arches.Entry> arches,
      Checks.Options options,
      IntConsumer tell) {
    List<Minimality> all = new ArrayList<>();
    for (Designs.Entry design : designs) {
      for (Arches.Entry arch : arches) {
        all.add(Minimality.of(design, arch, library, options, tell));
      }
    }
    return all;
  }

  private static Review.Bound bound(List<Done> done) {
    return new Review.Bound(
        (int) done.stream().map(d -> d.job().spelled()).distinct().count(),
        done.stream().mapToInt(d -> d.result().bound().cpus()).min().orElse(0),
        done.stream().mapToInt(d -> d.result().bound().cpus()).max().orElse(0),
        done.stream().mapToInt(d -> d.result().bound().events()).max().orElse(0),
        done.stream().mapToLong(d -> d.result().executions()).sum(),
        done.stream().mapToLong(d -> d.result().blocked()).sum());
  }

  private Review.Row row(List<Done> done) {
    boolean violated = done.stream().anyMatch(d -> !d.violations().isEmpty());
    boolean inconclusive = done.stream().anyMatch(Done::inconclusive);
    return new Review.Row(
        done.getFirst().job().design().name(),
        done.getFirst().job().arch().name(),
        violated ? "violated" : inconclusive ? "inconclusive" : "holds",
        CheckJudge.broken(done),
        done.size(),
        done.stream().mapToLong(d -> d.result().executions()).sum(),
        examples(done));
  }

  /** One between CPUs tells more than one that a CPU has with itself. */
  private List<Review.Counterexample> examples(List<Done> done) {
    Map<String, Review.Counterexample> shortest = new HashMap<>();
    for (Done d : done) {
      for (Violation v : d.violations()) {
        shortest.merge(v.invariant(), counterexample(d, v), BinaryOperator.minBy(TELLING_FIRST));
      }
    }
    return Invariants.names().stream()
        .flatMap(name -> Stream.ofNullable(shortest.get(name)))
        .toList();
  }

  private static boolean isOfOneCpu(Review.Counterexample c) {
    return c.violation().witness().steps().stream().map(Witness.Step::cpu).distinct().count() < 2;
  }

  private List<Review.Counterexample> surprises(List<Done> done) {
    List<Review.Counterexample> surprises = new ArrayList<>();
    for (Done d : done) {
      if (d.job().history() != null) {
        continue; // a bug of the past breaks more than its claim speaks of
      }
      for (Violation v : d.violations()) {
        if (SURPRISING.contains(v.invariant())) {
          surprises.add(counterexample(d, v));
        }
      }
    }
    return surprises;
  }

  private Review.Counterexample counterexample(Done d, Violation v) {
    return new Review.Counterexample(
        d.job().design().name(),
        d.job().arch().name(),
        d.job().spelled(),
        v,
        commands.explain(d.job(), v.invariant()));
  }
}
