package dev.lazymm.cli;

import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.report.CheckSarif;
import dev.lazymm.report.ExecutionDot;
import dev.lazymm.report.ExplainJson;
import dev.lazymm.report.ExplainText;
import dev.lazymm.report.Json;
import dev.lazymm.report.html.Pages;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
  @Mixin private OneCheck one;

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

  @Mixin private MemoryModels models;
  @Mixin private ExploreOptions explore;
  @Mixin private WeakenOptions weaken;

  @Override
  public Integer call() {
    WeakenOptions.Chosen weakened = weaken.chosen(List.of(one.design()));
    Checks.Options options = weakened.apply(explore.options());
    Model model = models.one();
    List<String> relations =
        Choice.all("relation", show, model.relations(one.arch().name()), Function.identity());
    Done done = one.run(model, options, relations);
    weakened.check();
    if (done.violations().isEmpty()) {
      return one.nothing(done, "explain", spec.commandLine().getErr());
    }
    Violation violation = one.asked(done).getFirst();
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
}
