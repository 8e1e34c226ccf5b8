package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.history.TransferredBorrow;
import dev.lazymm.workload.Effort;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdicts on the designs beside the usual ones, reasoned before they were found. */
class MoreDesignsTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  /**
   * Where no idle task or kernel thread that sleeps at the end made way for a user task last. At
   * the start a CPU that runs a user task has left idle for it, so all but one of these end with
   * every idle task running; in the other a kernel thread came between idle and exec.
   */
  private static final Set<String> NO_SLEEPER_WAS_LEFT_FOR_A_USER =
      Set.of(
          "hotplug-borrow",
          "hotplug-drop",
          "hotplug-use",
          "switch-user-kernel",
          "switch-kernel-kernel",
          "fork-child-exits",
          "clone-sibling-exits",
          "get-put-exit",
          "use-unuse-exit",
          "exit-alone",
          "exit-idle",
          "exit-idle-two",
          "exit-threads",
          "invlpgb-exit",
          "e06-idle-exit",
          "e07-idle-exit",
          "e07-slot-reused",
          "e09-reused-exit",
          "e08-shoot-idle",
          "e08-shoot-use",
          "e08-shoot-three",
          "e12-munmap-exit",
          "e12-leave-mm",
          "e12-leave-mm-exit",
          "e14-exit-flush",
          "e14-munmap-exit",
          "e14-leave-mm",
          "e14-own-exit",
          "hazard-put-lazy");

  private static final List<Designs.Entry> NO_LAZY = Kernels.designs(Designs.NO_LAZY);

  static List<Scenario> all() {
    return LIBRARY.list();
  }

  private static CheckResult check(Scenario scenario, String arch, String design) {
    return check(scenario, arch, design, KthreadUseMm::new);
  }

  private static CheckResult check(
      Scenario scenario, String arch, String design, Function<Kernel, KthreadUseMm> part) {
    KernelFactory factory =
        memory ->
            new Kernel(
                memory,
                Arches.find(arch).orElseThrow().make(),
                Designs.find(design).orElseThrow().make()) {
              @Override
              protected KthreadUseMm makeKthreadUseMm() {
                return part.apply(this);
              }
            };
    CheckResult result = new Checker(Checker.Options.defaults()).check(scenario, factory);
    assertThat(result.executions()).isPositive();
    return result;
  }

  private static List<String> broken(CheckResult result) {
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }

  /** Who borrows nothing can be left with nothing stale. */
  @ParameterizedTest
  @MethodSource("all")
  void withoutLazyModeEverythingHolds(Scenario scenario) {
    everythingHolds(scenario, Kernels.share(scenario, NO_LAZY, 4));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void withoutLazyModeEverythingHoldsOnEveryArchitecture(Scenario scenario) {
    everythingHolds(scenario, Kernels.share(scenario, NO_LAZY, Effort.of(2, 1)));
  }

  private static void everythingHolds(Scenario scenario, List<Kernels.Pair> pairs) {
    for (Kernels.Pair pair : pairs) {
      CheckResult result = check(scenario, pair.arch().name(), "no-lazy");
      assertThat(broken(result)).as("%s: %s", scenario.name(), pair).isEmpty();
      assertThat(result.bound().complete()).isTrue();
    }
  }

  /** E08 of v4: I1 holds, I1' (here I1+) does not, wherever a kernel context made way. */
  @ParameterizedTest
  @MethodSource("all")
  void v4LeavesStalePointersAndNothingElseWhereTheMaskIsNeverTrimmed(Scenario scenario) {
    CheckResult result = check(scenario, "powerpc-hash", "piggin-v4");
    assertThat(broken(result))
        .isEqualTo(
            NO_SLEEPER_WAS_LEFT_FOR_A_USER.contains(scenario.name()) ? List.of() : List.of("I1+"));
    assertThat(result.bound().complete()).isTrue();
  }

  /** The hardware does not care which version of the series trusts a trimmed mask. */
  @ParameterizedTest
  @MethodSource("all")
  void v4BreaksOnX86WhatTheMergedShootdownBreaks(Scenario scenario) {
    List<String> v4 = broken(check(scenario, "x86-eager", "piggin-v4"));
    List<String> merged = broken(check(scenario, "x86-eager", "shootdown"));
    // rq->prev_mm stays NULL, and finish_task_switch serializes the core only where it is not
    List<String> expected = new ArrayList<>(merged);
    if (scenario.name().equals("membarrier-sync-core-lazy")) {
      expected.add("I9");
    }
    assertThat(v4.stream().filter(i -> !i.equals("I1+")))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(v4.contains("I1+"))
        .isNotEqualTo(NO_SLEEPER_WAS_LEFT_FOR_A_USER.contains(scenario.name()));
  }

  private static final List<Designs.Entry> NOT_V4 =
      Kernels.designs("refcount", "no-refcount", "shootdown", "no-lazy");

  @ParameterizedTest
  @MethodSource("all")
  void allOthersLeaveNoStalePointer(Scenario scenario) {
    leaveNoStalePointer(scenario, Kernels.share(scenario, NOT_V4, 8));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void allOthersLeaveNoStalePointerOnAnyArchitecture(Scenario scenario) {
    leaveNoStalePointer(scenario, Kernels.share(scenario, NOT_V4, Effort.of(3, 1)));
  }

  private static void leaveNoStalePointer(Scenario scenario, List<Kernels.Pair> pairs) {
    for (Kernels.Pair pair : pairs) {
      CheckResult result = check(scenario, pair.arch().name(), pair.design().name());
      assertThat(broken(result)).as("%s: %s", scenario.name(), pair).doesNotContain("I1+");
    }
  }

  @Test
  void r08IsFoundInV4AndGoneWithItsFix() {
    Scenario scenario = LIBRARY.find("use-borrowed");
    for (Arches.Entry arch : Arches.ALL) {
      assertThat(broken(check(scenario, arch.name(), "piggin-v4", TransferredBorrow::new)))
          .contains("I4", "UAF");
      assertThat(broken(check(scenario, arch.name(), "piggin-v4"))).doesNotContain("I4", "UAF");
      assertThat(broken(check(scenario, arch.name(), "refcount", TransferredBorrow::new)))
          .isEmpty();
    }
  }

  /** With a user left the drop too many frees the mm under it: no count goes below 0. */
  @Test
  void r08FreesAnMmThatHasUsers() {
    Scenario scenario =
        ScenarioParser.parse(
                "by hand",
                """
                scenario r08: a kernel thread uses what it borrows, beside a user that stays
                cpu 0: (A1)
                cpu 1: (A2) run k1; use A; unuse
                """)
            .getFirst();
    for (Arches.Entry arch : Arches.ALL) {
      assertThat(broken(check(scenario, arch.name(), "piggin-v4", TransferredBorrow::new)))
          .as(arch.name())
          .contains("I5", "UAF");
      assertThat(broken(check(scenario, arch.name(), "piggin-v4"))).doesNotContain("I5", "UAF");
    }
  }

  /** A kernel thread takes the place of a user task of A, and uses A. */
  private static final Set<String> USES_WHAT_IT_BORROWS =
      Set.of("use-borrowed", "e06-use-idle", "membarrier-e-same", "membarrier-e15");

  @ParameterizedTest
  @MethodSource("all")
  void r08TakesTheMmThatIsBorrowedAndNoOther(Scenario scenario) {
    boolean here = USES_WHAT_IT_BORROWS.contains(scenario.name());
    List<String> found =
        broken(check(scenario, "powerpc-hash", "piggin-v4", TransferredBorrow::new));
    // the drop too many: of a reference that is not there, or of one that a user or a pin counts on
    assertThat(found.contains("I4") || found.contains("I5")).isEqualTo(here);
  }
}
