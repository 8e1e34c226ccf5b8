package dev.lazymm.report;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.review.Job;
import dev.lazymm.review.Simulated;
import dev.lazymm.simulate.HotLine;
import dev.lazymm.simulate.Tally;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code simulate --json} writes.
 *
 * @param calibrated whether the prices of the machine were measured on one: never, so far
 */
public record SimulateJson(
    int schemaVersion, MachineModel machine, boolean calibrated, List<Result> results) {
  /**
   * One job.
   *
   * @param verdict ok or violated
   * @param firstSeed the first seed; the others follow it
   * @param violated in how many runs something went wrong
   * @param total what all runs did, counted
   * @param only the run, if there is just one
   */
  public record Result(
      String design,
      String arch,
      String scenario,
      String verdict,
      long firstSeed,
      long runs,
      long violated,
      List<FoundJson> findings,
      Tally total,
      @Nullable Only only) {}

  /**
   * A kind of thing that went wrong.
   *
   * @param seed the first that shows it
   * @param runs how many show it
   * @param command what shows it again
   */
  public record FoundJson(String invariant, String what, long seed, long runs, String command) {}

  /**
   * A run that is alone.
   *
   * @param ended whether every CPU has done all its actions
   * @param uncalibratedPicoseconds simulated time; not a prediction of anything
   */
  public record Only(
      boolean ended,
      long uncalibratedPicoseconds,
      List<HotLine> hottest,
      List<EndOfRun.OfCpu> cpus,
      List<EndOfRun.OfMm> mms) {}

  /**
   * {@return the document about these jobs}
   *
   * @param command the command that shows a job with a seed again
   */
  public static SimulateJson of(
      List<Simulated> all, MachineModel machine, BiFunction<Job, Long, String> command) {
    return new SimulateJson(
        Json.SCHEMA_VERSION, machine, false, all.stream().map(s -> result(s, command)).toList());
  }

  private static Result result(Simulated s, BiFunction<Job, Long, String> command) {
    return new Result(
        s.job().design().name(),
        s.job().arch().name(),
        s.job().spelled(),
        s.violated() > 0 ? "violated" : "ok",
        s.firstSeed(),
        s.runs(),
        s.violated(),
        s.found().stream()
            .map(f ->
                new FoundJson(
                    f.finding().invariant(),
                    f.finding().what(),
                    f.seed(),
                    f.runs(),
                    command.apply(s.job(), f.seed())))
            .toList(),
        s.total(),
        s.runs() == 1 ? only(s) : null);
  }

  private static Only only(Simulated s) {
    return new Only(
        s.last().ended(),
        s.last().picoseconds(),
        s.last().hottest(),
        EndOfRun.cpus(s.prepared(), s.last().state(), Integer.MAX_VALUE),
        EndOfRun.mms(s.prepared(), s.last().state()));
  }
}
