package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Pairs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  static Stream<Arguments> runs() {
    return LIBRARY.list().stream()
        .flatMap(s ->
            Designs.ALL.stream()
                .flatMap(d ->
                    Pairs.arches(d).stream().map(a -> Arguments.of(s.name(), a.name(), d.name()))));
  }

  /** In every order of whole actions: each expectation, the law of the counters, frees once. */
  @ParameterizedTest
  @MethodSource("runs")
  void endsAsItSays(String name, String arch, String design) {
    Scenario scenario = LIBRARY.find(name);
    KernelFactory factory =
        KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
    Set<Expectation> met = new HashSet<>();
    SequentialRun.all(
        scenario,
        factory,
        run -> {
          for (Expectation expectation : run.prepared.expectations()) {
            boolean holds = run.prepared.holds(expectation.condition(), run);
            switch (expectation.kind()) {
              case ALWAYS -> assertThat(holds).as(expectation.toString()).isTrue();
              case NEVER -> assertThat(holds).as(expectation.toString()).isFalse();
              case EXISTS -> {
                if (holds) {
                  met.add(expectation);
                }
              }
            }
          }
          if (Pairs.meant(design, arch) && !design.equals("linus-rule-exit")) { // which warns
            CountsLeft.check(run);
          }
        });
    Prepared prepared = Setup.prepare(scenario, factory);
    assertThat(prepared.expectations().stream().filter(e -> e.kind() == Expectation.Kind.EXISTS))
        .allMatch(met::contains);
  }

  @Test
  void namesAreFoundOrGuessed() {
    assertThat(LIBRARY.find("e07-idle-exit").cpus()).hasSize(2);
    assertThatExceptionOfType(ScenarioLibrary.UnknownScenarioException.class)
        .isThrownBy(() -> LIBRARY.find("e07-idel-exit"))
        .withMessage("there is no scenario \"e07-idel-exit\"; did you mean e07-idle-exit?");
    assertThatExceptionOfType(ScenarioLibrary.UnknownScenarioException.class)
        .isThrownBy(() -> LIBRARY.find("e14"))
        .satisfies(e -> assertThat(e.near()).contains("e14-own-exit"));
    assertThatExceptionOfType(ScenarioLibrary.UnknownScenarioException.class)
        .isThrownBy(() -> LIBRARY.find("nothing-like-it-at-all-xxxxxx"))
        .satisfies(e -> assertThat(e.near()).isEmpty());
  }

  @Test
  void theExperimentsAreThere() {
    assertThat(LIBRARY.list()).hasSizeGreaterThan(14);
    for (String prefix : List.of("e06-", "e07-", "e08-", "e12-", "e14-", "switch-")) {
      assertThat(LIBRARY.startingWith(prefix)).as(prefix).isNotEmpty();
    }
  }

  @Test
  void everyScenarioStaysSmall() {
    assertThat(LIBRARY.list())
        .allMatch(s -> s.cpus().size() <= 3)
        .allMatch(s -> s.cpus().stream().allMatch(c -> c.actions().size() <= 5));
  }
}
