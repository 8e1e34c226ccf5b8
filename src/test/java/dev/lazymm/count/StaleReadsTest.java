package dev.lazymm.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.count.StaleReads.Read;
import dev.lazymm.count.StaleReads.Slot;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.NoRefcount;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import org.junit.jupiter.api.Test;

class StaleReadsTest {
  private static Scenario scenario(String name) {
    return ScenarioLibrary.withRegressions().find(name);
  }

  private static KernelFactory kernel(String design, String arch) {
    return KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
  }

  @Test
  void countedBorrowsNeverGoStale() {
    for (Arches.Entry arch : Arches.ALL) {
      for (Scenario scenario : ScenarioLibrary.withRegressions().startingWith("e09-")) {
        StaleReads.Found found = StaleReads.of(scenario, kernel("refcount", arch.name()));
        assertThat(found.reads()).as("%s on %s", scenario.name(), arch.name()).isEmpty();
        assertThat(found.uses()).isEmpty();
        assertThat(found.orders()).isPositive();
      }
    }
  }

  @Test
  void thePathOfADanglingBorrowIsSeen() {
    StaleReads.Found found =
        StaleReads.of(scenario("e07-idle-exit-return"), kernel("no-refcount", "powerpc-hash"));
    assertThat(found.reads())
        .containsExactlyInAnyOrder(
            new Read("context_switch", "active_mm", Slot.FREED),
            new Read("finish_task_switch", "prev_mm", Slot.FREED));
    assertThat(found.uses()).isEmpty();
  }

  /** A copy of a stale pointer is stale, though its slot is an mm again when it is copied. */
  @Test
  void aSlotUsedAgainComparesEqual() {
    StaleReads.Found found =
        StaleReads.of(scenario("e09-reused-by"), kernel("no-refcount", "powerpc-radix"));
    assertThat(found.reads())
        .contains(
            new Read("context_switch", "active_mm", Slot.REUSED),
            new Read("finish_task_switch", "prev_mm", Slot.REUSED));
  }

  @Test
  void whoFollowsADanglingPointerIsSeen() {
    KernelFactory follows =
        memory ->
            new Kernel(
                memory,
                Arches.find("powerpc-hash").orElseThrow().make(),
                k ->
                    new NoRefcount() {
                      @Override
                      public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
                        cpu.readOnce(mm.membarrierState);
                      }
                    });
    StaleReads.Found found = StaleReads.of(scenario("e07-idle-exit-return"), follows);
    assertThat(found.uses()).containsExactly("finish_task_switch uses membarrier_state");
  }
}
