package dev.lazymm.cli;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.replay.Replayer;
import dev.lazymm.report.Json;
import dev.lazymm.report.ReviewJson;
import dev.lazymm.report.ReviewText;
import dev.lazymm.report.html.Pages;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Recording;
import dev.lazymm.review.Review;
import dev.lazymm.review.ReviewSet;
import dev.lazymm.review.Reviewer;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lazymm review}. */
@Command(
    name = "review",
    description = {
      "The main job: is each design safe on each architecture, is it minimal, what does it cost?",
      "Checks every design on every architecture over the scenarios that are small enough, under",
      "sequential consistency and the model of the hardware, and the claims; weakens every named",
      "site; replays a recording. Prints a screen of verdicts and what is behind them, and writes",
      "a page with pictures that needs nothing else: report.html.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:reviewed; a design that is known to be broken is reported, not a failure",
      "1:reviewed, and something is not as the scenarios or the claims say",
      "2:usage error or bad input, or the page cannot be written",
      "3:a bound was reached, or the recording has gaps",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm review",
      "  ./lazymm review --design MyDesign.java",
      "  ./lazymm review --design shootdown --arch powerpc-hash --deep",
      "  ./lazymm review --trace trace.txt.gz --tasks tasks.txt --design shootdown",
    },
    mixinStandardHelpOptions = true)
final class ReviewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private KernelOptions kernels;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "The recording to replay (default: a small one that comes with lazymm).")
  private @Nullable String trace;

  @Mixin private RecordingOptions recordings;
  @Mixin private ExploreOptions explore;

  @Option(
      names = "--deep",
      description = "Every scenario of the library, under both models (default: small ones).")
  private boolean deep;

  @Mixin private HtmlOptions html;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    html.check();
    Checks.Options options = explore.options();
    Recording recording = recording();
    List<Designs.Entry> designs = kernels.reviewed();
    List<Arches.Entry> arches = kernels.reviewedOn();
    Review review;
    try (Bar bar = Bar.forChecks()) {
      Reviewer reviewer =
          new Reviewer(
              new Checks(options, bar),
              new Commands(options),
              ScenarioLibrary.builtIn(),
              deep ? ReviewSet.DEEP : ReviewSet.USUAL);
      review = reviewer.review(designs, arches, recording, options, bar);
    }
    new Output(spec.commandLine().getOut())
        .print(json ? Json.write(ReviewJson.of(review)) : ReviewText.of(review));
    PrintWriter err = spec.commandLine().getErr();
    int replayed = ReplayCommand.talk(recording, err);
    if (html.isWanted()) {
      html.write(Pages.review(review, Runs.of(spec)), err);
    }
    if (!review.asExpected()) {
      return Exit.VIOLATED;
    }
    return replayed != Exit.HOLDS
        ? replayed
        : review.inconclusive() ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }

  private Recording recording() {
    Replayer.Options what = kernels.replayedAmongOthers();
    if (trace != null) {
      return recordings.replay(trace, what);
    }
    if (recordings.given()) {
      throw new ParameterException(
          spec.commandLine(), "Options about a recording need one: --trace=FILE");
    }
    try {
      return Recording.sample(what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
