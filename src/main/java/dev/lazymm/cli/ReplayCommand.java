package dev.lazymm.cli;

import dev.lazymm.replay.Replayer;
import dev.lazymm.report.Json;
import dev.lazymm.report.ReplayJson;
import dev.lazymm.report.ReplayText;
import dev.lazymm.review.Recording;
import dev.lazymm.review.Truth;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazymm replay}. */
@Command(
    name = "replay",
    description = {
      "Replays a recorded schedule: what each design would have cost there.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:counted",
      "2:usage error, or a file is at fault; what was counted before is printed",
      "3:counted, but events, a marker or the task list are missing",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm replay trace.txt.gz --tasks tasks.txt",
      "  zcat trace.txt.gz | ./lazymm replay - --tasks tasks.txt --json",
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TRACE",
      description = "Text of ftrace, perf script or trace-cmd report, or gzip of it; - is stdin.")
  private String trace = "";

  @Mixin private RecordingOptions recordings;
  @Mixin private KernelOptions kernels;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Print our counts beside the recorded kernel's own (a .truth.json file).")
  private @Nullable String truth;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Truth real = truth == null ? null : read(truth);
    Replayer.Options whole = kernels.replayed(real == null ? null : real.arch());
    Replayer.Span span = real == null ? null : real.window();
    Recording recording = recordings.replay(trace, span == null ? whole : whole.within(span));
    List<Truth.Row> rows = real == null ? null : real.compare(recording.report());
    Output out = new Output(spec.commandLine().getOut());
    if (recording.fault() != null && recording.report().events() == 0) {
      return talk(recording, spec.commandLine().getErr()); // nothing was counted
    }
    if (json) {
      out.print(Json.write(ReplayJson.of(recording, rows)));
    } else {
      out.print(ReplayText.of(recording) + (rows == null ? "" : "\n" + ReplayText.truth(rows)));
    }
    return talk(recording, spec.commandLine().getErr());
  }

  /** Says on stderr what is wrong with a recording; {@return the exit code for it} */
  static int talk(Recording recording, PrintWriter err) {
    if (!recording.tasksKnown() && recording.report().events() > 0) {
      err.println(
          String.format(
              Locale.ROOT,
              "lazymm: WARNING: no task list (--tasks): the mm is unknown at %.2f %% of the"
                  + " switches",
              100 * recording.report().unknownMmShare()));
    }
    String fault = recording.fault();
    if (fault != null) {
      err.println("lazymm: " + fault);
      return Exit.USAGE;
    }
    recording.reasons().forEach(reason -> err.println("lazymm: WARNING: lossy: " + reason));
    return recording.inconclusive() ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }

  private static Truth read(String file) {
    try {
      return new Truth(JsonMapper.shared().readTree(Files.readString(Path.of(file))));
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new UserError(
          "%s:%d:%d: this is not JSON: %s%n  expected what the recorded kernel did"
              .formatted(
                  file,
                  at == null ? 1 : at.getLineNr(),
                  at == null ? 1 : at.getColumnNr(),
                  e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw UserError.unreadable(file, e);
    }
  }
}
