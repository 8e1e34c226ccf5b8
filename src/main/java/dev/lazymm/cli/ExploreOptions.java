package dev.lazymm.cli;

import dev.lazymm.check.Weakenings;
import dev.lazymm.review.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * How to explore: {@code --max-executions}, {@code --order}, {@code --jobs}, {@code --workers},
 * {@code --timeout}, {@code --ordered-increments}.
 */
final class ExploreOptions {
  private static final double MOST_SECONDS = 1e9;
  private static final double MILLIS = 1000;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--max-executions",
      paramLabel = "N",
      description = "Give up on a check after N executions (default: ${DEFAULT-VALUE}).")
  private long maxExecutions = Checks.Options.defaults().maxExecutions();

  @Option(
      names = "--order",
      split = ",",
      paramLabel = "CPU",
      description = "CPUs, first to be explored first. Changes what is found first, not what is.")
  private List<Integer> order = new ArrayList<>();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Checks at a time (default: ${DEFAULT-VALUE}, one a processor).")
  private int jobs = Checks.Options.defaults().threads();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads a check (default: the processors that --jobs leaves it).")
  private int workers;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up on a check after so long.")
  private @Nullable Double timeout;

  @Mixin private IncrementOptions increments;

  Checks.Options options() {
    require(maxExecutions >= 1, "--max-executions", "a number from 1 on");
    require(jobs >= 1, "--jobs", "a number from 1 on");
    boolean distinct = order.stream().distinct().count() == order.size();
    require(distinct && order.stream().allMatch(c -> c >= 0), "--order", "each CPU once: 1,0");
    require(workers >= 0, "--workers", "a number from 1 on");
    Double seconds = timeout;
    require(
        seconds == null || (seconds > 0 && seconds <= MOST_SECONDS),
        "--timeout",
        "more than 0 seconds");
    Duration time = seconds == null ? null : Duration.ofMillis(Math.round(seconds * MILLIS));
    return new Checks.Options(
        maxExecutions,
        order,
        jobs,
        workers,
        time,
        null,
        Version.lazymm(),
        increments.ordered(),
        Weakenings.NONE,
        null);
  }

  private void require(boolean ok, String option, String expected) {
    if (!ok) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '" + option + "': expected " + expected);
    }
  }
}
