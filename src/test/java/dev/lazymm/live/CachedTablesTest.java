package dev.lazymm.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.KObject;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.Setup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * I2 of page tables: what an MMU may have cached when a table was unlinked, and when it forgets.
 */
class CachedTablesTest {
  private final Prepared prepared =
      Setup.prepare(
          ScenarioLibrary.builtIn().find("munmap-lazy"),
          KernelFactory.of(
              Arches.find("x86-eager").orElseThrow(), Designs.find("refcount").orElseThrow()));
  private final LiveMachine machine =
      new LiveMachine(
          prepared.program(),
          World.options(),
          new LiveMachine.Rounds() {
            @Override
            public void ended(boolean cut) {}

            @Override
            public boolean another() {
              return false;
            }
          });
  private final Findings findings = new Findings();
  private final Registers one = new Registers(machine, 0, findings);
  private final Registers two = new Registers(machine, 1, findings);
  private final Mm mm = prepared.startMms().getFirst();
  private final KObject other = prepared.kernel().initMm().pgd;

  @BeforeEach
  void cached() {
    one.load(mm.pgd, 0, true);
    one.load(other, 1, true);
    machine.watch().unlink(mm.rangeTables);
  }

  private void frees(boolean wrong) {
    two.load(other, 0, true); // whose MMU was on it at the start
    Finding found = machine.watch().free(mm.rangeTables);
    assertThat(findings.all()).isEmpty();
    assertThat(found == null ? "" : found.name()).isEqualTo(wrong ? "I2" : "");
  }

  @Test
  void aLoadWithoutAFlushFindsTheTagsOldWalks() {
    one.load(mm.pgd, 0, false);
    frees(true);
  }

  @Test
  void aLoadThatFlushesDoesNot() {
    one.load(mm.pgd, 0, true);
    frees(false);
  }

  @Test
  void theSameRootLoadedAgainForgetsOnlyIfItFlushes() {
    one.load(mm.pgd, 0, false);
    one.load(mm.pgd, 0, false);
    one.load(mm.pgd, 0, true);
    frees(false);
  }

  @Test
  void nothingIsCachedUnderAnotherTag() {
    one.load(mm.pgd, 1, false);
    frees(false);
  }

  @Test
  void aFlushForgets() {
    one.load(mm.pgd, 0, false);
    one.flush();
    frees(false);
  }

  @Test
  void aBroadcastForgets() {
    one.load(mm.pgd, 0, false);
    machine.watch().flushedEverywhere();
    frees(false);
  }

  @Test
  void whoIsNotOnTheRootWalksNothing() {
    frees(false);
  }
}
