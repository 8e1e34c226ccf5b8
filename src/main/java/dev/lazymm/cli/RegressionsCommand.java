package dev.lazymm.cli;

import dev.lazymm.report.Json;
import dev.lazymm.report.MutationsJson;
import dev.lazymm.report.MutationsText;
import dev.lazymm.report.RegressionsJson;
import dev.lazymm.report.RegressionsTable;
import dev.lazymm.report.RegressionsText;
import dev.lazymm.review.Checks;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import dev.lazymm.review.Mutation;
import dev.lazymm.review.Mutations;
import dev.lazymm.review.Regression;
import dev.lazymm.review.RegressionList;
import dev.lazymm.review.RegressionResult;
import dev.lazymm.review.Regressions;
import dev.lazymm.review.Unneeded;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lazymm regressions}. */
@Command(
    name = "regressions",
    description = "Bugs of the past: each is found in a kernel that has it, and gone with its fix.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all are found and gone",
      "1:one is not",
      "2:usage error or bad input",
      "3:a bound was reached before it was clear",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm regressions",
      "  ./lazymm regressions --regression R05",
      "  ./lazymm check --history R05 --scenario r05-trim-use",
    },
    mixinStandardHelpOptions = true)
final class RegressionsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--regression",
      split = ",",
      paramLabel = "BUG",
      description = "These alone, with their counterexamples drawn: R05 (default: all, undrawn).")
  private List<String> names = new ArrayList<>();

  @Mixin private ExploreOptions explore;

  @Option(names = "--brief", description = "A line for each scenario under each model.")
  private boolean brief;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(
      names = "--mutations",
      description = "Also every named site of four kernels weakened alone: what finds each.")
  private boolean mutations;

  @Override
  public Integer call() {
    if (mutations && (brief || !names.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "--mutations is about all of them: expected no --regression and no --brief beside it");
    }
    Checks.Options options = explore.options();
    if (mutations) {
      return mutations(options);
    }
    Set<String> ids = ids();
    List<Regression> chosen =
        RegressionList.ALL.stream().filter(r -> ids.contains(r.id())).toList();
    List<Regression.LeftOut> leftOut =
        RegressionList.LEFT_OUT.stream().filter(l -> ids.contains(l.id())).toList();
    Regressions regressions = new Regressions(ScenarioLibrary.withRegressions());
    List<Done> done;
    try (Bar bar = Bar.forChecks()) {
      done = new Checks(options, bar).run(regressions.jobs(chosen));
    }
    List<RegressionResult> results = regressions.judge(chosen, done);
    Commands commands = new Commands(options);
    new Output(spec.commandLine().getOut())
        .print(
            json
                ? Json.write(RegressionsJson.of(results, leftOut, commands))
                : brief
                    ? RegressionsTable.of(results, leftOut)
                    : RegressionsText.of(results, leftOut, commands, !names.isEmpty()));
    return results.stream().anyMatch(r -> r.agreement() == Agreement.NO)
        ? Exit.VIOLATED
        : results.stream().anyMatch(r -> r.agreement() == Agreement.UNKNOWN)
            ? Exit.INCONCLUSIVE
            : Exit.HOLDS;
  }

  /** The numbers of those that are asked for; one that has parts, R10, stands for all of them. */
  private Set<String> ids() {
    List<String> known =
        Stream.concat(
                RegressionList.ALL.stream().map(Regression::id),
                RegressionList.LEFT_OUT.stream().map(Regression.LeftOut::id))
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return Set.copyOf(known);
    }
    Set<String> ids = new HashSet<>();
    for (String name : names) {
      List<String> parts =
          known.stream().filter(id -> id.matches(Pattern.quote(name) + "[a-z]")).toList();
      ids.addAll(
          parts.isEmpty() ? List.of(Choice.one("regression", name, known, id -> id)) : parts);
    }
    return ids;
  }

  private int mutations(Checks.Options options) {
    Regressions regressions = new Regressions(ScenarioLibrary.withRegressions());
    List<RegressionResult> past;
    List<Mutation> all = new ArrayList<>();
    try (Bar bar = Bar.forChecks()) {
      List<Job> jobs = regressions.jobs(RegressionList.ALL);
      past = regressions.judge(RegressionList.ALL, new Checks(options, bar).run(jobs));
      for (Mutations.Kernel kernel : Mutations.KERNELS) {
        all.addAll(Mutations.of(kernel, Unneeded.ALL, options, bar::done));
      }
    }
    new Output(spec.commandLine().getOut())
        .print(
            json
                ? Json.write(MutationsJson.of(past, all, new Commands(options)))
                : MutationsText.of(past, all));
    boolean wrong =
        past.stream().anyMatch(r -> r.agreement() == Agreement.NO)
            || all.stream().anyMatch(m -> !m.open() && !m.isAsExpected());
    boolean open =
        past.stream().anyMatch(r -> r.agreement() == Agreement.UNKNOWN)
            || all.stream().anyMatch(Mutation::open);
    return wrong ? Exit.VIOLATED : open ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }
}
