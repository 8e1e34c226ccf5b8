package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.kernel.Designs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  static List<Scenario> all() {
    return LIBRARY.list();
  }

  /** In every order of whole actions: each expectation, the law of the counters, frees once. */
  @ParameterizedTest
  @MethodSource("all")
  void endsAsItSays(Scenario scenario) {
    Kernels.share(scenario, Designs.ALL, 6).forEach(pair -> endsAsItSays(scenario, pair));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void endsAsItSaysWithEveryKernel(Scenario scenario) {
    Kernels.share(scenario, Designs.ALL, Effort.of(2, 1))
        .forEach(pair -> endsAsItSays(scenario, pair));
  }

  private static void endsAsItSays(Scenario scenario, Kernels.Pair pair) {
    KernelFactory factory = pair.factory();
    String what = scenario.name() + " with " + pair;
    boolean warns = pair.design().name().equals("linus-rule-exit");
    boolean counts = Kernels.meant(pair.design().name(), pair.arch().name()) && !warns;
    boolean kept = Kernels.keepsForOffline(scenario.name(), pair.design().name());
    Set<Expectation> met = new HashSet<>();
    SequentialRun.all(
        scenario,
        factory,
        run -> {
          for (Expectation expectation : run.prepared.expectations()) {
            boolean holds = run.prepared.holds(expectation.condition(), run);
            switch (expectation.kind()) {
              case ALWAYS ->
                  assertThat(holds || (kept && run.prepared.holds(Kernels.KEPT, run)))
                      .as("%s: %s", what, expectation)
                      .isTrue();
              case NEVER -> assertThat(holds).as("%s: %s", what, expectation).isFalse();
              case EXISTS -> {
                if (holds) {
                  met.add(expectation);
                }
              }
            }
          }
          if (counts) {
            CountsLeft.check(run);
          }
        });
    Prepared prepared = Setup.prepare(scenario, factory);
    assertThat(prepared.expectations().stream().filter(e -> e.kind() == Expectation.Kind.EXISTS))
        .as(what)
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
    List<String> muchBefore =
        List.of(
            "invlpgb-membarrier", // two flushes, until its mm has a global ASID
            "e09-reused-registered"); // an mm has to die, and another to get its slot
    assertThat(LIBRARY.list())
        .allMatch(s -> s.cpus().size() <= 3)
        .filteredOn(s -> !muchBefore.contains(s.name()))
        .allMatch(s -> s.cpus().stream().allMatch(c -> c.actions().size() <= 5));
  }
}
