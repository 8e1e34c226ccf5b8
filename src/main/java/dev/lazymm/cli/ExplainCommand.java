package dev.lazymm.cli;

import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.report.CheckSarif;
import dev.lazymm.report.ExecutionDot;
import dev.lazymm.report.ExplainJson;
import dev.lazymm.report.ExplainText;
import dev.lazymm.report.Json;
import dev.lazymm.report.html.Pages;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm explain}. */
@Command(
    name = "explain",
    description = "Shows one counterexample again, with all that helps to follow it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:there is nothing to explain: it holds",
      "1:violated, and explained",
      "2:usage error or bad input",
      "3:a bound was reached before anything was found",
    },
    footer = {
      "%nExample:",
      "  ./lazymm explain --scenario e07-idle-exit --design no-refcount --arch x86-eager",
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  /** In which form. */
  enum Format {
    TEXT,
    DOT,
    SVG,
    JSON,
    SARIF
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "NAME|FILE:NAME",
      description = "The scenario; FILE alone if there is but one in it.")
  private String scenario = "";

  @Option(
      names = "--design",
      required = true,
      paramLabel = "DESIGN|FILE",
      description = "The lifetime design, or FILE.java with one of your own.")
  private String design = "";

  @Option(
      names = "--membarrier",
      paramLabel = "NAME",
      description = "The membarrier design: merged or conditional (default: merged).")
  private @Nullable String membarrier;

  @Option(
      names = "--arch",
      required = true,
      paramLabel = "ARCH",
      description = "The architecture.")
  private String arch = "";

  @Option(
      names = "--invariant",
      description = "What is broken: I1, WARN, ... (default: the gravest).")
  private @Nullable String invariant;

  @Option(
      names = "--format",
      description = "text, dot (for Graphviz), svg, json or sarif (default: text).")
  private Format format = Format.TEXT;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(
      names = "--show",
      split = ",",
      paramLabel = "NAME",
      description = "Show more relations: po, rf, co, fr on one CPU too, or some of the model's.")
  private List<String> show = List.of();

  @Mixin private HistoryOption history;
  @Mixin private MemoryModels models;
  @Mixin private ExploreOptions explore;
  @Mixin private WeakenOptions weaken;

  @Override
  public Integer call() {
    Designs.Entry own =
        DesignChoice.with(
                membarrier == null ? List.of() : List.of(membarrier),
                List.of(DesignChoice.one(design)))
            .getFirst();
    WeakenOptions.Chosen weakened = weaken.chosen(List.of(own));
    Checks.Options options = weakened.apply(explore.options());
    Done done = done(options, own);
    weakened.check();
    if (done.violations().isEmpty()) {
      return nothing(done);
    }
    Violation violation =
        invariant == null
            ? done.violations().getFirst()
            : Choice.one("violation of", invariant, done.violations(), Violation::invariant);
    Commands commands = new Commands(options);
    Output out = new Output(spec.commandLine().getOut());
    out.print(
        switch (json ? Format.JSON : format) {
          case TEXT -> ExplainText.of(done, violation, commands);
          case DOT -> ExecutionDot.of(violation.witness(), violation.what(), violation.explained());
          case SVG -> svg(violation);
          case JSON -> Json.write(ExplainJson.of(done, violation, commands));
          case SARIF ->
              Json.writeWithoutNulls(CheckSarif.of(done, violation, commands, Version.lazymm()));
        });
    return Exit.VIOLATED;
  }

  private static String svg(Violation violation) {
    if (violation.witness().steps().isEmpty()) {
      throw new UserError("there is no execution to draw: " + violation.what());
    }
    return Pages.svg(violation);
  }

  private Done done(Checks.Options options, Designs.Entry own) {
    List<Job.Named> found = new Scenarios(List.of(own)).find(List.of(scenario));
    if (found.size() > 1) {
      throw new UserError(
          "\"%s\" is %d scenarios%n  expected one, for example %s"
              .formatted(scenario, found.size(), found.getFirst().spelled()));
    }
    Arches.Entry on = HistoryOption.arches(List.of(arch)).getFirst();
    Model model = models.one();
    List<Job> job = history.in(Job.all(List.of(own), List.of(on), List.of(model), found));
    List<String> names =
        Choice.all("relation", show, model.relations(on.name()), Function.identity());
    try (Bar bar = Bar.forChecks()) {
      return new Checks(options, bar).explaining(names).run(job).getFirst();
    }
  }

  private int nothing(Done done) {
    PrintWriter err = spec.commandLine().getErr();
    if (done.result().verdict() instanceof Verdict.Inconclusive(String why)) {
      err.println("lazymm: inconclusive: " + why);
      return Exit.INCONCLUSIVE;
    }
    err.println(
        "lazymm: nothing to explain: %s holds with %s on %s%s"
            .formatted(scenario, design, done.on(), done.unusualModel()));
    return Exit.HOLDS;
  }
}
