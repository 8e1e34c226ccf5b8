package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.PowerpcRadix;
import dev.lazymm.kernel.history.ExitLazyFlushIrqsOn;
import dev.lazymm.kernel.history.ResetMask;
import dev.lazymm.kernel.history.TransferredBorrow;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts on the radix MMU, reasoned before they were found, and what was wrong there. */
class PowerpcRadixTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();
  private static final List<String> SOUND =
      List.of("refcount", "shootdown", "shootdown-debug", "no-lazy");

  static List<Scenario> all() {
    return LIBRARY.list();
  }

  /** Beside hotplug a borrow that is counted may be given back twice: HotplugTest has that. */
  private static List<String> sound(Scenario scenario) {
    return scenario.hasHotplug() ? SOUND.subList(1, SOUND.size()) : SOUND;
  }

  private static CheckResult check(Scenario scenario, String design, Function<Kernel, Arch> arch) {
    return check(scenario, design, arch, KthreadUseMm::new);
  }

  private static CheckResult check(
      Scenario scenario,
      String design,
      Function<Kernel, Arch> arch,
      Function<Kernel, KthreadUseMm> part) {
    CheckResult result =
        new Checker(Checker.Options.defaults())
            .check(
                scenario,
                memory ->
                    new Kernel(memory, arch, Designs.find(design).orElseThrow().make()) {
                      @Override
                      protected KthreadUseMm makeKthreadUseMm() {
                        return part.apply(this);
                      }
                    });
    assertThat(result.executions()).isPositive();
    assertThat(result.bound().complete()).isTrue();
    return result;
  }

  private static List<Violation> violations(CheckResult result) {
    return result.verdict() instanceof Verdict.Violated v ? v.violations() : List.of();
  }

  private static List<String> broken(CheckResult result) {
    return violations(result).stream().map(Violation::invariant).toList();
  }

  private static Scenario scenario(String... lines) {
    String text = "scenario s: by hand\n" + String.join("\n", lines);
    return ScenarioParser.parse("by hand", text).getFirst();
  }

  @ParameterizedTest
  @MethodSource("all")
  void whereBorrowsAreCountedOrShotEverythingHolds(Scenario scenario) {
    for (String design : sound(scenario)) {
      assertThat(broken(check(scenario, design, PowerpcRadix::new))).as(design).isEmpty();
    }
  }

  /** Whoever flushes trims: the parts that else come once in a thousand flushes. */
  @ParameterizedTest
  @MethodSource("all")
  void theyHoldToWhenEveryFlushTrims(Scenario scenario) {
    for (String design : sound(scenario)) {
      assertThat(broken(check(scenario, design, k -> new PowerpcRadix(k, 1))))
          .as(design)
          .isSubsetOf("always", "never", "exists"); // what scenarios say of the usual clock
    }
  }

  /** With REFCOUNT=n alone the exit flush is a broadcast, which moves nobody. */
  @ParameterizedTest
  @MethodSource("all")
  void notCountingAloneBreaksWhatItBreaksOnHash(Scenario scenario) {
    List<String> onHash = broken(check(scenario, "no-refcount", PowerpcHash::new));
    List<String> onRadix = broken(check(scenario, "no-refcount", PowerpcRadix::new));
    assertThat(onRadix.contains("I1")).isEqualTo(onHash.contains("I1"));
    assertThat(onRadix.contains("I2")).isEqualTo(onRadix.contains("I1"));
  }

  /** E08 of v4: I1 holds, I1+ does not, in the scenarios in which it does not on hash. */
  @ParameterizedTest
  @MethodSource("all")
  void v4LeavesTheStalePointersThatItLeavesOnHash(Scenario scenario) {
    assertThat(broken(check(scenario, "piggin-v4", PowerpcRadix::new)))
        .isEqualTo(broken(check(scenario, "piggin-v4", PowerpcHash::new)))
        .isSubsetOf("I1+");
  }

  @Test
  void r08BreaksTheCountInV4AndIsGoneWithItsFix() {
    Scenario scenario = LIBRARY.find("use-borrowed");
    assertThat(broken(check(scenario, "piggin-v4", PowerpcRadix::new, TransferredBorrow::new)))
        .contains("I4", "UAF");
    assertThat(broken(check(scenario, "piggin-v4", PowerpcRadix::new))).doesNotContain("I4", "UAF");
    assertThat(broken(check(scenario, "refcount", PowerpcRadix::new, TransferredBorrow::new)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refcount", "shootdown"})
  void r06IsFoundBeforeItsFixAndGoneAfter(String design) {
    Scenario scenario = scenario("cpu 0: (A1) exit");
    List<Violation> found = violations(check(scenario, design, k -> new ExitLazyFlushIrqsOn(k, 1)));
    assertThat(found).extracting(Violation::invariant).containsExactly("I3", "WARN");
    Violation i3 = found.getFirst();
    assertThat(i3.what())
        .isEqualTo(
            "an interrupt can come on CPU 0 while active_mm is init_mm but the MMU is on pgd(A)");
    assertThat(i3.witness().steps()).hasSizeLessThanOrEqualTo(12);
    assertThat(i3.witness().steps().toString()).contains("active_mm(A1) = init_mm", "irqs on");
    assertThat(broken(check(scenario, design, k -> new PowerpcRadix(k, 1)))).isEmpty();
  }

  /** The clock alone leads there: the handler itself is right. */
  @Test
  void r06WaitsForTheClock() {
    Scenario scenario = scenario("cpu 0: (A1) exit");
    assertThat(broken(check(scenario, "refcount", k -> new ExitLazyFlushIrqsOn(k, 2)))).isEmpty();
  }

  @Test
  void r05IsFoundBeforeItsFixAndGoneAfter() {
    Scenario scenario =
        scenario(
            "start: cpu 1 pins A",
            "cpu 0: run A1; mprotect; exit",
            "cpu 1: (A1) run k1; use A; unuse; unpin A");
    assertThat(broken(check(scenario, "shootdown", ResetMask::new))).contains("I1", "I6");
    assertThat(broken(check(scenario, "shootdown", PowerpcRadix::new))).isEmpty();
  }

  /** Without the kernel thread the premise of the trimming is true. */
  @Test
  void r05NeedsAKernelThreadThatUsesTheMm() {
    Scenario scenario = scenario("cpu 0: run A1; mprotect; exit", "cpu 1: (A1) idle");
    assertThat(broken(check(scenario, "shootdown", ResetMask::new))).isEmpty();
  }
}
