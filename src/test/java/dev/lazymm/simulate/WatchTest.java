package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Slab;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** RCU, slabs and the MMU, and what is seen to go wrong there. */
class WatchTest extends SmallMachine {
  /** A switch is a reader too. */
  @Test
  void aGracePeriodWaitsUntilInterruptsAreOn() {
    for (long seed = 0; seed < 100; seed++) {
      SimulatedRun run =
          run(
              seed,
              cpu -> {
                cpu.writeOnce(thing.x, 1);
                cpu.synchronizeRcu(SITE);
                cpu.writeOnce(thing.y, 1);
              },
              cpu -> {
                cpu.irqDisable(SITE);
                long before = cpu.readOnce(thing.x);
                for (int i = 0; i < 1000; i++) {
                  cpu.smpMb(SITE);
                }
                cpu.warnOn(before == 0 && cpu.readOnce(thing.y) == 1, "it did not wait");
                cpu.irqEnable(SITE);
              });
      assertThat(run.findings()).isEmpty();
      assertThat(run.ended()).isTrue();
    }
  }

  private List<String> reads(BiConsumer<Cpu, KObject> free) {
    Thing other = new Thing(memory, "other");
    Set<String> found = new TreeSet<>();
    for (long seed = 0; seed < 100; seed++) {
      SimulatedRun run =
          run(
              seed,
              cpu -> {
                cpu.writeOnce(thing.x, 1);
                free.accept(cpu, other);
              },
              cpu -> {
                cpu.rcuReadLock();
                if (cpu.rcuDereference(thing.x) == 0) {
                  for (int i = 0; i < 1000; i++) {
                    cpu.readOnce(other.x);
                  }
                }
                cpu.rcuReadUnlock();
              });
      run.findings().forEach(f -> found.add(f.invariant()));
    }
    return List.copyOf(found);
  }

  @Test
  void whatIsFreedAfterReadersMayBeRead() {
    assertThat(reads(Cpu::freeRcu)).isEmpty();
    assertThat(reads(Cpu::free)).containsExactly("UAF");
  }

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
}
