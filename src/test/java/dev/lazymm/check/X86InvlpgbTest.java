package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.X86Invlpgb;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.kernel.history.LazyTestTooLate;
import dev.lazymm.workload.Scenario;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** x86 with global ASIDs. */
class X86InvlpgbTest {
  private static Arch invlpgb(Kernel kernel) {
    return new X86Invlpgb(kernel, kernel.memory());
  }

  private static Arch lazy(Kernel kernel) {
    return new X86Lazy(kernel, kernel.memory());
  }

  /** The largest by far; see {@link #twoFlushesHold}. */
  private static final String LARGEST = "tlb-two-flushes";

  @ParameterizedTest
  @ValueSource(strings = {"refcount", "no-lazy"})
  @Tag("slow")
  void whereBorrowsAreCountedEverythingHolds(String design) {
    assertThat(ArchChecks.brokenIn(design, X86InvlpgbTest::invlpgb, LARGEST)).isEmpty();
  }

  @Test
  @Tag("slow")
  void twoFlushesHold() {
    assertThat(ArchChecks.broken(LARGEST, "refcount", X86InvlpgbTest::invlpgb)).isEmpty();
  }

  /** Any mm that is flushed while another CPU has it gets a global ASID. */
  @ParameterizedTest
  @ValueSource(
      strings = {"invlpgb-transition", "invlpgb-return", "invlpgb-switch", "tlb-fork", "tlb-use"})
  void theyHoldWithALowerThresholdToo(String scenario) {
    for (String design : new String[] {"refcount", "no-lazy"}) {
      assertThat(ArchChecks.broken(scenario, design, k -> new X86Invlpgb(k, k.memory(), 0)))
          .as(design)
          .isSubsetOf("exists"); // what scenarios say of the usual threshold
    }
  }

  /** Of an mm that too few CPUs run nothing is different. */
  @ParameterizedTest
  @ValueSource(strings = {"e14-exit-flush", "e14-munmap-exit", "e14-leave-mm", "e14-own-exit"})
  void shootdownBreaksWhatItBreaksOnLazyX86(String scenario) {
    assertThat(ArchChecks.broken(scenario, "shootdown", X86InvlpgbTest::invlpgb))
        .isEqualTo(ArchChecks.broken(scenario, "shootdown", X86InvlpgbTest::lazy));
  }

  /** The exit of an mm on a global ASID interrupts nobody, so the freed pgd may be in CR3 still. */
  @Test
  void theExitOfAnMmOnAGlobalAsidMovesNobody() {
    assertThat(ArchChecks.broken("invlpgb-exit", "no-refcount", X86InvlpgbTest::invlpgb))
        .contains("I1", "I2");
    assertThat(ArchChecks.broken("invlpgb-exit", "no-refcount", X86InvlpgbTest::lazy))
        .doesNotContain("I2");
  }

  @Test
  void r20IsFoundBeforeItsFixAndGoneAfter() {
    assertThat(
            ArchChecks.broken(
                "invlpgb-transition", "refcount", k -> new LazyTestTooLate(k, k.memory())))
        .containsExactly("I11", "WARN");
    assertThat(ArchChecks.broken("invlpgb-transition", "refcount", X86InvlpgbTest::invlpgb))
        .isEmpty();
  }

  /** Neither a CPU that stays idle nor one that is on the global ASID already shows R20. */
  @Test
  void r20NeedsACpuThatGoesIdleOnTheWay() {
    Scenario idle = ArchChecks.scenario("cpu 0: (A1) mprotect; mprotect", "cpu 1: (A2)");
    assertThat(ArchChecks.broken(idle, "refcount", k -> new LazyTestTooLate(k, k.memory())))
        .isEmpty();
  }

  /** E03, x86b: the barrier of the drop is redundant on x86, and is not on a global ASID. */
  @ParameterizedTest
  @ValueSource(strings = {"shootdown", "refcount"})
  @Tag("slow")
  void onAGlobalAsidTheBarrierOfTheDropIsTheOnlyOne(String design) {
    Scenario scenario = ArchChecks.LIBRARY.find("invlpgb-membarrier");
    assertThat(ArchChecks.broken(scenario, design, X86InvlpgbTest::invlpgb, "tso")).isEmpty();
    assertThat(ArchChecks.broken(scenario, design, X86InvlpgbTest::invlpgb, "tso", Sites.B2A_DROP))
        .isEqualTo(design.equals("shootdown") ? List.of("never") : List.of());
    assertThat(ArchChecks.broken(scenario, design, X86InvlpgbTest::lazy, "tso", Sites.B2A_DROP))
        .isEmpty();
  }
}
