package dev.lazymm.cli;

import dev.lazymm.review.Checks;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How to explore: {@code --max-executions}, {@code --order}, {@code --jobs}. */
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

  Checks.Options options() {
    require(maxExecutions >= 1, "--max-executions", "a number from 1 on");
    require(jobs >= 1, "--jobs", "a number from 1 on");
    boolean distinct = order.stream().distinct().count() == order.size();
    require(distinct && order.stream().allMatch(c -> c >= 0), "--order", "each CPU once: 1,0");
    return new Checks.Options(maxExecutions, order, jobs);
  }

  private void require(boolean ok, String option, String expected) {
    if (!ok) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '" + option + "': expected " + expected);
    }
  }
}
