package dev.lazymm.cli;

import dev.lazymm.report.CheckJson;
import dev.lazymm.report.CheckText;
import dev.lazymm.report.Json;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm check}. */
@Command(
    name = "check",
    description = {
      "Checks designs on architectures over scenarios: every execution up to a bound.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything holds",
      "1:something is violated",
      "2:usage error or bad input",
      "3:nothing is violated, but a bound was reached",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm check",
      "  ./lazymm check --scenario 'e07-*' --design no-refcount --arch x86-eager",
      "  ./lazymm check --design MyDesign.java",
      "  ./lazymm check --scenario my.scenarios --json",
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME|FILE",
      description = {
        "Scenarios: NAME or PREFIX* of the library, FILE, or FILE:NAME (default: the library)."
      })
  private List<String> scenarios = new ArrayList<>();

  @Mixin private KernelOptions kernels;
  @Mixin private ExploreOptions explore;

  @Option(names = "--brief", description = "Draw no counterexamples.")
  private boolean brief;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Checks.Options options = explore.options();
    List<Job> jobs =
        Job.all(
            kernels.designs(), kernels.arches(), new Scenarios(kernels.designs()).find(scenarios));
    Commands commands = new Commands(options);
    Output out = new Output(spec.commandLine().getOut());
    CheckText text = new CheckText(commands);
    List<Done> done = new ArrayList<>();
    try (Bar bar = Bar.forChecks(!json)) {
      new Checks(options, bar)
          .run(
              jobs,
              d -> {
                done.add(d);
                if (!json) {
                  out.print(text.line(d));
                }
              });
    }
    if (json) {
      out.print(Json.write(CheckJson.of(done, commands)));
    } else {
      if (!brief) {
        done.forEach(d -> out.print(d.violations().isEmpty() ? "" : "\n" + text.counterexample(d)));
      }
      out.print("\n" + CheckText.summary(done));
    }
    return code(done);
  }

  static int code(List<Done> done) {
    return done.stream().anyMatch(d -> !d.violations().isEmpty())
        ? Exit.VIOLATED
        : done.stream().anyMatch(Done::inconclusive) ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }
}
