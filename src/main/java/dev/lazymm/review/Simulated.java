package dev.lazymm.review;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.simulate.Finding;
import dev.lazymm.simulate.SimulatedRun;
import dev.lazymm.simulate.Simulator;
import dev.lazymm.simulate.Tally;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Setup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that was simulated with one seed after the other.
 *
 * @param job what was run
 * @param prepared the scenario on its kernel
 * @param firstSeed the first seed
 * @param runs how many runs there were
 * @param violated in how many of them something went wrong
 * @param total what all of them did, counted
 * @param found what went wrong, each kind once and the gravest first, with the first seed that
 *     shows it
 * @param last the run of the last seed
 */
public record Simulated(
    Job job,
    Prepared prepared,
    long firstSeed,
    long runs,
    long violated,
    Tally total,
    List<Found> found,
    SimulatedRun last) {
  /**
   * A kind of thing that went wrong.
   *
   * @param finding what it was in the run of {@code seed}
   * @param seed the first that shows it
   * @param runs how many show one of its kind
   */
  public record Found(Finding finding, long seed, long runs) {}

  public Simulated {
    found = List.copyOf(found);
  }

  /**
   * Simulates a job.
   *
   * @param seeds how many seeds, from 1
   */
  public static Simulated run(Job job, MachineModel machine, long firstSeed, long seeds) {
    Prepared prepared = Setup.prepare(job.scenario(), job.kernel());
    Simulator simulator = new Simulator(machine);
    Map<String, Found> found = new LinkedHashMap<>();
    @Nullable SimulatedRun last = null;
    Tally total = Tally.NOTHING;
    long violated = 0;
    for (long i = 0; i < seeds; i++) {
      long seed = firstSeed + i;
      SimulatedRun run = simulator.run(prepared, seed);
      for (Finding finding : run.findings()) {
        found.merge(
            finding.invariant(),
            new Found(finding, seed, 1),
            (old, one) -> new Found(old.finding(), old.seed(), old.runs() + 1));
      }
      violated += run.findings().isEmpty() ? 0 : 1;
      total = total.plus(run.tally());
      last = run;
    }
    if (last == null) {
      throw new IllegalArgumentException(seeds + " seeds");
    }
    List<Found> gravestFirst = new ArrayList<>(found.values());
    gravestFirst.sort(Comparator.comparing(Found::finding, Finding.GRAVEST_FIRST));
    return new Simulated(job, prepared, firstSeed, seeds, violated, total, gravestFirst, last);
  }
}
