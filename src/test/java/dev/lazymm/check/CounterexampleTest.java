package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.PairedDesign;
import dev.lazymm.kernel.PairedDesign.Then;
import dev.lazymm.machine.Refusal;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A counterexample leads to itself, and elsewhere only to what exploration finds as well. */
class CounterexampleTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  private record Way(String model, String weakened) {}

  private static Checker checker(Map<String, Model> models, Way way) {
    Weakenings sites = Weakenings.NONE;
    for (String each : way.weakened().split(" ", -1)) {
      String[] words = each.split("=", -1);
      String form = words[1].toUpperCase(Locale.ROOT).replace('-', '_');
      sites = sites.and(words[0], Weakening.valueOf(form));
    }
    Model model = models.computeIfAbsent(way.model(), Model::named);
    return new Checker(
        Checker.Options.defaults().withModel(model).withWeakened(sites).withAfterViolation(0));
  }

  /** Every way of weakening one scenario, and what was found in each other, replayed in each. */
  @ParameterizedTest
  @CsvSource({
    "refcount,powerpc-hash,membarrier-c1-in,power lkmm tso,B2a=relaxed P1=removed B2a=acquire",
    "refcount,powerpc-hash,membarrier-c1-out,armv8 power,B1=removed P2=removed B2a=relaxed",
    "refcount,x86-lazy,tlb-switch-back,tso lkmm,B3=removed G1=removed G2=removed",
    "shootdown,powerpc-hash,e06-idle-exit,sc power,irq-schedule=irq-on shoot-ipi=no-wait",
    "shootdown,powerpc-hash,exec-last-user,sc lkmm,irq-exec=irq-on shoot-ipi=skipped B1=removed",
    "refcount,powerpc-hash,e06-idle-exit,sc power,irq-schedule=irq-on B2a=relaxed"
  })
  void whatItFindsExplorationFindsToo(
      String design, String arch, String scenario, String models, String sites) {
    KernelFactory kernel =
        KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
    Scenario s = LIBRARY.find(scenario);
    List<Way> ways = new ArrayList<>();
    for (String model : models.split(" ", -1)) {
      Stream.of(sites.split(" ", -1)).forEach(site -> ways.add(new Way(model, site)));
      ways.add(new Way(model, sites));
    }
    Map<String, Model> shared = new HashMap<>();
    List<Counterexample> all = new ArrayList<>();
    Map<Way, Boolean> broken = new LinkedHashMap<>();
    for (Way way : ways) {
      List<Counterexample> found = new ArrayList<>();
      Verdict verdict = checker(shared, way).check(s, kernel, found::add).verdict();
      broken.put(way, verdict instanceof Verdict.Violated);
      if (verdict instanceof Verdict.Violated(List<Violation> violations)) {
        for (int i = 0; i < found.size(); i++) {
          assertThat(checker(shared, way).breaks(found.get(i), s, kernel))
              .as("%s: %s again", way, violations.get(i).invariant())
              .isTrue();
        }
      }
      all.addAll(found);
    }
    assertThat(all).isNotEmpty();
    broken.forEach((way, is) -> {
      if (!is) {
        assertThat(all)
            .as("%s holds", way)
            .noneMatch(x -> checker(shared, way).breaks(x, s, kernel));
      }
    });
  }

  /** Where a kernel is refused, that is for exploration to say. */
  @Test
  void whatIsRefusedIsNotBroken() {
    Scenario two =
        ScenarioParser.parse(
                "test",
                """
                scenario two-idle: two CPUs borrow two mms
                cpu 0: (A1) idle
                cpu 1: (B1) idle
                """)
            .getFirst();
    Checker checker = checker(new HashMap<>(), new Way("lkmm", "two-b=removed"));
    List<Counterexample> found = new ArrayList<>();
    KernelFactory warns = paired(Then.WARNS);
    assertThat(checker.check(two, warns, found::add).verdict())
        .isInstanceOf(Verdict.Violated.class);
    assertThat(found).isNotEmpty().allMatch(x -> checker.breaks(x, two, warns));
    KernelFactory refuses = paired(Then.REFUSES);
    assertThat(found).noneMatch(x -> checker.breaks(x, two, refuses));
    assertThat(found).allMatch(x -> checker.replay(x, two, refuses).isEmpty());
    assertThatThrownBy(() -> checker.check(two, refuses)).isInstanceOf(Refusal.class);
  }

  private static KernelFactory paired(Then then) {
    return KernelFactory.of(
        Arches.find("powerpc-hash").orElseThrow(),
        new Designs.Entry("paired", "", k -> new PairedDesign(k, then)));
  }
}
