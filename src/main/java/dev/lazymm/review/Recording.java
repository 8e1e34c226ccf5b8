package dev.lazymm.review;

import dev.lazymm.replay.ReplayReport;
import dev.lazymm.replay.Replayer;
import dev.lazymm.replay.Sample;
import dev.lazymm.trace.FtraceTextReader;
import dev.lazymm.trace.FtraceTextReader.CpuNumbers;
import dev.lazymm.trace.MarkerWindow;
import dev.lazymm.trace.TaskList;
import dev.lazymm.trace.TraceFormatException;
import dev.lazymm.trace.TraceInfo;
import dev.lazymm.trace.TraceSummary;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording that was replayed, whole or up to a fault in it: what was counted before the fault is
 * not lost.
 *
 * @param name the file, as the user calls it
 * @param options what was replayed
 * @param report what was counted; lossy for any reason below
 * @param tasksKnown whether there was a task list
 * @param reasons why the counts may be off, each a sentence; empty if they are not lossy
 * @param fault the complete message about what is wrong with the file; null if nothing is
 */
public record Recording(
    String name,
    Replayer.Options options,
    ReplayReport report,
    boolean tasksKnown,
    List<String> reasons,
    @Nullable String fault) {
  public Recording {
    reasons = List.copyOf(reasons);
  }

  /**
   * Replays a recording.
   *
   * @param in text of ftrace, perf script or trace-cmd report, plain or gzip-compressed; stays open
   * @param tasks the tasks that existed just before it; null if unknown
   * @throws IOException if {@code in} cannot be read
   */
  public static Recording replay(
      InputStream in,
      String name,
      @Nullable TaskList tasks,
      Replayer.Options options,
      CpuNumbers cpuNumbers)
      throws IOException {
    Replayer replayer = new Replayer(options, tasks);
    // Passes everything on; it is here because it knows which marker was not seen.
    MarkerWindow window =
        new MarkerWindow(options.fromMarker(), options.toMarker(), replayer, replayer);
    boolean windowed = options.fromMarker() != null || options.toMarker() != null;
    try {
      TraceSummary summary =
          FtraceTextReader.read(in, name, cpuNumbers, windowed ? window : replayer);
      window.finish();
      List<String> reasons = reasons(replayer.report(), summary);
      Replayer.Span span = options.span();
      if (span != null && (summary.firstTs() > span.begin() || summary.lastTs() < span.end())) {
        reasons.add("the recording does not cover the time that the truth was counted in");
      }
      missingMarker(options, window).ifPresent(reasons::add);
      if (reasons.isEmpty() && replayer.report().lossy()) {
        reasons.add(
            replayer.report().cpus() == 0
                ? "the file does not say on which CPUs events happened (`perf record -a` does)"
                : "more CPUs take part than the head of the file speaks of");
      }
      return new Recording(
          name, options, lossy(replayer, !reasons.isEmpty()), tasks != null, reasons, null);
    } catch (TraceFormatException e) {
      window.finish();
      List<String> reasons = List.of("counted up to the fault in the file, and no further");
      return new Recording(
          name, options, lossy(replayer, true), tasks != null, reasons, e.getMessage());
    }
  }

  /** {@return the recording that comes with lazymm, replayed} */
  public static Recording sample(Replayer.Options options) throws IOException {
    try (InputStream trace = Sample.trace();
        InputStream tasks = Sample.tasks()) {
      String name = "the built-in sample";
      return replay(trace, name, TaskList.read(tasks, name), options, CpuNumbers.BELOW_COUNT);
    }
  }

  /** {@return whether too much is unknown to rely on the counts} */
  public boolean inconclusive() {
    return report.lossy() || (!tasksKnown && report.unknownMmShare() > 0);
  }

  private static List<String> reasons(ReplayReport report, TraceSummary summary) {
    List<String> reasons = new ArrayList<>();
    TraceInfo info = summary.info();
    if (summary.missingLines() > 0) {
      reasons.add(
          "the head promises %d events, %d of them are not in the file"
              .formatted(info.entriesInBuffer(), summary.missingLines()));
    }
    if (report.lossy() && info.lossy()) {
      reasons.add(
          "%d of %d events were overwritten before the file was made"
              .formatted(info.entriesWritten() - info.entriesInBuffer(), info.entriesWritten()));
    } else if (report.lossy() && summary.lostEvents() > 0) {
      reasons.add("LOST lines own up to %d lost events".formatted(summary.lostEvents()));
    } else if (report.lossy() && summary.lossy()) {
      reasons.add("lines of the file say that events are missing, not how many");
    }
    return reasons;
  }

  private static Optional<String> missingMarker(Replayer.Options options, MarkerWindow window) {
    if (options.fromMarker() != null && window.begin().isEmpty()) {
      return Optional.of(
          "there is no marker \"" + options.fromMarker() + "\": counted from the start");
    }
    if (options.toMarker() != null && window.end().isEmpty()) {
      return Optional.of("there is no marker \"" + options.toMarker() + "\": counted to the end");
    }
    return Optional.empty();
  }

  private static ReplayReport lossy(Replayer replayer, boolean lossy) {
    ReplayReport r = replayer.report();
    return new ReplayReport(
        r.events(),
        r.cpus(),
        r.lossy() || lossy,
        r.unknownMmShare(),
        r.exitsWithMm(),
        r.mmDeaths(),
        r.switches(),
        r.membarrierCalls(),
        r.membarrierIpis(),
        r.designs());
  }
}
