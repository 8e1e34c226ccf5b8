package dev.lazymm.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.NoRefcount;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateSpaceTest {
  private static final List<Scenario> ONE_CPU = scenario("cpu 0: (A1) idle; run A1; idle; run A1");

  private static List<Scenario> scenario(String lines) {
    return ScenarioParser.parse("test", "scenario test: test\n" + lines);
  }

  private static StateSpace of(List<Scenario> scenarios, String design) {
    return StateSpace.of(
        scenarios,
        KernelFactory.of(
            Arches.find("powerpc-hash").orElseThrow(), Designs.find(design).orElseThrow()));
  }

  /** Without a choice one state follows another; where a round trip ends it has begun. */
  @Test
  void aRoundTripComesBackToWhereItBegan() {
    StateSpace twice = of(ONE_CPU, "refcount");
    StateSpace once = of(scenario("cpu 0: (A1) idle; run A1"), "refcount");
    assertThat(once.states()).isEqualTo(twice.states());
    assertThat(once.transitions()).isEqualTo(twice.transitions());
  }

  /** What counts borrows has a state more for each count; what stores a pointer for each store. */
  @Test
  void whatADesignStoresAreStates() {
    StateSpace none = of(ONE_CPU, "no-refcount");
    assertThat(of(ONE_CPU, "refcount").states()).isGreaterThan(none.states());
    assertThat(of(ONE_CPU, "desnoyers-hp").states()).isGreaterThan(none.states());
    assertThat(of(ONE_CPU, "shootdown")).isEqualTo(none);
  }

  /** A store that changes nothing is no state; one that does is, though it is taken back. */
  @Test
  void onlyAChangeIsAState() {
    StateSpace none = of(ONE_CPU, "no-refcount");
    assertThat(StateSpace.of(ONE_CPU, storing(0, 0))).isEqualTo(none);
    assertThat(StateSpace.of(ONE_CPU, storing(7, 0)).states()).isGreaterThan(none.states());
  }

  private static KernelFactory storing(long first, long then) {
    return memory ->
        new Kernel(
            memory,
            Arches.find("powerpc-hash").orElseThrow().make(),
            k ->
                new NoRefcount() {
                  @Override
                  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
                    cpu.writeOnce(k.initMm().rangeMapped, first);
                    cpu.writeOnce(k.initMm().rangeMapped, then);
                  }
                });
  }

  @Test
  void scenariosShareStates() {
    List<Scenario> library = ScenarioLibrary.builtIn().startingWith("switch-");
    StateSpace all = of(library, "refcount");
    int sum = library.stream().mapToInt(s -> of(List.of(s), "refcount").states()).sum();
    assertThat(all.states()).isLessThan(sum);
    assertThat(all.transitions()).isGreaterThanOrEqualTo(all.states() - 1);
  }
}
