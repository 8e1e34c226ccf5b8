package dev.lazymm.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.NoRefcount;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.KernelFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeTest {
  private static KernelFactory kernel(String design, String arch) {
    return KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
  }

  /** The cheap counts that the literature expects of a round trip on one CPU. */
  @Test
  void aRoundTripCostsTwoAtomicsOrOneBarrier() {
    Count refcount = Episode.trip().count(kernel("refcount", "powerpc-hash"), false);
    assertThat(refcount.rmws()).isEqualTo(Map.of("mmgrab-lazy", 1, "B2a", 1));
    assertThat(refcount.barriers()).isEqualTo(Map.of("B1", 2, "B2a", 1));
    Count shootdown = Episode.trip().count(kernel("shootdown", "powerpc-hash"), false);
    assertThat(shootdown.rmws()).isEmpty();
    assertThat(shootdown.barriers()).isEqualTo(Map.of("B1", 2, "B2a", 1));
    assertThat(shootdown.stores()).isEmpty();
    Count x86 = Episode.trip().count(kernel("shootdown", "x86-eager"), false);
    assertThat(x86.barriers()).isEqualTo(Map.of("B1", 2, "B2a", 1, "lazy-mb", 1));
    assertThat(x86.stores()).isEqualTo(Map.of("tlb_state->is_lazy", 2));
  }

  @Test
  void aThreadThatFollowsAnotherOfItsProcessPaysNothingForLaziness() {
    for (Designs.Entry design : Designs.ALL) {
      for (Arches.Entry arch : Arches.ALL) {
        Count count = Episode.switchThread().count(KernelFactory.of(arch, design), true);
        assertThat(count.rmws()).as("%s on %s", design.name(), arch.name()).isEmpty();
        assertThat(count.ipis()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "3,2", "0,4", "7,1"})
  void aShootdownAsksTheMaskAndFindsTheBorrowers(int lazy, int movedOn) {
    Count count = Episode.exit(lazy, movedOn).count(kernel("shootdown", "powerpc-hash"), false);
    assertThat(Count.total(count.ipis())).isEqualTo(lazy + movedOn);
    assertThat(Count.total(count.inVain())).isEqualTo(movedOn);
    assertThat(count.scanned()).isZero();
    Count eager = Episode.exit(lazy, movedOn).count(kernel("shootdown", "x86-eager"), false);
    assertThat(Count.total(eager.ipis())).as("flushes alone").isEqualTo(lazy);
    assertThat(eager.inVain()).isEmpty();
  }

  @Test
  void onlyTheRegisteredPayForTheBarrierOfPowerpc() {
    KernelFactory powerpc = kernel("refcount", "powerpc-radix");
    assertThat(Episode.switchMm().count(powerpc, false).barriers()).doesNotContainKey("B2");
    assertThat(Episode.switchMm().count(powerpc, true).barriers()).containsEntry("B2", 1);
  }

  /** Patch 15 of 2022: a kernel thread that uses an mm is counted as a user, and not again. */
  @Test
  void oneWayToChangeTheMmSparesAKernelThreadItsReference() {
    Count shootdown = Episode.use().count(kernel("shootdown", "powerpc-hash"), false);
    assertThat(shootdown.rmws()).isEqualTo(Map.of("mmgrab", 1, "mmdrop", 1));
    Count hazard = Episode.use().count(kernel("luto-hazard", "powerpc-hash"), false);
    assertThat(hazard.rmws()).isEmpty();
    assertThat(hazard.barriers()).containsEntry("change-mm", 1).doesNotContainKey("B7");
    assertThat(hazard.stores()).isEqualTo(Map.of("hazard->lazy_mm", 2));
    Count registered = Episode.use().count(kernel("luto-hazard", "powerpc-hash"), true);
    assertThat(registered.barriers()).containsEntry("finish-switch-mm", 1);
  }

  /** Nothing is in a count that the code did not do: a design without its barrier has none. */
  @Test
  void whatTheCodeDoesNotDoIsNotCounted() {
    KernelFactory bare =
        memory ->
            new Kernel(
                memory,
                Arches.find("powerpc-hash").orElseThrow().make(),
                k ->
                    new NoRefcount() {
                      @Override
                      public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {}
                    });
    assertThat(Episode.trip().count(bare, false).barriers()).isEqualTo(Map.of("B1", 2));
  }

  @Test
  void episodesAreFoundByName() {
    assertThat(Episode.find("exit-12-3").orElseThrow().scenario().cpus()).hasSize(16);
    assertThat(Episode.find("detour")).contains(Episode.detour());
    assertThat(Episode.find("exit-1000-1")).isEmpty();
    assertThat(Episode.find("tripp")).isEmpty();
  }
}
