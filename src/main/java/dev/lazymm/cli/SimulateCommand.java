package dev.lazymm.cli;

import dev.lazymm.cost.MachineFile;
import dev.lazymm.cost.MachineModel;
import dev.lazymm.report.Json;
import dev.lazymm.report.SimulateJson;
import dev.lazymm.report.SimulateText;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Job;
import dev.lazymm.review.Simulated;
import dev.lazymm.workload.IdleRounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm simulate}. */
@Command(
    name = "simulate",
    description = {
      "Runs scenarios on a simulated machine, an interleaving a seed, and counts what the",
      "caches do. Times are not calibrated: none is a prediction.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing went wrong in these runs",
      "1:something is violated",
      "2:usage error or bad input",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm simulate --scenario e07-idle-exit --design refcount --arch x86-eager",
      "  ./lazymm simulate --scenario 'e07-*' --design no-refcount --seeds 100",
      "  ./lazymm simulate --cpus 64 --rounds 10 --arch x86-eager",
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME|FILE",
      description = {
        "Scenarios: NAME or PREFIX* of the library, FILE, or FILE:NAME (default: the library)."
      })
  private List<String> scenarios = new ArrayList<>();

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "Instead of a scenario: a process with a thread on each of N CPUs.")
  private @Nullable Integer cpus;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "With --cpus: how often each goes idle and comes back (default: 10).")
  private @Nullable Integer rounds;

  @Mixin private KernelOptions kernels;

  @Option(
      names = "--machine",
      paramLabel = "FILE",
      description = "The machine, in TOML (default: two sockets, not calibrated).")
  private String machineFile = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The first seed (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds, one after the other (default: ${DEFAULT-VALUE}).")
  private long seeds = 1;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Values values = new Values(spec);
    values.requireOne(seeds, "--seeds");
    values.require(seed <= Long.MAX_VALUE - seeds, "--seed", "a smaller one: " + seeds + " follow");
    List<Job> jobs = Job.all(kernels.designs(), kernels.arches(), named());
    MachineModel machine = machine(jobs);
    BiFunction<Job, Long, String> command =
        (job, s) -> Commands.simulate(words(job), job, machineFile, s);
    Output out = new Output(spec.commandLine().getOut());
    SimulateText text = new SimulateText(machine, command);
    List<Simulated> done = new ArrayList<>();
    for (Job job : jobs) {
      Simulated one = Simulated.run(job, machine, seed, seeds);
      done.add(one);
      if (!json) {
        out.print(text.line(one));
      }
    }
    if (json) {
      out.print(Json.write(SimulateJson.of(done, machine, command)));
    } else {
      done.forEach(d -> out.print(d.found().isEmpty() ? "" : "\n" + text.findings(d)));
      if (jobs.size() == 1 && seeds == 1) {
        out.print("\n" + text.detail(done.getFirst()));
      }
      out.print("\n" + text.summary(done, seed, seeds));
    }
    return done.stream().anyMatch(d -> d.violated() > 0) ? Exit.VIOLATED : Exit.HOLDS;
  }

  private List<Job.Named> named() {
    Values values = new Values(spec);
    if (cpus == null) {
      values.require(rounds == null, "--rounds", "--cpus with it");
      return new Scenarios(kernels.designs()).find(scenarios);
    }
    values.require(scenarios.isEmpty(), "--cpus", "no --scenario with it");
    String range = "a number from 1 to " + IdleRounds.MOST_CPUS;
    values.require(cpus >= 1 && cpus <= IdleRounds.MOST_CPUS, "--cpus", range);
    int times = rounds();
    values.require(times >= 0 && times <= 1_000_000, "--rounds", "a number from 0 to 1000000");
    return List.of(Job.Named.of(IdleRounds.of(cpus, times)));
  }

  private int rounds() {
    return rounds == null ? 10 : rounds;
  }

  /** The words that name the scenario of a job. */
  private List<String> words(Job job) {
    return cpus == null
        ? List.of("--scenario", job.spelled())
        : List.of("--cpus", cpus.toString(), "--rounds", Integer.toString(rounds()));
  }

  /** The built-in machine has as many CPUs as are needed; a user's has what it says. */
  private MachineModel machine(List<Job> jobs) {
    int needed = jobs.stream().mapToInt(j -> j.scenario().cpus().size()).max().orElse(1);
    if (machineFile.isEmpty()) {
      return MachineModel.builtIn().widenedTo(needed);
    }
    MachineModel machine;
    try {
      machine = MachineFile.parse(machineFile, Files.readString(Path.of(machineFile)));
    } catch (IOException e) {
      throw UserError.unreadable(machineFile, e);
    }
    int has = machine.topology().cpus();
    if (has < needed) {
      throw new UserError(
          "%s: this machine has %d CPUs%n  expected %d or more, as a scenario needs them"
              .formatted(machineFile, has, needed));
    }
    return machine;
  }
}
