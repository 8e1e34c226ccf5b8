package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdicts of kernel.md's experiments, and what a check must do beside. */
class CheckerTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  static List<Scenario> all() {
    return LIBRARY.list();
  }

  static List<Scenario> e07() {
    return LIBRARY.startingWith("e07-");
  }

  static List<Scenario> e14() {
    return LIBRARY.startingWith("e14-");
  }

  private static KernelFactory kernel(String arch, String design) {
    return KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
  }

  private static CheckResult check(Scenario scenario, String arch, String design) {
    return new Checker(Checker.Options.defaults()).check(scenario, kernel(arch, design));
  }

  private static List<String> broken(CheckResult result) {
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }

  @ParameterizedTest
  @MethodSource("all")
  void e06CountingKeepsEverythingOnEveryArchitecture(Scenario scenario) {
    for (Arches.Entry arch : Arches.USUAL) {
      CheckResult result = check(scenario, arch.name(), "refcount");
      assertThat(broken(result)).isEmpty();
      assertThat(result.bound().complete()).isTrue();
      assertThat(result.executions()).isPositive();
      assertThat(result.reached()).isNotEqualTo(false);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void e08ShootdownKeepsEverythingWhereTheMaskIsNeverTrimmed(Scenario scenario) {
    for (String design : List.of("shootdown", "shootdown-debug")) {
      CheckResult result = check(scenario, "powerpc-hash", design);
      assertThat(broken(result)).isEmpty();
      assertThat(result.bound().complete()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("e07")
  void e07NotCountingAloneBreaksI1(Scenario scenario) {
    for (Arches.Entry arch : Arches.USUAL) {
      for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
        CheckResult result =
            new Checker(Checker.Options.defaults().withOrder(order))
                .check(scenario, kernel(arch.name(), "no-refcount"));
        assertThat(broken(result)).first().isEqualTo("I1");
      }
    }
  }

  @Test
  void e07IsDrawnInAtMostTwelveRows() {
    for (Arches.Entry arch : Arches.USUAL) {
      CheckResult result = check(LIBRARY.find("e07-idle-exit"), arch.name(), "no-refcount");
      assertThat(result.verdict()).isInstanceOf(Verdict.Violated.class);
      Violation violation = ((Verdict.Violated) result.verdict()).violations().getFirst();
      List<Witness.Step> steps = violation.witness().steps();
      assertThat(steps).hasSizeLessThanOrEqualTo(12);
      assertThat(steps.getLast().bad()).isTrue();
      assertThat(steps.getLast().cells()).contains("free A");
      assertThat(steps)
          .anySatisfy(step -> {
            assertThat(step.cpu()).isEqualTo(1);
            assertThat(step.cells()).contains("active_mm(swapper/1) = A");
          });
    }
  }

  @ParameterizedTest
  @MethodSource("e14")
  void e14ShootdownOnX86LeavesADanglingActiveMm(Scenario scenario) {
    for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
      List<Integer> cpus = scenario.cpus().size() == 1 ? List.of(0) : order;
      CheckResult result =
          new Checker(Checker.Options.defaults().withOrder(cpus))
              .check(scenario, kernel("x86-eager", "shootdown"));
      assertThat(broken(result)).first().isEqualTo("I1");
    }
  }

  @Test
  void e14IsWhatDebugVmShootLaziesWarnsOf() {
    CheckResult result = check(LIBRARY.find("e14-exit-flush"), "x86-eager", "shootdown-debug");
    assertThat(result.verdict()).isInstanceOf(Verdict.Violated.class);
    assertThat(((Verdict.Violated) result.verdict()).violations())
        .anySatisfy(v -> {
          assertThat(v.invariant()).isEqualTo("WARN");
          assertThat(v.what()).contains(Shootdown.DEBUG_VM_SHOOT_LAZIES);
        });
  }

  @Test
  void e12TheOddStateIsReachedAndSafe() {
    CheckResult result = check(LIBRARY.find("e12-munmap"), "x86-eager", "refcount");
    assertThat(result.reached()).isTrue();
    assertThat(result.verdict()).isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void aBoundThatIsHitMakesTheAnswerInconclusive() {
    Scenario scenario = LIBRARY.find("e06-three-pin");
    CheckResult result =
        new Checker(Checker.Options.defaults().withMaxExecutions(3))
            .check(scenario, kernel("powerpc-hash", "refcount"));
    assertThat(result.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(result.bound().complete()).isFalse();
    assertThat(result.executions()).isEqualTo(3);
  }

  @Test
  void anExistsThatIsNotReachedIsAViolation() {
    Scenario scenario =
        ScenarioParser.parse(
                "t",
                """
                scenario t: an impossible end
                cpu 0: (A1) idle
                exists: cpu0.mm = A
                """)
            .getFirst();
    CheckResult result = check(scenario, "powerpc-hash", "refcount");
    assertThat(result.reached()).isFalse();
    assertThat(broken(result)).containsExactly(Invariants.EXISTS);
  }

  @Test
  void neverAndAlwaysAreJudgedAtTheEnd() {
    Scenario scenario =
        ScenarioParser.parse(
                "t",
                """
                scenario t: two wrong expectations
                cpu 0: (A1) idle
                never: cpu0.mm = NULL
                always: cpu0.active_mm = init
                """)
            .getFirst();
    assertThat(broken(check(scenario, "powerpc-hash", "refcount")))
        .containsExactly(Invariants.NEVER, Invariants.ALWAYS);
  }
}
