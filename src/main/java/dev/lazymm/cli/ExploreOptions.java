package dev.lazymm.cli;

import dev.lazymm.check.Weakenings;
import dev.lazymm.review.Checks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * How to explore: {@code --max-executions}, {@code --order}, {@code --jobs}, {@code --workers},
 * {@code --timeout}, {@code --ordered-increments}.
 */
final class ExploreOptions {
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
    Values values = new Values(spec);
    values.requireOne(maxExecutions, "--max-executions");
    values.requireOne(jobs, "--jobs");
    boolean distinct = order.stream().distinct().count() == order.size();
    values.require(
        distinct && order.stream().allMatch(c -> c >= 0), "--order", "each CPU once: 1,0");
    values.require(workers >= 0, "--workers", "a number from 1 on");
    return new Checks.Options(
        maxExecutions,
        order,
        jobs,
        workers,
        values.time(timeout, "--timeout"),
        null,
        Version.lazymm(),
        increments.ordered(),
        Weakenings.NONE,
        null);
  }
}
