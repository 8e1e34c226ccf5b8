package dev.lazymm.simulate;

import dev.lazymm.workload.FinalState;
import java.util.List;

/**
 * One run.
 *
 * @param seed what it was run with; the same gives the same run
 * @param tally what happened, counted
 * @param hottest the lines that moved most
 * @param findings what went wrong, each kind once, the gravest first
 * @param ended whether every CPU has done all its actions
 * @param state how it ended; the last state there was if it did not
 * @param picoseconds the simulated time of its last CPU, by prices that nobody has calibrated
 */
public record SimulatedRun(
    long seed,
    Tally tally,
    List<HotLine> hottest,
    List<Finding> findings,
    boolean ended,
    FinalState state,
    long picoseconds) {

  public SimulatedRun {
    hottest = List.copyOf(hottest);
    findings = List.copyOf(findings);
  }
}
