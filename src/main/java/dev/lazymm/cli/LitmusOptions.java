package dev.lazymm.cli;

import dev.lazymm.litmus.run.Batch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How to run litmus tests: {@code --timeout}, {@code --condition-only}, {@code --jobs}. */
final class LitmusOptions {
  private static final double LONGEST = 1e9;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--condition-only",
      description = "Look only for executions that decide the condition: faster, no states.")
  private boolean conditionOnly;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Limit for each test (default: none).")
  private @Nullable Double timeout;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Tests at a time (default: ${DEFAULT-VALUE}, one a processor).")
  private int jobs = LitmusFiles.workers();

  Batch.Options options() {
    if (jobs < 1) {
      throw invalid("--jobs", "a number from 1 on");
    }
    return new Batch.Options(jobs, limit(spec, "--timeout", timeout), conditionOnly);
  }

  /** {@return a limit that was given in seconds} */
  static @Nullable Duration limit(CommandSpec spec, String option, @Nullable Double seconds) {
    if (seconds == null) {
      return null;
    }
    if (!(seconds > 0 && seconds < LONGEST)) {
      throw invalid(spec, option, "a number of seconds above 0");
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private ParameterException invalid(String option, String expected) {
    return invalid(spec, option, expected);
  }

  private static ParameterException invalid(CommandSpec spec, String option, String expected) {
    return new ParameterException(
        spec.commandLine(), "Invalid value for option '" + option + "': expected " + expected);
  }
}
