package dev.lazymm.cli;

import dev.lazymm.litmus.run.Batch;
import dev.lazymm.litmus.run.Expected;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.report.LitmusText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm litmus}. */
@Command(
    name = "litmus",
    description = {
      "Runs litmus tests: may this happen, under that memory model?",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was found as expected (or nothing was expected)",
      "1:a test does not show what was expected",
      "2:usage error, or a test or model is at fault; the other tests are run",
      "3:inconclusive: a test's time was up, or a loop was unrolled too seldom",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm litmus SB+mbonceonces.litmus",
      "  ./lazymm litmus tests/ --conf linux-kernel.cfg --expected expected.csv",
    },
    mixinStandardHelpOptions = true)
final class LitmusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Litmus tests, or folders of them.")
  private List<Path> files = List.of();

  @Option(names = "--conf", paramLabel = "FILE", description = "A herd configuration file.")
  private @Nullable String conf;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A .cat file, or a built-in model: lkmm (default), sc.")
  private @Nullable String model;

  @Option(names = "--bell", paramLabel = "FILE", description = "A .bell file.")
  private @Nullable String bell;

  @Option(names = "--macros", paramLabel = "FILE", description = "A .def file.")
  private @Nullable String macros;

  @Option(
      names = {"-I", "--include"},
      paramLabel = "DIR",
      description = "Where to look for files, too.")
  private List<Path> folders = List.of();

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      split = ",",
      description = "Variants of the model, separated by commas.")
  private List<String> variants = List.of();

  @Option(
      names = "--unroll",
      paramLabel = "N",
      description = "Unroll loops so often. Default: ${DEFAULT-VALUE}")
  private int unroll = Request.UNROLL;

  @Option(
      names = "--condition-only",
      description = "Look only for executions that decide the condition: faster, no states.")
  private boolean conditionOnly;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Limit for each test. Default: none")
  private @Nullable Double timeout;

  @Option(
      names = "--expected",
      paramLabel = "CSV",
      description = "What is expected: columns test, observation, positive, negative, flags.")
  private @Nullable Path expected;

  @Override
  public Integer call() {
    Tools tools =
        LitmusFiles.tools(
            new Request(conf, model, bell, macros, folders, new TreeSet<>(variants), unroll));
    Expected rows = expected == null ? null : read(expected);
    Duration limit = timeout == null ? null : Duration.ofNanos((long) (timeout * 1e9));
    Output out = new Output(spec.commandLine().getOut());
    Summary summary = new Summary();
    LitmusText text = new LitmusText();
    new Batch(tools, new Batch.Options(LitmusFiles.workers(), limit, conditionOnly))
        .run(
            LitmusFiles.found(files),
            outcome -> {
              List<String> differences = differences(outcome, rows);
              boolean listed = rows != null && rows.of(outcome.file()).isPresent();
              summary.add(outcome, listed, differences.isEmpty());
              out.print(text.line(outcome, differences));
            });
    out.print(summary.text(expected));
    return summary.code();
  }

  private static List<String> differences(Outcome outcome, @Nullable Expected rows) {
    return rows != null && outcome instanceof Outcome.Judged j
        ? rows.of(j.file()).map(row -> row.differences(j.result())).orElse(List.of())
        : List.of();
  }

  private static Expected read(Path csv) {
    try {
      return new Expected(csv);
    } catch (Expected.InvalidException e) {
      UserError error = new UserError(String.valueOf(e.getMessage()));
      error.initCause(e);
      throw error;
    } catch (IOException e) {
      throw UserError.unreadable(csv.toString(), e);
    }
  }

  /** What became of how many. */
  private static final class Summary {
    int agree;
    int disagree;
    int errors;
    int timeouts;
    int unlisted;
    boolean inconclusive;

    void add(Outcome outcome, boolean listed, boolean asExpected) {
      switch (outcome) {
        case Outcome.Judged j -> {
          if (!listed) {
            unlisted++;
          } else if (asExpected) {
            agree++;
          } else {
            disagree++;
          }
          inconclusive |= j.result().isInconclusive();
        }
        case Outcome.TimedOut t -> timeouts++;
        case Outcome.Failed f -> errors++;
      }
    }

    String text(@Nullable Path expected) {
      String rest = "%d errors, %d timeouts".formatted(errors, timeouts);
      if (expected == null) {
        return "%d tests, %s".formatted(unlisted, rest);
      }
      String without =
          unlisted == 0 ? "" : "%d tests are not in %s%n".formatted(unlisted, expected);
      return "%s%d agree, %d disagree, %s".formatted(without, agree, disagree, rest);
    }

    int code() {
      if (errors > 0) {
        return Exit.USAGE;
      }
      if (disagree > 0) {
        return Exit.VIOLATED;
      }
      return timeouts > 0 || inconclusive ? Exit.INCONCLUSIVE : Exit.HOLDS;
    }
  }
}
