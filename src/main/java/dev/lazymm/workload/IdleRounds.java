package dev.lazymm.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The scenario that the dispute is about, of any size: one process with a thread on each CPU; each
 * thread goes idle and comes back so many times, then exits. Every idle is a borrow of the one mm.
 */
public final class IdleRounds {
  /** No scenario has more CPUs. */
  public static final int MOST_CPUS = 9999;

  private IdleRounds() {}

  /**
   * {@return the scenario}
   *
   * @param cpus how many CPUs, from 1 to {@link #MOST_CPUS}
   * @param rounds how often each thread goes idle and comes back, from 0
   */
  public static Scenario of(int cpus, int rounds) {
    if (cpus < 1 || cpus > MOST_CPUS || rounds < 0) {
      throw new IllegalArgumentException(cpus + " CPUs, " + rounds + " rounds");
    }
    List<Scenario.CpuLine> lines = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      String task = "A" + (cpu + 1);
      List<Action> round = List.of(new Action.Idle(), new Action.Run(task));
      List<Action> actions = new ArrayList<>();
      Collections.nCopies(rounds, round).forEach(actions::addAll);
      actions.add(new Action.Exit());
      lines.add(new Scenario.CpuLine(task, actions));
    }
    String title = "%d threads, idle and back %d times, then exit".formatted(cpus, rounds);
    String name = "idle-rounds-%d-%d".formatted(cpus, rounds);
    return new Scenario(name, title, List.of(), lines, List.of(), List.of());
  }
}
