package dev.lazymm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.CheckedStates;
import dev.lazymm.cost.MachineModel;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.live.Live;
import dev.lazymm.live.LiveOptions;
import dev.lazymm.replay.ReplayedState;
import dev.lazymm.replay.Replayer;
import dev.lazymm.simulate.Simulator;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.KernelState;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.ScenarioParser;
import dev.lazymm.workload.Setup;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One scenario, user, idle, user, exit, on every machine: the same kernel classes leave the same
 * state behind.
 */
class FourMachinesTest {
  private static final int ROUNDS = 3;

  private static final String HERE =
      """
      scenario idle-return-exit: a thread sleeps, returns and exits on one CPU
      cpu 0: (A1) idle; run A1; exit
      """;

  private static final String ELSEWHERE =
      """
      scenario idle-there-exit-here: a thread sleeps on CPU 1, which borrows; it exits on CPU 0
      cpu 0: run A1; exit
      cpu 1: (A1) idle
      """;

  @FunctionalInterface
  private interface Replay extends BiFunction<Designs.Entry, Arches.Entry, KernelState> {}

  static Iterable<Designs.Entry> designs() {
    return Designs.ALL;
  }

  @ParameterizedTest
  @MethodSource("designs")
  void onOneCpu(Designs.Entry design) {
    Kernels.arches(design)
        .forEach(arch -> compare(HERE, ReplayedState::idleReturnExit, design, arch));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void onTwoCpus(Designs.Entry design) {
    Kernels.arches(design)
        .forEach(arch -> compare(ELSEWHERE, ReplayedState::idleThereExitHere, design, arch));
  }

  private static void compare(
      String scenario, Replay replay, Designs.Entry design, Arches.Entry arch) {
    Prepared prepared =
        Setup.prepare(
            ScenarioParser.parse("test", scenario).getFirst(), KernelFactory.of(arch, design));
    KernelState checked = only(CheckedStates.of(prepared));
    String what = design.name() + " on " + arch.name();
    Simulator simulator = new Simulator(MachineModel.builtIn());
    for (int seed = 0; seed < ROUNDS; seed++) {
      assertThat(KernelState.of(prepared, simulator.run(prepared, seed).state()))
          .as("simulate, %s, seed %d", what, seed)
          .isEqualTo(checked);
      LiveOptions options = LiveOptions.rounds(1, seed).withPinned(false);
      assertThat(KernelState.of(prepared, Live.once(prepared, options)))
          .as("live, %s, seed %d", what, seed)
          .isEqualTo(checked);
    }
    if (Replayer.Options.counts(design)) {
      assertThat(replay.apply(design, arch)).as("replay, %s", what).isEqualTo(checked);
    }
  }

  /** The scenario is such that all its executions end alike. */
  private static KernelState only(Iterable<KernelState> states) {
    assertThat(states).hasSize(1);
    return states.iterator().next();
  }
}
