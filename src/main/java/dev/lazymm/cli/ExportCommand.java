package dev.lazymm.cli;

import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakenings;
import dev.lazymm.export.About;
import dev.lazymm.export.Exported;
import dev.lazymm.export.Exporter;
import dev.lazymm.report.ExportJson;
import dev.lazymm.report.ExportText;
import dev.lazymm.report.Json;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.workload.ScenarioWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm export}. */
@Command(
    name = "export",
    description = "Makes litmus tests of a counterexample, or of a barrier that is needed.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:there is nothing to export: it holds",
      "1:violated, and exported",
      "2:usage error or bad input",
      "3:a bound was reached, or no litmus test says it",
    },
    footer = {
      "%nExample:",
      "  ./lazymm export --scenario e06-exec-idle --design refcount --arch x86-eager",
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OneCheck one;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Memory model: sc, tso, armv8, power, riscv, lkmm (default: lkmm).")
  private String model = "lkmm";

  @Option(
      names = "--barrier",
      paramLabel = "SITE[=FORM]",
      description = {
        "A barrier that is needed: one test without it, or with what is left of it",
        "(removed, relaxed, acquire, release), and one with it."
      })
  private @Nullable String barrier;

  @Option(
      names = "--to",
      split = ",",
      paramLabel = "LANGUAGE",
      description = "c, x86, aarch64, ppc, riscv; several with commas (default: c).")
  private List<String> to = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", description = "Write each test to a file there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "The tests as JSON.")
  private boolean json;

  @Mixin private ExploreOptions explore;

  @Override
  public Integer call() {
    List<String> languages =
        to.isEmpty()
            ? List.of(Exporter.LANGUAGES.getFirst())
            : Choice.all("language", to, Exporter.LANGUAGES, Function.identity());
    Model of = Model.named(Choice.one("memory model", model, Model.NAMES, Function.identity()));
    WeakenOptions.Chosen weakened =
        WeakenOptions.chosen(
            "--barrier", barrier == null ? List.of() : List.of(barrier), List.of(one.design()));
    Checks.Options options = weakened.apply(explore.options());
    Done done = one.run(of, options, List.of());
    weakened.check();
    weakened.expectOrder();
    if (done.violations().isEmpty()) {
      return one.nothing(done, "export", spec.commandLine().getErr());
    }
    List<String> refused = new ArrayList<>();
    List<String> anyway =
        barrier == null ? List.of() : broken(one.run(of, explore.options(), List.of()));
    for (Violation violation : one.asked(done)) {
      if (anyway.contains(violation.invariant())) {
        refused.add(violation.invariant() + ": it is violated with " + barrier + " as well");
        continue;
      }
      switch (Exporter.of(about(done, violation, options), violation, languages)) {
        case Exported.Refused(String why) -> refused.add(violation.invariant() + ": " + why);
        case Exported.Tests tests -> {
          show(tests, done, violation);
          return Exit.VIOLATED;
        }
      }
    }
    refused.forEach(why -> spec.commandLine().getErr().println("lazymm: not exported: " + why));
    return Exit.INCONCLUSIVE;
  }

  private static List<String> broken(Done done) {
    return done.violations().stream().map(Violation::invariant).toList();
  }

  private void show(Exported.Tests tests, Done done, Violation violation) {
    Path folder = out;
    if (folder != null) {
      OutFile.makeFolder(folder);
      tests.tests().forEach(test -> OutFile.write(folder.resolve(test.file()), test.text()));
    }
    new Output(spec.commandLine().getOut())
        .print(
            json
                ? Json.write(ExportJson.of(tests, done, violation))
                : folder == null ? ExportText.tests(tests) : ExportText.files(tests, folder));
  }

  private About about(Done done, Violation violation, Checks.Options options) {
    Weakenings weakened = options.weakened();
    return new About(
        done.job().scenario().name(),
        ScenarioWriter.write(done.job().scenario())
            .lines()
            .filter(line -> line.startsWith("cpu "))
            .toList(),
        done.result().design(),
        done.on(),
        done.result().model(),
        weakened.isNone() ? null : weakened.forms().firstKey(),
        weakened.isNone() ? "" : weakened.forms().firstEntry().getValue().word(),
        new Commands(options).export(done.job(), violation.invariant(), to));
  }
}
