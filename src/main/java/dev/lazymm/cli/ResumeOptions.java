package dev.lazymm.cli;

import dev.lazymm.check.Resume;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where to keep an exploration: {@code --resume}, {@code --save-every}. */
final class ResumeOptions {
  private static final double MOST_SECONDS = 1e6;
  private static final double MILLIS = 1000;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Keep the exploration in FILE; if there is one, go on from it.")
  private @Nullable Path file;

  @Option(
      names = "--save-every",
      paramLabel = "SECONDS",
      description = "How often to write FILE (default: ${DEFAULT-VALUE}).")
  private double every = Resume.USUAL.toSeconds();

  /** {@return the file, null if none is asked for} */
  @Nullable Resume resume() {
    if (!(every >= 0 && every <= MOST_SECONDS)) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--save-every': expected 0 or more");
    }
    Path to = file;
    return to == null ? null : new Resume(to, Duration.ofMillis(Math.round(every * MILLIS)));
  }
}
