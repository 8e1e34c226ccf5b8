package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import org.junit.jupiter.api.Test;

class CostCounterTest {
  private static final Scenario MANY =
      ScenarioParser.parse(
              "test",
              """
              scenario test: more kinds of IPI than there are columns at first
              start: A register-private-expedited
              start: A register-private-expedited-sync-core
              cpu 0: (A1) membarrier register-global-expedited; membarrier private-expedited; membarrier private-expedited-sync-core; munmap
              cpu 1: (A2)
              """)
          .getFirst();

  @Test
  void anyNumberOfHandlersIsCounted() {
    CheckResult result =
        new Checker(Checker.Options.defaults())
            .check(
                MANY,
                KernelFactory.of(
                    Arches.find("x86-eager").orElseThrow(),
                    Designs.find("refcount").orElseThrow()));
    assertThat(result.costs())
        .containsKeys("flush_tlb_func", "ipi_mb", "ipi_sync_core", "ipi_sync_rq_state")
        .containsEntry("ipi_mb", new CheckResult.Range(1, 1));
  }
}
