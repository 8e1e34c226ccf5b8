package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import dev.lazymm.machine.Slab;
import dev.lazymm.workload.IdleRounds;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.Setup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the simulated machine does, by programs of a few lines. */
class SimulatorTest {
  private static final Site SITE = new Site("here", "a test");

  /** An object with some cells. */
  private static final class Thing extends KObject {
    final Cell x;
    final Cell y;
    final Lock lock;

    Thing(Memory memory, String name) {
      super(memory, name);
      x = memory.cell(this, "x", 0);
      y = memory.cell(this, "y", 0);
      lock = memory.lock(this, "lock");
    }

    @Override
    public String type() {
      return "thing";
    }
  }

  private final Simulator simulator = new Simulator(MachineModel.builtIn());
  private Memory memory = new Memory(Layout.lineEach(), 2);
  private Thing thing = new Thing(memory, "thing");

  private SimulatedRun run(long seed, Script... scripts) {
    return simulator.run(Program.of(memory, List.of(scripts)), seed);
  }

  private void cpus(int n) {
    memory = new Memory(Layout.lineEach(), n);
    thing = new Thing(memory, "thing");
  }

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

  // ---- cache lines -----------------------------------------------------------------------------

  @Test
  void aLineIsFetchedOnceAndThenHit() {
    SimulatedRun run =
        run(
            1,
            cpu -> {
              for (int i = 0; i < 10; i++) {
                cpu.writeOnce(thing.x, i);
              }
            },
            cpu -> {});
    assertThat(run.tally().fromMemory()).isEqualTo(1);
    assertThat(run.tally().hits()).isEqualTo(9);
    assertThat(run.picoseconds()).isGreaterThanOrEqualTo(90_000 + 9 * 1_300);
  }

  @Test
  void aLineThatTwoWriteMovesBetweenTheirSockets() {
    Script turns =
        cpu -> {
          for (int i = 0; i < 10; i++) {
            cpu.await(thing.x, Cond.EQ, 2 * i + cpu.id(), Ordering.ACQUIRE, SITE);
            cpu.writeOnce(thing.x, 2 * i + cpu.id() + 1);
          }
        };
    SimulatedRun run = run(1, turns, turns);
    assertThat(run.ended()).isTrue();
    assertThat(run.state().value(thing.x)).isEqualTo(20);
    assertThat(run.tally().fromRemote()).isGreaterThanOrEqualTo(19);
    assertThat(run.tally().fromSocket()).isZero();
    assertThat(run.hottest().getFirst().name()).isEqualTo("x(thing)");
  }

  @Test
  void falseSharingCostsAsSharingDoes() {
    long[] transfers = new long[2];
    for (int i = 0; i < 2; i++) {
      memory = new Memory(i == 0 ? Layout.lineEach() : Layout.lineAnObject(), 2);
      thing = new Thing(memory, "thing");
      Script[] scripts = new Script[2];
      for (int c = 0; c < 2; c++) {
        Cell mine = c == 0 ? thing.x : thing.y;
        scripts[c] =
            cpu -> {
              for (int n = 0; n < 100_000; n++) {
                cpu.writeOnce(mine, n);
              }
            };
      }
      transfers[i] = run(1, scripts).tally().transfers();
    }
    assertThat(transfers[0]).isEqualTo(2);
    assertThat(transfers[1]).isGreaterThan(100);
  }

  @Test
  void atomicsOnOneLineQueueAndNoneIsLost() {
    cpus(64);
    Script count =
        cpu -> {
          for (int i = 0; i < 20; i++) {
            cpu.atomicInc(thing.x, SITE);
          }
        };
    SimulatedRun run = run(3, Collections.nCopies(64, count).toArray(Script[]::new));
    assertThat(run.state().value(thing.x)).isEqualTo(64 * 20);
    assertThat(run.tally().atomics()).isEqualTo(64 * 20);
    assertThat(run.tally().queued()).isPositive();
  }

  @Test
  void copiesAreInvalidatedByAWriter() {
    cpus(10);
    List<Script> scripts = new ArrayList<>();
    scripts.add(cpu -> {
      cpu.await(thing.y, Cond.EQ, 9, Ordering.ACQUIRE, SITE);
      cpu.writeOnce(thing.x, 1);
    });
    for (int i = 1; i < 10; i++) {
      scripts.add(cpu -> {
        cpu.readOnce(thing.x);
        cpu.atomicInc(thing.y, SITE);
      });
    }
    SimulatedRun run = run(1, scripts.toArray(Script[]::new));
    assertThat(run.tally().invalidations()).isGreaterThanOrEqualTo(9);
  }

  // ---- waiting ---------------------------------------------------------------------------------

  @Test
  void aWaiterSleepsAndBurnsNothing() {
    Script[] scripts = {
      cpu -> cpu.await(thing.x, Cond.EQ, 1, Ordering.ACQUIRE, SITE),
      cpu -> {
        for (int i = 0; i < 10_000; i++) {
          cpu.writeOnce(thing.y, i);
        }
        cpu.writeOnce(thing.x, 1);
      }
    };
    SimulatedRun run = run(1, scripts);
    assertThat(run.ended()).isTrue();
    assertThat(run.tally().operations()).isLessThan(10_010);
    assertThat(run.tally().handOvers()).isLessThan(10);
  }

  @Test
  void locksExclude() {
    cpus(8);
    Script count =
        cpu -> {
          for (int i = 0; i < 10; i++) {
            cpu.lock(thing.lock, SITE);
            long seen = cpu.read(thing.x);
            cpu.smpMb(SITE);
            cpu.write(thing.x, seen + 1);
            cpu.unlock(thing.lock, SITE);
          }
        };
    for (long seed = 0; seed < 20; seed++) {
      SimulatedRun run = run(seed, Collections.nCopies(8, count).toArray(Script[]::new));
      assertThat(run.ended()).isTrue();
      assertThat(run.state().value(thing.x)).isEqualTo(80);
    }
  }

  @Test
  void aDeadlockSaysWhoWaitsForWhat() {
    SimulatedRun run =
        run(
            1,
            cpu -> cpu.await(thing.x, Cond.NE, 0, Ordering.ACQUIRE, SITE),
            cpu -> {
              cpu.lock(thing.lock, SITE);
              cpu.action("the second time");
              cpu.lock(thing.lock, SITE);
            });
    assertThat(run.ended()).isFalse();
    assertThat(run.findings())
        .containsExactly(
            new Finding(
                "HANG",
                "CPU 0 waits for x(thing) != 0 (here); CPU 1, at \"the second time\", waits for"
                    + " the lock lock(thing) (here)"));
  }

  @Test
  void codeThatFailsIsReported() {
    SimulatedRun run =
        run(
            1,
            cpu -> {
              throw new IllegalStateException("BUG at test.c:1");
            },
            cpu -> {});
    assertThat(run.ended()).isFalse();
    assertThat(run.findings())
        .containsExactly(new Finding("OOPS", "the code of CPU 0 fails: BUG at test.c:1"));
  }

  // ---- IPIs ------------------------------------------------------------------------------------

  private final Ipi inc = new Ipi("inc", (cpu, info) -> cpu.atomicInc(thing.x, SITE));

  @Test
  void anIpiThatIsWaitedForHasRun() {
    for (long seed = 0; seed < 50; seed++) {
      Cell saw = memory.cell(thing, "saw", 0);
      SimulatedRun run =
          run(
              seed,
              cpu -> {
                cpu.onEachCpu(new long[] {3}, inc, thing, true, SITE);
                cpu.writeOnce(saw, cpu.readOnce(thing.x));
              },
              cpu -> cpu.writeOnce(thing.y, 1));
      assertThat(run.state().value(saw)).isEqualTo(2);
      assertThat(run.tally().ipis()).isEqualTo(1);
      assertThat(run.tally().handlers()).isEqualTo(2);
    }
  }

  @Test
  void anIpiThatIsNotWaitedForRunsInTheEnd() {
    SimulatedRun run =
        run(1, cpu -> cpu.onEachCpu(new long[] {2}, inc, thing, false, SITE), cpu -> {});
    assertThat(run.state().value(thing.x)).isEqualTo(1);
    assertThat(run.tally().waits()).isZero();
  }

  @Test
  void noIpiIsTakenWithInterruptsOff() {
    for (long seed = 0; seed < 50; seed++) {
      Cell before = memory.cell(thing, "before", 0);
      Cell after = memory.cell(thing, "after", 0);
      SimulatedRun run =
          run(
              seed,
              cpu -> cpu.onEachCpu(new long[] {2}, inc, thing, true, SITE),
              cpu -> {
                cpu.irqDisable(SITE);
                cpu.writeOnce(before, cpu.readOnce(thing.x));
                for (int i = 0; i < 2000; i++) {
                  cpu.writeOnce(thing.y, i);
                }
                cpu.writeOnce(after, cpu.readOnce(thing.x));
                cpu.irqEnable(SITE);
              });
      assertThat(run.state().value(after)).isEqualTo(run.state().value(before));
      assertThat(run.state().value(thing.x)).isEqualTo(1);
    }
  }

  @Test
  void twoThatWaitForEachOthersHandlersWithInterruptsOffHang() {
    Script both =
        cpu -> {
          cpu.irqDisable(SITE);
          cpu.onEachCpu(new long[] {3 - (1L << cpu.id())}, inc, thing, true, SITE);
        };
    SimulatedRun run = run(1, both, both);
    assertThat(run.findings()).extracting(Finding::invariant).containsExactly("HANG", "WARN");
  }

  @Test
  void anIpiEndsNoWait() {
    SimulatedRun run =
        run(
            1,
            cpu -> {
              cpu.onEachCpu(new long[] {2}, inc, thing, true, SITE);
              cpu.writeOnce(thing.y, 7);
            },
            cpu -> cpu.await(thing.y, Cond.EQ, 7, Ordering.ACQUIRE, SITE));
    assertThat(run.ended()).isTrue();
    assertThat(run.state().value(thing.x)).isEqualTo(1);
  }

  // ---- RCU, slabs, the MMU ---------------------------------------------------------------------

  @Test
  void aGracePeriodWaitsForReaders() {
    Slab<Thing> things = new Slab<>("thing", name -> new Thing(memory, name));
    for (long seed = 0; seed < 100; seed++) {
      SimulatedRun run =
          run(
              seed,
              cpu -> {
                cpu.writeOnce(thing.x, 0);
                Thing made = cpu.alloc(things, "made");
                cpu.writeOnce(thing.x, made.handle());
                cpu.writeOnce(thing.x, 0);
                cpu.synchronizeRcu(SITE);
                cpu.free(made);
              },
              cpu -> {
                cpu.rcuReadLock();
                long seen = cpu.rcuDereference(thing.x);
                for (int i = 0; i < 1000; i++) {
                  cpu.writeOnce(thing.y, i);
                }
                if (seen != 0) {
                  cpu.readOnce(((Thing) memory.object(seen)).x);
                }
                cpu.rcuReadUnlock();
              });
      assertThat(run.ended()).isTrue();
      assertThat(run.findings()).isEmpty();
    }
  }

  @Test
  void useAfterFreeAndDoubleFreeAreSeen() {
    Slab<Thing> things = new Slab<>("thing", name -> new Thing(memory, name));
    SimulatedRun run =
        run(
            1,
            cpu -> {
              Thing made = cpu.alloc(things, "made");
              cpu.free(made);
              cpu.readOnce(made.x);
              cpu.free(made);
            },
            cpu -> {});
    assertThat(run.findings())
        .containsExactly(
            new Finding("I5", "made is freed twice"),
            new Finding("UAF", "CPU 0 uses x(made) after it was freed"));
    SimulatedRun again =
        run(
            1,
            cpu -> {
              Thing made = cpu.alloc(things, "made");
              cpu.free(made);
              assertThat(cpu.alloc(things, "other")).isSameAs(made);
              cpu.readOnce(made.x);
            },
            cpu -> {});
    assertThat(again.findings()).isEmpty();
  }

  @Test
  void aRootThatIsFreedWhileLoadedIsSeen() {
    Slab<Thing> things = new Slab<>("thing", name -> new Thing(memory, name));
    Script bad =
        cpu -> {
          Thing made = cpu.alloc(things, "made");
          cpu.loadRoot(made, SITE);
          cpu.enterUser(thing);
          cpu.free(made);
          cpu.alloc(things, "later");
          cpu.enterUser(made);
        };
    assertThat(run(1, bad, cpu -> {}).findings())
        .containsExactly(
            new Finding("I2", "made is freed while the MMU of CPU 0 is on made"),
            new Finding("I8", "CPU 0 goes to user mode on made instead of thing"));
    Script stale =
        cpu -> {
          Thing made = cpu.alloc(things, "made");
          cpu.loadRoot(made, SITE);
          cpu.free(made);
          cpu.alloc(things, "later");
          cpu.enterUser(made);
        };
    assertThat(run(1, stale, cpu -> {}).findings())
        .extracting(Finding::what)
        .contains("CPU 0 goes to user mode on what was made before that was freed and made again");
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

  @Test
  void aThousandCpusComeToTheirEnd() {
    for (Designs.Entry design : Designs.ALL) {
      if (!design.name().startsWith("no-refcount")) {
        Prepared prepared =
            Setup.prepare(
                IdleRounds.of(1000, 2),
                KernelFactory.of(Arches.find("powerpc-hash").orElseThrow(), design));
        SimulatedRun run = new Simulator(MachineModel.builtIn().widenedTo(1000)).run(prepared, 1);
        assertThat(run.ended()).isTrue();
        assertThat(run.findings()).as(design.name()).isEmpty();
        boolean borrowed = design.name().equals("refcount"); // by the idle CPUs, to the end
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
