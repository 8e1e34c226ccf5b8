package dev.lazymm.cli;

import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One check, whose counterexample is looked at: one scenario, one kernel, one invariant. */
final class OneCheck {
  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "NAME|FILE:NAME",
      description = "The scenario; FILE alone if there is but one in it.")
  private String scenario = "";

  @Option(
      names = "--invariant",
      description = "What is broken: I1, WARN, ... (default: the gravest).")
  private @Nullable String invariant;

  @Mixin private OneKernel kernel;
  @Mixin private HistoryOption history;

  /** {@return the design} */
  Designs.Entry design() {
    return kernel.design();
  }

  /**
   * Checks it.
   *
   * @param relations of the model, to be shown besides
   */
  Done run(Model model, Checks.Options options, List<String> relations) {
    Designs.Entry of = design();
    List<Job.Named> found = new Scenarios(List.of(of)).find(List.of(scenario));
    if (found.size() > 1) {
      throw new UserError(
          "\"%s\" is %d scenarios%n  expected one, for example %s"
              .formatted(scenario, found.size(), found.getFirst().spelled()));
    }
    List<Job> job = history.in(Job.all(List.of(of), List.of(arch()), List.of(model), found));
    try (Bar bar = Bar.forChecks()) {
      return new Checks(options, bar).explaining(relations).run(job).getFirst();
    }
  }

  /** {@return the architecture} */
  Arches.Entry arch() {
    return kernel.archOrPast();
  }

  /** {@return the violations that are asked for, the gravest first} */
  List<Violation> asked(Done done) {
    return invariant == null
        ? done.violations()
        : List.of(Choice.one("violation of", invariant, done.violations(), Violation::invariant));
  }

  /**
   * Says why there is no counterexample.
   *
   * @param verb what there is nothing to do to: {@code explain}
   * @return the exit code
   */
  int nothing(Done done, String verb, PrintWriter err) {
    if (done.result().verdict() instanceof Verdict.Inconclusive(String why)) {
      err.println("lazymm: inconclusive: " + why);
      return Exit.INCONCLUSIVE;
    }
    err.println(
        "lazymm: nothing to %s: %s holds with %s on %s%s"
            .formatted(verb, scenario, design().spelled(), done.on(), done.unusualModel()));
    return Exit.HOLDS;
  }
}
