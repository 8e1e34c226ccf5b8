package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Script;
import dev.lazymm.workload.IdleRounds;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.Setup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same seed gives the same run; sound designs run clean, broken ones show. */
class SimulatorTest extends SmallMachine {
  private static Prepared prepare(String scenario, String arch, String design) {
    return Setup.prepare(
        ScenarioLibrary.builtIn().find(scenario),
        KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow()));
  }

  // ---- the same again --------------------------------------------------------------------------

  @Test
  void theSameSeedGivesTheSameRun() {
    Prepared prepared =
        Setup.prepare(
            IdleRounds.of(16, 20),
            KernelFactory.of(
                Arches.find("x86-eager").orElseThrow(), Designs.find("refcount").orElseThrow()));
    Set<Long> times = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      SimulatedRun once = simulator.run(prepared, seed);
      SimulatedRun again = simulator.run(prepared, seed);
      assertThat(again.tally()).isEqualTo(once.tally());
      assertThat(again.hottest()).isEqualTo(once.hottest());
      assertThat(again.picoseconds()).isEqualTo(once.picoseconds());
      times.add(once.picoseconds());
      assertThat(once.findings()).isEmpty();
      assertThat(once.ended()).isTrue();
    }
    assertThat(times).hasSizeGreaterThan(1);
  }

  @Test
  void seedsDifferInWhoComesFirst() {
    Set<Long> ends = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      SimulatedRun run =
          run(seed, cpu -> cpu.writeOnce(thing.x, 1), cpu -> cpu.writeOnce(thing.x, 2));
      ends.add(run.state().value(thing.x));
    }
    assertThat(ends).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void storeBufferingDoesNotHappen() {
    Set<List<Long>> ends = new HashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      Cell[] saw = {memory.cell(thing, "r0", -1), memory.cell(thing, "r1", -1)};
      SimulatedRun run =
          run(
              seed,
              cpu -> {
                cpu.writeOnce(thing.x, 1);
                cpu.writeOnce(saw[0], cpu.readOnce(thing.y));
              },
              cpu -> {
                cpu.writeOnce(thing.y, 1);
                cpu.writeOnce(saw[1], cpu.readOnce(thing.x));
              });
      ends.add(List.of(run.state().value(saw[0]), run.state().value(saw[1])));
    }
    assertThat(ends).containsExactlyInAnyOrder(List.of(0L, 1L), List.of(1L, 0L), List.of(1L, 1L));
  }

  // ---- designs ---------------------------------------------------------------------------------

  @Test
  void aBrokenDesignShows() {
    Prepared broken = prepare("e07-idle-exit", "powerpc-hash", "no-refcount");
    Prepared sound = prepare("e07-idle-exit", "powerpc-hash", "refcount");
    for (long seed = 0; seed < 20; seed++) {
      assertThat(simulator.run(broken, seed).findings())
          .extracting(Finding::invariant)
          .contains("I1", "I2");
      assertThat(simulator.run(sound, seed).findings()).isEmpty();
    }
  }

  /** Who borrows keeps the mm: counted, or by the reference that each was handed. */
  private static final Set<String> KEEPING =
      Set.of("refcount", "refcount-rt", "luto-hazard", "luto-hazard-mask");

  @Test
  void aThousandCpusComeToTheirEnd() {
    for (Designs.Entry design : Designs.ALL) {
      if (Kernels.meant(design.name(), "powerpc-hash")
          && !design.name().equals("linus-rule-exit")) { // which warns
        Prepared prepared =
            Setup.prepare(
                IdleRounds.of(1000, 2),
                KernelFactory.of(Arches.find("powerpc-hash").orElseThrow(), design));
        SimulatedRun run = new Simulator(MachineModel.builtIn().widenedTo(1000)).run(prepared, 1);
        assertThat(run.ended()).isTrue();
        assertThat(run.findings()).as(design.name()).isEmpty();
        boolean borrowed = KEEPING.contains(design.name()); // by the idle CPUs, to the end
        assertThat(run.state().freed(prepared.startMms().getFirst()))
            .as(design.name())
            .isEqualTo(!borrowed);
      }
    }
  }

  @Test
  void theRefcountIsTheHotLine() {
    Prepared prepared =
        Setup.prepare(
            IdleRounds.of(32, 20),
            KernelFactory.of(
                Arches.find("powerpc-hash").orElseThrow(), Designs.find("refcount").orElseThrow()));
    assertThat(simulator.run(prepared, 1).hottest().getFirst().name()).isEqualTo("mm_count(A)");
  }

  @Test
  void aCpuIsWhatItSaysItIs() {
    List<Integer> ids = Collections.synchronizedList(new ArrayList<>());
    Script note = cpu -> ids.add(10 * cpu.cpus() + cpu.id());
    run(1, note, note);
    assertThat(ids).containsExactlyInAnyOrder(20, 21);
  }
}
