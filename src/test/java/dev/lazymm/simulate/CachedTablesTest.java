package dev.lazymm.simulate;

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
  private final Watch watch =
      new Watch(prepared.memory(), prepared.program().start(), prepared.startMms());
  private final Mm mm = prepared.startMms().getFirst();
  private final KObject other = prepared.kernel().initMm().pgd;

  @BeforeEach
  void cached() {
    watch.load(0, mm.pgd, 0, true);
    watch.load(0, other, 1, true);
    watch.unlink(mm.rangeTables);
  }

  private void frees(boolean wrong) {
    watch.load(1, other, 0, true); // whose MMU was on it at the start
    watch.free(1, mm.rangeTables);
    assertThat(watch.findings()).extracting(Finding::invariant).hasSize(wrong ? 1 : 0);
    assertThat(watch.findings()).allMatch(f -> f.invariant().equals("I2"));
  }

  @Test
  void aLoadWithoutAFlushFindsTheTagsOldWalks() {
    watch.load(0, mm.pgd, 0, false);
    frees(true);
  }

  @Test
  void aLoadThatFlushesDoesNot() {
    watch.load(0, mm.pgd, 0, true);
    frees(false);
  }

  @Test
  void theSameRootLoadedAgainForgetsOnlyIfItFlushes() {
    watch.load(0, mm.pgd, 0, false);
    watch.load(0, mm.pgd, 0, false);
    watch.load(0, mm.pgd, 0, true);
    frees(false);
  }

  @Test
  void nothingIsCachedUnderAnotherTag() {
    watch.load(0, mm.pgd, 1, false);
    frees(false);
  }

  @Test
  void aFlushForgets() {
    watch.load(0, mm.pgd, 0, false);
    watch.flush(0);
    frees(false);
  }

  @Test
  void aBroadcastForgets() {
    watch.load(0, mm.pgd, 0, false);
    watch.flushAll();
    frees(false);
  }

  @Test
  void whoIsNotOnTheRootWalksNothing() {
    frees(false);
  }
}
