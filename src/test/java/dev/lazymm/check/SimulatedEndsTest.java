package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.cost.Prices;
import dev.lazymm.cost.Topology;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.simulate.Finding;
import dev.lazymm.simulate.SimulatedRun;
import dev.lazymm.simulate.Simulator;
import dev.lazymm.workload.Effort;
import dev.lazymm.workload.FinalState;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioGenerator;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.Setup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every simulated run is one of the executions that the checker explores: it ends in a state in
 * which one of those ends, and reports nothing that the checker does not.
 */
class SimulatedEndsTest {
  private static final int SEEDS = 5;
  private static final int MANY_SEEDS = 12;
  private static final Simulator SIMULATOR = new Simulator(MachineModel.builtIn());

  /** All ends that the checker finds. */
  private static final class Ends implements Explorer.Listener {
    final Set<String> complete = new HashSet<>();
    boolean hangs;
    boolean fails;

    static Ends of(Program program) {
      Ends ends = new Ends();
      int cpus = program.memory().cpus();
      new Explorer(program, new Sc(), Explorer.Options.defaults(cpus), ends).run();
      return ends;
    }

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      complete.add(end(explorer.program().memory(), explorer::finalValue));
      return true;
    }

    @Override
    public boolean hung(Explorer explorer, Graph graph) {
      hangs = true;
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      fails = true;
      return true;
    }

    @Override
    public void restarted() {
      complete.clear();
      hangs = false;
      fails = false;
    }
  }

  /** All values that differ from what the cell was made with, but for the machine's own cells. */
  private static String end(Memory memory, IntToLongFunction value) {
    StringBuilder end = new StringBuilder();
    for (int i = 0; i < memory.cellCount(); i++) {
      if (!memory.cell(i).owner().type().equals("machine")) {
        long v = value.applyAsLong(i);
        if (v != memory.initial(i)) {
          end.append(memory.cell(i)).append('=').append(v).append(' ');
        }
      }
    }
    return end.toString();
  }

  private static String end(Memory memory, FinalState state) {
    return end(memory, i -> state.value(memory.cell(i)));
  }

  static Stream<Scenario> scenarios() {
    return ScenarioLibrary.builtIn().list().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void endsWhereTheCheckerEnds(Scenario scenario) {
    // What goes wrong, and what sends the most IPIs; random scenarios have every design.
    List<Designs.Entry> designs = Kernels.designs("no-refcount", "shootdown-debug");
    compare(scenario, Kernels.share(scenario, designs, 6), SEEDS);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("scenarios")
  void endsWhereTheCheckerEndsWithAnyDesign(Scenario scenario) {
    int of = Effort.of(Kernels.ONE_ARCH, 4);
    compare(scenario, Kernels.share(scenario, Designs.ALL, of), MANY_SEEDS);
  }

  static List<Scenario> ofMembarrier() {
    return ScenarioLibrary.builtIn().startingWith("membarrier-");
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("ofMembarrier")
  void alsoWithTheConditionalMembarrier(Scenario scenario) {
    List<Designs.Entry> conditional = Kernels.conditional(Kernels.designs("refcount", "shootdown"));
    compare(scenario, Kernels.share(scenario, conditional, Kernels.ONE_ARCH), SEEDS);
  }

  @Test
  void alsoOnRandomScenarios() {
    random(6, 20);
  }

  @Tag("slow")
  @Test
  void alsoOnManyRandomScenarios() {
    random(50, 21);
  }

  private static void random(int scenarios, long seed) {
    ScenarioGenerator generator = new ScenarioGenerator(seed, 2, 5);
    for (int i = 0; i < scenarios; i++) {
      Scenario scenario = generator.next();
      compare(scenario, Kernels.share(scenario, Designs.ALL, 4), SEEDS);
    }
  }

  private static void compare(Scenario scenario, List<Kernels.Pair> kernels, int seeds) {
    for (Kernels.Pair kernel : kernels) {
      compare(scenario, kernel.factory(), scenario + " " + kernel, seeds);
    }
  }

  private static void compare(Scenario scenario, KernelFactory kernel, String about, int seeds) {
    Prepared prepared = Setup.prepare(scenario, kernel);
    Ends ends = Ends.of(prepared.program());
    CheckResult check = new Checker(Checker.Options.defaults()).check(scenario, kernel);
    List<String> broken =
        check.verdict() instanceof Verdict.Violated v
            ? v.violations().stream().map(Violation::invariant).toList()
            : List.of();
    for (long seed = 0; seed < seeds; seed++) {
      SimulatedRun run = SIMULATOR.run(prepared, seed);
      assertThat(broken)
          .as("%s, seed %d: %s", about, seed, run.findings())
          .containsAll(run.findings().stream().map(Finding::invariant).toList());
      if (run.ended()) {
        assertThat(ends.complete)
            .as("%s, seed %d", about, seed)
            .contains(end(prepared.memory(), run.state()));
      } else {
        assertThat(ends.hangs || ends.fails).as("%s, seed %d", about, seed).isTrue();
      }
    }
  }

  /**
   * Whatever things cost, what happens is an execution; so prices of all sizes find more of them.
   */
  private static MachineModel anyMachine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] p =
        LongStream.range(0, 16).map(i -> random.nextLong(1L << random.nextInt(20))).toArray();
    Prices prices =
        new Prices(
            p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11], p[12], p[13],
            p[14], p[15]);
    return new MachineModel("any", new Topology(2, 2, Topology.Numbering.INTERLEAVED), prices);
  }

  @Test
  void alsoOnRandomPrograms() {
    RandomPrograms programs =
        new RandomPrograms(EnumSet.allOf(RandomPrograms.Feature.class), 7, 3000);
    List<Integer> ends = new ArrayList<>();
    int hangs = 0;
    for (int i = 0; i < 150; i++) {
      RandomPrograms.Drawn drawn = programs.next();
      Program program = drawn.program().toProgram();
      Ends all = Ends.of(program);
      Set<String> reached = new HashSet<>();
      for (long seed = 0; seed < 2 * MANY_SEEDS; seed++) {
        SimulatedRun run = new Simulator(anyMachine(seed)).run(program, seed);
        if (run.ended()) {
          reached.add(end(program.memory(), run.state()));
        } else {
          hangs++;
          assertThat(all.hangs).as("%s%s", drawn.program(), run.findings()).isTrue();
        }
      }
      assertThat(all.complete).as("%s", drawn.program()).containsAll(reached);
      ends.add(reached.size());
    }
    assertThat(hangs).isPositive();
    assertThat(ends.stream().filter(n -> n > 1).count())
        .as("programs with several ends")
        .isGreaterThan(20);
  }
}
