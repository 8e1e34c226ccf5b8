package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.S390;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** s390: attached in two steps, flushed by broadcast. */
class S390Test {
  @ParameterizedTest
  @ValueSource(strings = {"refcount", "no-lazy"})
  void whereBorrowsAreCountedEverythingHolds(String design) {
    assertThat(ArchChecks.brokenIn(design, S390::new)).isEmpty();
  }

  /**
   * The flush of the exit makes mm_cpumask what cpu_attach_mask is, and a CPU leaves that in
   * switch_mm, before current changes. So the shootdown misses exactly the CPU that is between the
   * two; one that stays on the mm it does not miss.
   */
  @Test
  void shootdownMissesWhoIsBetweenSwitchMmAndSwitchTo() {
    assertThat(ArchChecks.broken("e08-shoot-moved", "shootdown", S390::new))
        .containsExactly("I1", "I6");
    for (String stays : List.of("e08-shoot-idle", "e08-shoot-chain", "e08-shoot-use")) {
      assertThat(ArchChecks.broken(stays, "shootdown", S390::new)).as(stays).isEmpty();
    }
    var all = ArchChecks.brokenIn("shootdown", S390::new);
    all.keySet().removeIf(name -> name.startsWith("hotplug")); // there it is a UAF as well
    assertThat(all.values()).isNotEmpty().allMatch(List.of("I1", "I6")::equals);
  }

  /** E09: here switch_mm writes to the mm it leaves, so a dangling active_mm is dereferenced. */
  @Test
  void withoutCountingTheMmThatIsLeftIsWrittenToAfterItIsFreed() {
    assertThat(ArchChecks.broken("e07-idle-exit-return", "no-refcount", S390::new))
        .contains("I1", "UAF");
  }
}
