package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arm64;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.Sites;
import dev.lazymm.workload.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** arm64: no mask, flushes that interrupt nobody, and the barrier in __switch_to. */
class Arm64Test {
  @ParameterizedTest
  @ValueSource(strings = {"refcount", "no-lazy"})
  void whereNobodyNeedsAMaskEverythingHolds(String design) {
    assertThat(ArchChecks.brokenIn(design, Arm64::new)).isEmpty();
  }

  /**
   * There is no mask to shoot by: shootdown is REFCOUNT=n alone, and the mask contract is broken.
   */
  @Test
  void shootdownBreaksWhatNotCountingBreaks() {
    var shot = ArchChecks.brokenIn("shootdown", Arm64::new);
    var alone = ArchChecks.brokenIn("no-refcount", Arm64::new);
    assertThat(shot.keySet()).isNotEmpty().isEqualTo(alone.keySet());
    assertThat(shot.values()).allMatch(broken -> broken.contains("I6") && broken.contains("I2"));
    assertThat(alone.keySet())
        .isEqualTo(ArchChecks.brokenIn("no-refcount", PowerpcHash::new).keySet());
  }

  /** c2: from one mm to another B2 is the dsb of __switch_to, and nothing else is there. */
  @ParameterizedTest
  @ValueSource(strings = {"armv8", "lkmm"})
  void aChangeOfMmNeedsTheBarrierOfSwitchTo(String model) {
    Scenario scenario = ArchChecks.LIBRARY.find("membarrier-c2-in");
    assertThat(ArchChecks.broken(scenario, "refcount", Arm64::new, model)).isEmpty();
    assertThat(ArchChecks.broken(scenario, "refcount", Arm64::new, model, Sites.B2_SWITCH_TO))
        .containsExactly("never");
  }

  /** c1: where the mm stays, both are there, and either is enough. */
  @ParameterizedTest
  @ValueSource(strings = {"refcount", "shootdown"})
  void aReturnToTheSameMmHasTwoBarriers(String design) {
    Scenario scenario = ArchChecks.LIBRARY.find("membarrier-c1-in");
    assertThat(ArchChecks.broken(scenario, design, Arm64::new, "armv8", Sites.B2_SWITCH_TO))
        .isEmpty();
    assertThat(ArchChecks.broken(scenario, design, Arm64::new, "armv8", Sites.B2A_DROP)).isEmpty();
    assertThat(
            ArchChecks.broken(
                scenario, design, Arm64::new, "armv8", Sites.B2_SWITCH_TO, Sites.B2A_DROP))
        .containsExactly("never");
  }
}
