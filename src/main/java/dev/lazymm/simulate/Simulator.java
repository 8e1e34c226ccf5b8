package dev.lazymm.simulate;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.machine.Program;
import dev.lazymm.workload.EndLaws;
import dev.lazymm.workload.Prepared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs on a simulated machine, each run one interleaving: which one follows from the
 * prices of the machine and the seed, and from nothing else.
 */
public final class Simulator {
  private static final int HOT_LINES = 5;

  private final MachineModel machine;

  /**
   * @param machine the machine; it must have as many CPUs as what is run
   */
  public Simulator(MachineModel machine) {
    this.machine = machine;
  }

  /**
   * Runs a scenario to its end, or to where nobody can go on.
   *
   * @param seed which interleaving
   * @throws IllegalArgumentException if the machine has too few CPUs
   */
  public SimulatedRun run(Prepared prepared, long seed) {
    return run(prepared.program(), prepared, seed);
  }

  /** Runs a program that is not of a scenario; only what the run itself shows is judged. */
  public SimulatedRun run(Program program, long seed) {
    return run(program, null, seed);
  }

  private SimulatedRun run(Program program, @Nullable Prepared prepared, long seed) {
    int cpus = program.memory().cpus();
    if (cpus > machine.topology().cpus()) {
      throw new IllegalArgumentException(
          "%d CPUs do not fit on a machine of %d".formatted(cpus, machine.topology().cpus()));
    }
    Watch watch =
        new Watch(
            program.memory(), program.start(), prepared == null ? List.of() : prepared.startMms());
    Engine engine = new Engine(seed);
    Computer computer = new Computer(program, machine, engine, watch);
    engine.run();
    EndState state = new EndState(computer.values, watch);
    boolean ended = judgeProgress(computer);
    if (ended && prepared != null) {
      EndLaws.judge(prepared, state).forEach(b -> watch.report(b.law(), b.what()));
    }
    return new SimulatedRun(
        seed,
        computer.counts.tally(engine.handOvers()),
        computer.caches.hottest(HOT_LINES),
        watch.findings(),
        ended,
        state,
        computer.cpus().stream().mapToLong(SimulatedCpu::clock).max().orElse(0));
  }

  /** Reports who failed or waits for ever: {@return whether nobody did} */
  private static boolean judgeProgress(Computer computer) {
    Lane failed = computer.engine.failedLane();
    Throwable failure = computer.engine.failure();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failed != null && failure != null) {
      SimulatedCpu cpu = computer.cpu(failed.id());
      computer.watch.report(
          "OOPS",
          "the code of CPU %d fails%s: %s"
              .formatted(cpu.id(), at(cpu), String.valueOf(failure.getMessage())));
      return false;
    }
    List<String> stuck =
        computer.cpus().stream()
            .filter(cpu -> cpu.waiting() != null)
            .map(cpu -> "CPU %d%s waits for %s".formatted(cpu.id(), at(cpu), cpu.waiting()))
            .toList();
    if (!stuck.isEmpty()) {
      computer.watch.report("HANG", String.join("; ", stuck));
      return false;
    }
    return true;
  }

  private static String at(SimulatedCpu cpu) {
    return cpu.action().isEmpty() ? "" : ", at \"" + cpu.action() + "\",";
  }
}
