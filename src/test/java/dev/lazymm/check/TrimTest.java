package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.kernel.X86;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** x86's mask is trimmed once a second: a clock that ticks shows it. */
class TrimTest {
  private static final String MOVED_ON =
      """
      cpu 0: run A1; mprotect
      cpu 1: (A1) run B1
      """;

  private static Arch ticking(Kernel k) {
    return new X86Lazy(k, k.memory(), X86.HZ + 1);
  }

  static List<Scenario> all() {
    return ScenarioLibrary.builtIn().list();
  }

  private static List<String> broken(
      Scenario scenario, Function<Kernel, Arch> arch, Function<Kernel, LazyMm> design) {
    CheckResult result =
        new Checker(Checker.Options.defaults())
            .check(scenario, memory -> new Kernel(memory, arch, design));
    assertThat(result.bound().complete()).isTrue();
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }

  private static Scenario scenario(String cpus, String condition) {
    return ScenarioParser.parse("by hand", "scenario s: by hand\n" + cpus + condition + "\n")
        .getFirst();
  }

  private static List<String> broken(String condition, Function<Kernel, Arch> arch) {
    return broken(scenario(MOVED_ON, condition), arch, Refcount::new);
  }

  @Test
  void aFlushTakesWhoHasMovedOnOutOfTheMask() {
    assertThat(broken("always: 1 not in mask(A) & cpu1.mm = B", TrimTest::ticking)).isEmpty();
  }

  @Test
  void notBeforeTheSecondIsOver() {
    for (long tick : new long[] {0, 1, X86.HZ}) {
      assertThat(broken("never: 1 not in mask(A)", k -> new X86Lazy(k, k.memory(), tick)))
          .isEmpty();
    }
    assertThat(broken("never: 1 not in mask(A)", TrimTest::ticking)).containsExactly("never");
  }

  /** The second flush of the same second leaves the mask alone, the third comes in the next. */
  @Test
  void onceASecond() {
    String cpus =
        """
        cpu 0: run A1; idle; run B1; munmap; run A1; mprotect; mprotect
        cpu 1: (A1) idle
        """;
    Scenario never = scenario(cpus, "never: 1 not in mask(A)");
    assertThat(broken(never, k -> new X86Lazy(k, k.memory(), X86.HZ / 2), Refcount::new)).isEmpty();
  }

  /** Who is lazy is left alone even then: it flushes when it comes back. */
  @Test
  void aLazyCpuIsNotTrimmed() {
    Scenario scenario =
        scenario("cpu 0: (A1) mprotect\ncpu 1: (A2) idle\n", "never: 1 not in mask(A)");
    assertThat(broken(scenario, TrimTest::ticking, Refcount::new)).isEmpty();
  }

  @Test
  void aTrimThatIsForgottenIsFound() {
    assertThat(
            broken(
                "exists: 1 not in mask(A)",
                k ->
                    new X86Lazy(k, k.memory(), X86.HZ + 1) {
                      @Override
                      protected boolean shouldFlushTlb(
                          Cpu cpu, int target, Mm mm, boolean trimCpumask) {
                        return super.shouldFlushTlb(cpu, target, mm, false);
                      }
                    }))
        .containsExactly("exists");
  }

  /** E14 without a flush that frees tables: deep idle moves the MMU, the trim takes the bit. */
  @Test
  void aTrimHidesABorrowerFromTheShootdown() {
    Scenario scenario = scenario("cpu 0: run A1; mprotect; exit\ncpu 1: (A1) idle; leave-mm\n", "");
    assertThat(broken(scenario, TrimTest::ticking, k -> new Shootdown(k, false)))
        .contains("I1", "I6");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everythingHoldsWhereEveryFlushTrims(Scenario scenario) {
    assertThat(broken(scenario, TrimTest::ticking, Refcount::new))
        .isSubsetOf("always", "never", "exists"); // what scenarios say of the usual clock
  }
}
