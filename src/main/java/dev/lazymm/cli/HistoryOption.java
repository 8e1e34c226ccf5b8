package dev.lazymm.cli;

import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.kernel.history.PastArches;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.review.Job;
import dev.lazymm.review.RegressionList;
import dev.lazymm.workload.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A kernel with a bug of the past: {@code --history}. */
final class HistoryOption {
  @Option(
      names = "--history",
      paramLabel = "BUG",
      description = "A kernel with a bug of the past: R05, or its class (see regressions).")
  private @Nullable String name;

  /** {@return the bug; null if none is asked for} */
  @Nullable PastBug bug() {
    String asked = name;
    return asked == null ? null : PastBugs.find(asked).orElseThrow(() -> unknown(asked));
  }

  /** {@return the scenarios that are named, or those in which the bug is looked for} */
  List<String> scenarios(List<String> named) {
    PastBug bug = bug();
    return named.isEmpty() && bug != null ? RegressionList.scenarios(bug) : named;
  }

  private static UserError unknown(String asked) {
    List<String> ids = PastBugs.ALL.stream().map(PastBug::id).toList();
    List<String> all = PastBugs.ALL.stream().flatMap(b -> Stream.of(b.id(), b.name())).toList();
    String near = Suggestion.near(asked, all).map(n -> "; did you mean \"" + n + "\"?").orElse("");
    return new UserError(
        "there is no past bug \"%s\"%s%n  expected one of %s, or its class: ./lazymm list history"
            .formatted(asked, near, String.join(", ", ids)));
  }

  /** {@return the architectures of these names, those of the past included} */
  static List<Arches.Entry> arches(List<String> names) {
    List<Arches.Entry> known = new ArrayList<>(Arches.ALL);
    known.addAll(PastArches.ALL);
    return Choice.all("architecture", names, known, Arches.Entry::name);
  }

  /**
   * {@return the jobs on kernels with the bug, if one is asked for}
   *
   * @throws UserError if the bug was not there, or if an architecture has no such model
   */
  List<Job> in(List<Job> jobs) {
    PastBug bug = bug();
    for (Job job : jobs) {
      if (bug != null) {
        requireThere(bug, job);
      }
      if (PastArches.isWithoutMapping(job.arch()) && job.model() != Model.SC) {
        throw new UserError(
            "%s is not known to model %s%n  expected --model sc"
                .formatted(job.arch().name(), job.model().name()));
      }
    }
    return jobs.stream().map(job -> job.with(bug)).toList();
  }

  private static void requireThere(PastBug bug, Job job) {
    List<String> arches = bug.arches().stream().map(Arches.Entry::name).toList();
    if (!arches.contains(job.arch().name())) {
      throw new UserError(
          "%s was not on %s%n  expected --arch %s"
              .formatted(bug.id(), job.arch().name(), String.join(",", arches)));
    }
    Designs.Entry design = job.design();
    if (design.membarrier() != Membarriers.MERGED) {
      throw new UserError(
          "%s was not in a kernel with membarrier %s%n  expected --membarrier %s"
              .formatted(bug.id(), design.membarrier().name(), Membarriers.MERGED.name()));
    }
    if (!bug.designs().isEmpty() && !bug.designs().contains(design.name())) {
      throw new UserError(
          "%s was not in %s%n  expected --design %s"
              .formatted(bug.id(), design.spelled(), String.join(",", bug.designs())));
    }
  }
}
