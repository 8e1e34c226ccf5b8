package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScenarioGeneratorTest {
  @Test
  void theSeedDecides() {
    assertThat(take(1, 50)).isEqualTo(take(1, 50)).isNotEqualTo(take(2, 50));
  }

  @Test
  void boundsAreKept() {
    assertThat(take(3, 100))
        .allMatch(s -> s.cpus().size() == 2)
        .allMatch(s -> s.cpus().stream().mapToInt(c -> c.actions().size()).sum() <= 6);
    assertThatIllegalArgumentException().isThrownBy(() -> new ScenarioGenerator(1, 0, 3));
  }

  /**
   * What no random scenario has: an action within another, and what would make most of them about
   * something else. A CPU that is unplugged breaks laws that random scenarios are asked to keep
   * (docs/hotplug.md); membarrier needs a registration first, and its own questions at the end.
   */
  private static final Set<Class<?>> NOT_DRAWN =
      Set.of(
          Action.Preempted.class,
          Action.Offline.class,
          Action.Online.class,
          Action.Unplug.class,
          Action.Plug.class,
          Action.Membarrier.class,
          Action.RseqBegin.class,
          Action.RseqEnd.class);

  @Test
  void everyActionComesUpButThoseOfHotplugAndMembarrier() {
    Set<Class<?>> kinds = new HashSet<>();
    for (Scenario scenario : take(4, 1000)) {
      scenario.cpus().forEach(c -> c.actions().forEach(a -> kinds.add(a.getClass())));
    }
    Set<Class<?>> all = new HashSet<>(List.of(Action.class.getPermittedSubclasses()));
    all.removeAll(NOT_DRAWN);
    assertThat(kinds).isEqualTo(all);
  }

  /** What the outline promises of the end holds in every order, whatever the scenario. */
  @Test
  void randomScenariosEndAsTheirOutlineSays() {
    for (Scenario scenario : take(5, 150)) {
      for (Arches.Entry arch : Arches.ALL) {
        KernelFactory factory = KernelFactory.of(arch, Designs.find("refcount").orElseThrow());
        SequentialRun.all(scenario, factory, CountsLeft::check);
      }
    }
    for (Scenario scenario : take(6, 150)) {
      KernelFactory factory =
          KernelFactory.of(
              Arches.find("powerpc-hash").orElseThrow(),
              Designs.find("shootdown-debug").orElseThrow());
      SequentialRun.all(scenario, factory, CountsLeft::check);
    }
  }

  private static List<Scenario> take(long seed, int n) {
    ScenarioGenerator generator = new ScenarioGenerator(seed, 2, 6);
    return Stream.generate(generator::next).limit(n).toList();
  }

  @Test
  void expectationKindsHaveWords() {
    assertThat(EnumSet.allOf(Expectation.Kind.class))
        .extracting(Expectation.Kind::word)
        .containsExactly("exists", "never", "always");
  }
}
