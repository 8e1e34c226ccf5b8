package dev.lazymm.cli;

import dev.lazymm.replay.Replayer;
import dev.lazymm.review.Recording;
import dev.lazymm.trace.FtraceTextReader.CpuNumbers;
import dev.lazymm.trace.TaskList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a recording is to be read. */
final class RecordingOptions {
  private static final String STDIN = "-";

  @Option(
      names = "--tasks",
      paramLabel = "FILE",
      description = "The tasks of just before the recording. Without it, many are unknown.")
  private @Nullable String tasks;

  @Option(
      names = "--from-marker",
      paramLabel = "TEXT",
      description = "Count from this trace_marker on.")
  private @Nullable String fromMarker;

  @Option(
      names = "--to-marker",
      paramLabel = "TEXT",
      description = "Count up to this trace_marker.")
  private @Nullable String toMarker;

  @Option(
      names = "--cpus-with-holes",
      description = "CPU numbers may exceed the number of CPUs (some were offline).")
  private boolean holes;

  /** {@return whether markers say what to count} */
  boolean marked() {
    return fromMarker != null || toMarker != null;
  }

  boolean given() {
    return tasks != null || fromMarker != null || toMarker != null || holes;
  }

  /** {@return the recording, replayed; {@code -} is stdin} */
  Recording replay(String trace, Replayer.Options what) {
    TaskList list = tasks == null ? null : tasks(tasks);
    Replayer.Options options = marked() ? what.between(fromMarker, toMarker) : what;
    CpuNumbers numbers = holes ? CpuNumbers.WITH_HOLES : CpuNumbers.BELOW_COUNT;
    try {
      if (trace.equals(STDIN)) {
        return Recording.replay(System.in, "stdin", list, options, numbers);
      }
      Path file = Path.of(trace);
      try (InputStream in = Bar.reading(Files.newInputStream(file), Files.size(file))) {
        return Recording.replay(in, trace, list, options, numbers);
      }
    } catch (IOException e) {
      throw UserError.unreadable(trace, e);
    }
  }

  private static TaskList tasks(String file) {
    try {
      return TaskList.read(Path.of(file));
    } catch (IOException e) {
      throw UserError.unreadable(file, e);
    }
  }
}
