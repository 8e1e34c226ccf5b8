package dev.lazymm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.live.Live;
import dev.lazymm.live.LiveOptions;
import dev.lazymm.simulate.Finding;
import dev.lazymm.simulate.Simulator;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import dev.lazymm.workload.Setup;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What only an end shows is found by the simulator and by real threads too: what a membarrier(2)
 * registration has missed (I9), and what a CPU that is unplugged still borrows (I10).
 */
class HarmOfTheEndTest {
  private static final int SEEDS = 20;
  private static final int ROUNDS = 100;

  /** The first way in docs/membarrier.md in which a registration misses a CPU. */
  private static final String REGISTER_BESIDE_IDLE =
      """
      scenario register-beside-idle: a CPU borrows the mm while it registers, and then runs it
      cpu 0: (A1) membarrier register-global-expedited; idle
      cpu 1: (A2) idle; run A1
      """;

  @Test
  void aRunQueueThatARegistrationHasMissed() {
    Prepared prepared =
        Setup.prepare(
            ScenarioParser.parse("test", REGISTER_BESIDE_IDLE).getFirst(),
            KernelFactory.of(
                Arches.find("powerpc-hash").orElseThrow(),
                Designs.find("shootdown").orElseThrow()));
    assertThat(simulated(prepared)).containsExactly("I9");
    assertThat(onThreads(prepared)).containsExactly("I9");
  }

  @Test
  void aBorrowThatOutlivesItsCpu() {
    PastBug bug = PastBugs.find("R04").orElseThrow();
    Prepared prepared =
        Setup.prepare(
            ScenarioLibrary.builtIn().find("hotplug-borrow"),
            memory ->
                bug.with()
                    .make(
                        memory,
                        Arches.find("x86-eager").orElseThrow().make(),
                        Designs.find("refcount").orElseThrow().make()));
    assertThat(simulated(prepared)).containsExactlyInAnyOrder("I10", "always");
    assertThat(onThreads(prepared)).containsExactly("I10", "always");
  }

  private static Set<String> simulated(Prepared prepared) {
    Simulator simulator = new Simulator(MachineModel.builtIn());
    return LongStream.range(0, SEEDS)
        .boxed()
        .flatMap(seed -> simulator.run(prepared, seed).findings().stream())
        .map(Finding::invariant)
        .collect(Collectors.toSet());
  }

  private static List<String> onThreads(Prepared prepared) {
    LiveOptions options = LiveOptions.rounds(ROUNDS, 1).withPinned(false).withKeepGoing(true);
    return Live.run(prepared, options).found().stream().map(f -> f.finding().name()).toList();
  }
}
