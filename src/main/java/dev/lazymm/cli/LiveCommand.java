package dev.lazymm.cli;

import dev.lazymm.live.Live;
import dev.lazymm.live.LiveOptions;
import dev.lazymm.live.LiveResult;
import dev.lazymm.report.Json;
import dev.lazymm.report.LiveJson;
import dev.lazymm.report.LiveText;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Job;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm live}. */
@Command(
    name = "live",
    description = {
      "Runs scenarios on real threads, one a CPU, and watches what goes wrong.",
      "Counts only: not yet calibrated, no number is shown as a prediction.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was found (which proves nothing)",
      "1:something is violated",
      "2:usage error or bad input",
      "3:nothing was found, but a run stood still",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm live --scenario e07-idle-exit --design no-refcount",
      "  ./lazymm live --design refcount --seconds 600",
    },
    mixinStandardHelpOptions = true)
final class LiveCommand implements Callable<Integer> {
  private static final long ROUNDS = 10_000;
  private static final int SEEDS = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME|FILE",
      description = {
        "Scenarios: NAME or PREFIX* of the library, FILE, or FILE:NAME (default: the library)."
      })
  private List<String> scenarios = new ArrayList<>();

  @Mixin private KernelOptions kernels;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each run (default: " + ROUNDS + ", or as many as there is time).")
  private @Nullable Long rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Stop after so long; the runs share it evenly.")
  private @Nullable Double seconds;

  @Option(names = "--seed", paramLabel = "N", description = "Of the delays (default: drawn).")
  private @Nullable Long seed;

  @Option(names = "--unpinned", description = "Bind no thread to a processor.")
  private boolean unpinned;

  @Option(names = "--keep-going", description = "Do not end a run when it has found something.")
  private boolean keepGoing;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Values values = new Values(spec);
    values.requireOne(rounds == null ? 1 : rounds, "--rounds");
    Duration time = values.time(seconds, "--seconds");
    long drawn = seed != null ? seed : new SplittableRandom().nextInt(SEEDS);
    List<Job> jobs =
        Job.all(
            kernels.designs(), kernels.arches(), new Scenarios(kernels.designs()).find(scenarios));
    Output out = new Output(spec.commandLine().getOut());
    LiveText text = new LiveText(new Commands(Checks.Options.defaults()));
    List<LiveResult> results = new ArrayList<>();
    long begin = System.nanoTime();
    try (Bar bar = Bar.forRuns(!json)) {
      for (Job job : jobs) {
        bar.done(results.size(), jobs.size());
        LiveOptions options = options(time, drawn, begin, jobs.size() - results.size());
        LiveResult result =
            Live.run(
                Setup.prepare(job.scenario(), KernelFactory.of(job.arch(), job.design())), options);
        results.add(result);
        if (!json) {
          out.print(text.line(job, result));
        }
      }
    }
    if (json) {
      out.print(Json.write(LiveJson.of(results)));
    } else {
      if (results.size() == 1) {
        out.print("\n" + LiveText.ends(results.getFirst()));
      }
      for (int i = 0; i < jobs.size(); i++) {
        String found = text.found(jobs.get(i), results.get(i));
        out.print(found.isEmpty() ? "" : "\n" + found);
      }
      out.print("\n" + LiveText.summary(results));
    }
    return code(results);
  }

  /** How to do the next run, when {@code left} are left to do. */
  private LiveOptions options(@Nullable Duration time, long drawn, long begin, int left) {
    LiveOptions options = LiveOptions.rounds(rounds != null ? rounds : ROUNDS, drawn);
    if (time != null) {
      long rest = time.toNanos() - (System.nanoTime() - begin);
      Duration share = Duration.ofNanos(Math.max(1, rest / left));
      options = LiveOptions.time(share, drawn).withRounds(rounds != null ? rounds : Long.MAX_VALUE);
    }
    return options.withKeepGoing(keepGoing).withPinned(!unpinned);
  }

  private static int code(List<LiveResult> results) {
    return results.stream().anyMatch(r -> !r.found().isEmpty())
        ? Exit.VIOLATED
        : results.stream().anyMatch(r -> r.stuck() != null) ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }
}
