package dev.lazymm.cli;

import dev.lazymm.count.Count;
import dev.lazymm.count.Episode;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.report.CountJson;
import dev.lazymm.report.CountText;
import dev.lazymm.report.Json;
import dev.lazymm.review.Counted;
import dev.lazymm.workload.KernelFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm count}. */
@Command(
    name = "count",
    description = {
      "Counts what a design's code does in an idle round trip, a switch, an exit:",
      "atomics, barriers, stores that others see, interrupts. Counts, not times.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:counted", "2:usage error or bad input"},
    footer = {
      "%nEpisodes: trip, detour, switch, thread, child, and exit-K-M: the exit of a process while",
      "K other CPUs borrow its mm and M have moved on to other processes.",
      "%nExamples:",
      "  ./lazymm count trip --design refcount,shootdown",
      "  ./lazymm count exit-3-2 --design shootdown --arch powerpc-hash",
    },
    mixinStandardHelpOptions = true)
final class CountCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "EPISODE",
      description = "What to count (default: trip, detour, switch, thread, child, exit-3-2).")
  private List<String> names = new ArrayList<>();

  @Mixin private KernelOptions kernels;

  @Option(names = "--registered", description = "The processes are registered for membarrier(2).")
  private boolean registered;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    List<Counted> rows = new ArrayList<>();
    for (Episode episode : episodes()) {
      for (Designs.Entry design : kernels.designs()) {
        for (Arches.Entry arch : kernels.arches()) {
          Count count = episode.count(KernelFactory.of(arch, design), registered);
          rows.add(new Counted(episode, registered, design.name(), arch.name(), count));
        }
      }
    }
    new Output(spec.commandLine().getOut())
        .print(json ? Json.write(CountJson.of(rows)) : CountText.of(rows, true));
    return Exit.HOLDS;
  }

  private List<Episode> episodes() {
    return names.isEmpty()
        ? Episode.USUAL
        : names.stream()
            .map(name ->
                Episode.find(name)
                    .orElseGet(() -> Choice.one("episode", name, Episode.USUAL, Episode::name)))
            .toList();
  }
}
