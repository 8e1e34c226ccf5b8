package dev.lazymm.cli;

import dev.lazymm.check.Families;
import dev.lazymm.check.Probe;
import dev.lazymm.check.Resume;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.report.Json;
import dev.lazymm.report.ProbeJson;
import dev.lazymm.report.ProbeText;
import dev.lazymm.review.Job;
import dev.lazymm.review.Speed;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm probe}. */
@Command(
    name = "probe",
    description = {
      "Measures how many executions a second are explored here.",
      "Of a program family (ainc, readers, casrot, lastzero, indexer, ring) or a scenario.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:the number of executions is not what it is known to be",
      "2:usage error or bad input",
      "3:it could not be explored whole: the heap is too small",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm probe casrot 9 --seconds 10",
      "  ./lazymm probe --scenario e06-use-exit --design refcount --arch x86-eager",
    },
    mixinStandardHelpOptions = true)
final class ProbeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "FAMILY", description = "The family.")
  private @Nullable String family;

  @Parameters(index = "1", arity = "0..1", paramLabel = "N", description = "Its size.")
  private @Nullable Integer size;

  @Option(names = "--scenario", paramLabel = "NAME|FILE", description = "A scenario instead.")
  private @Nullable String scenario;

  @Option(names = "--design", description = "Its lifetime design (default: ${DEFAULT-VALUE}).")
  private String design = "refcount";

  @Option(names = "--arch", description = "Its architecture (default: ${DEFAULT-VALUE}).")
  private String arch = "x86-eager";

  @Mixin private MemoryModels models;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "For how long (default: ${DEFAULT-VALUE}).")
  private double seconds = 5;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads (default: ${DEFAULT-VALUE}).")
  private int workers = 1;

  @Mixin private ResumeOptions kept;
  @Mixin private IncrementOptions increments;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Values values = new Values(spec);
    Duration time = values.time(seconds, "--seconds");
    values.requireOne(workers, "--workers");
    Speed speed;
    try {
      speed = measure(time);
    } catch (Probe.GaveUp e) {
      spec.commandLine().getErr().println("lazymm: " + e.why());
      return Exit.INCONCLUSIVE;
    }
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    new Output(spec.commandLine().getOut())
        .print(json ? Json.write(ProbeJson.of(speed, heap)) : ProbeText.of(speed, heap));
    boolean wrong = speed.expected() != null && speed.expected() != speed.executions();
    return wrong ? Exit.VIOLATED : Exit.HOLDS;
  }

  private Speed measure(Duration time) {
    if (scenario != null) {
      if (family != null) {
        throw usage("Give a family or a scenario, not both");
      }
      Designs.Entry own = DesignChoice.one(design);
      List<Job.Named> found = new Scenarios(List.of(own)).find(List.of(scenario));
      if (found.size() != 1) {
        throw new UserError(
            "\"" + scenario + "\" is " + found.size() + " scenarios\n  expected one");
      }
      List<Job> jobs =
          Job.all(
              List.of(own),
              List.of(Choice.one("architecture", arch, Arches.ALL, Arches.Entry::name)),
              List.of(models.one()),
              found);
      if (kept.resume() != null) {
        throw usage("--resume here is for families; check --resume is for scenarios");
      }
      return Speed.ofCheck(jobs.getFirst(), increments.ordered(), time, workers);
    }
    if (family == null || size == null) {
      throw usage("Expected a family and its size, as in casrot 9, or --scenario");
    }
    if (increments.ordered()) {
      throw usage("--ordered-increments here is for scenarios; all of a family's results are used");
    }
    if (size < 1) {
      throw usage("Invalid value for N: a family has members from size 1");
    }
    String name = Choice.one("family", family, Families.names(), Function.identity());
    try {
      return Speed.ofFamily(name, size, models.one(), time, workers, kept.resume());
    } catch (Resume.Refused e) {
      throw new UserError(e.text());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
