package dev.lazymm.cli;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.run.Batch;
import dev.lazymm.litmus.run.Expected;
import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Input;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.report.Json;
import dev.lazymm.report.LitmusJson;
import dev.lazymm.report.LitmusJunit;
import dev.lazymm.report.LitmusText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm litmus}. */
@Command(
    name = "litmus",
    description = "Runs litmus tests: may this happen, under that memory model?",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was found as expected, or nothing was expected",
      "1:a test does not show what was expected, two models differ, or one is not sound",
      "2:usage error, or a test or model is at fault; the other tests are run",
      "3:inconclusive: a test's time was up, or a loop was unrolled too seldom",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm litmus docs/litmus/MP.litmus --show",
      "  ./lazymm litmus docs/litmus --against sc",
      "  ./lazymm litmus docs/litmus/SB.litmus --models lkmm,tso,armv8,power",
      "  ./lazymm litmus tests/ --conf linux-kernel.cfg --expected expected.csv",
    },
    mixinStandardHelpOptions = true)
final class LitmusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LitmusInputs inputs;
  @Mixin private ModelOptions models;
  @Mixin private SeveralModels several;
  @Mixin private LitmusOptions how;
  @Mixin private PictureOptions pictures;

  @Option(
      names = "--expected",
      paramLabel = "CSV",
      description = "What is expected: columns test, observation, positive, negative, flags.")
  private @Nullable Path expected;

  @Option(
      names = "--against",
      paramLabel = "MODEL",
      description = "Say where this second model differs: a .cat or .cfg file, lkmm or sc.")
  private @Nullable String against;

  @Option(names = "--states", description = "List all final states; of one test by default.")
  private boolean states;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit report, too.")
  private @Nullable Path junit;

  @Override
  public Integer call() {
    List<Input> tests = inputs.all();
    check(tests);
    if (several.isWanted()) {
      return several.run(tests, models, how.options(), json);
    }
    Tools tools = models.tools(tests);
    Tools other = against == null ? null : models.against(tests, against);
    Expected rows = expected == null ? null : read(expected);
    Batch.Options options = how.options();
    LitmusSummary summary = new LitmusSummary();
    LitmusJson.Builder document = new LitmusJson.Builder(tools.name(), against);
    List<Finding> kept = new ArrayList<>();
    Output out = new Output(spec.commandLine().getOut());
    run(
        tests,
        new Batch(tools, options),
        other == null ? null : new Batch(other, options),
        rows,
        finding -> {
          summary.add(finding);
          LitmusFiles.complain(finding, spec.commandLine().getErr());
          if (json) {
            document.add(finding);
          } else {
            out.print(text(finding, tools));
          }
          if (pictures.isWanted()) {
            String drawn = pictures.draw(finding.outcome(), tools);
            out.print(json ? "" : drawn);
          }
          if (junit != null) {
            kept.add(finding);
          }
        });
    if (junit != null) {
      LitmusInputs.write(junit, LitmusJunit.of(kept, tools.name()));
    }
    if (json) {
      out.print(Json.write(document.build(null)));
    } else if (!inputs.isOneTest() || expected != null || against != null) {
      out.print(last(summary));
    }
    return summary.code();
  }

  private void check(List<Input> tests) {
    several.check(expected != null || against != null || pictures.isWanted() || junit != null);
    if (pictures.isWanted() && tests.size() > 1) {
      throw new UserError("a picture is of one test; these are " + tests.size());
    }
    if (pictures.isOnStdout() && json) {
      throw new UserError("--json has the execution in it\n  expected no --show beside it");
    }
    if (expected != null && against != null) {
      throw new UserError("--expected and --against cannot be used together");
    }
  }

  /** Runs all tests, under both models if there are two. */
  private void run(
      List<Input> tests,
      Batch batch,
      @Nullable Batch second,
      @Nullable Expected rows,
      Consumer<Finding> consumer) {
    List<Outcome> first = new ArrayList<>();
    if (second != null) {
      run(tests, batch, false, first::add);
    }
    int[] next = {0};
    run(
        tests,
        second == null ? batch : second,
        !json,
        outcome -> {
          var row = rows == null ? Optional.<Expected.Row>empty() : rows.of(outcome.file());
          consumer.accept(
              second == null
                  ? new Finding(outcome, row, Optional.empty())
                  : new Finding(first.get(next[0]++), row, Optional.of(outcome)));
        });
  }

  private static void run(
      List<Input> tests, Batch batch, boolean lines, Consumer<Outcome> consumer) {
    int[] done = {0};
    try (Bar bar = Bar.forTests(lines)) {
      batch.run(
          tests,
          outcome -> {
            consumer.accept(outcome);
            bar.done(++done[0], tests.size());
          });
    }
  }

  private String text(Finding finding, Tools tools) {
    if (against != null) {
      return LitmusText.comparison(finding, tools.name(), against);
    }
    if (inputs.isOneTest()) {
      return LitmusText.full(finding, model(finding.outcome(), tools));
    }
    return LitmusText.line(finding) + (states ? LitmusText.states(finding.outcome()) : "");
  }

  private static String model(Outcome outcome, Tools tools) {
    return switch (outcome) {
      case Outcome.Failed _, Outcome.NotMapped _ -> tools.name();
      case Outcome.Judged j -> model(j.test(), tools);
      case Outcome.TimedOut t -> model(t.test(), tools);
    };
  }

  private static String model(LitmusTest test, Tools tools) {
    Tools.Named model = tools.model(test.arch());
    String title = model.model().title();
    return model.name() + (title.isEmpty() ? "" : ": " + title);
  }

  private String last(LitmusSummary summary) {
    if (expected != null) {
      return summary.expected(expected.toString());
    }
    return against == null ? summary.alone() : summary.compared();
  }

  private static Expected read(Path csv) {
    try {
      return new Expected(csv);
    } catch (Expected.InvalidException e) {
      throw UserError.of(e);
    } catch (IOException e) {
      throw UserError.unreadable(csv.toString(), e);
    }
  }
}
