package dev.lazymm.replay;

import dev.lazymm.trace.FtraceTextReader;
import dev.lazymm.trace.TaskList;
import dev.lazymm.trace.TraceSummary;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays a recording in one call. To keep what was counted before a fault in the file, give a
 * {@link Replayer} to the reader instead and ask it for its report afterwards.
 */
public final class Replay {
  private Replay() {}

  /**
   * Replays a file.
   *
   * @param trace ftrace text, plain or gzip-compressed
   * @param tasks the task list of just before the recording; null if there is none: then every task
   *     is unknown until it is forked or runs a program
   * @param progress told now and then how many bytes of {@code trace} have been read
   * @throws dev.lazymm.trace.TraceFormatException if a file is not sound
   * @throws IOException if a file cannot be read
   */
  public static ReplayReport run(
      Path trace, @Nullable Path tasks, Replayer.Options options, LongConsumer progress)
      throws IOException {
    try (InputStream in = Files.newInputStream(trace)) {
      TaskList list = tasks == null ? null : TaskList.read(tasks);
      return run(in, trace.toString(), list, options, progress);
    }
  }

  /**
   * Replays a stream, for example standard input, and leaves it open.
   *
   * @param name what errors call it
   */
  public static ReplayReport run(
      InputStream trace,
      String name,
      @Nullable TaskList tasks,
      Replayer.Options options,
      LongConsumer progress)
      throws IOException {
    Replayer replayer = new Replayer(options, tasks);
    TraceSummary summary =
        FtraceTextReader.read(
            new Metered(trace, progress), name, FtraceTextReader.CpuNumbers.BELOW_COUNT, replayer);
    if (summary.missingLines() > 0) {
      replayer.missing();
    }
    return replayer.report();
  }

  /** Says how much has been read. */
  private static final class Metered extends FilterInputStream {
    private final LongConsumer progress;
    private long bytes;

    Metered(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) {
      bytes += n;
      progress.accept(bytes);
    }
  }
}
