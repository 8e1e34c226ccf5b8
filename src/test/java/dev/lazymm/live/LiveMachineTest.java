package dev.lazymm.live;

import static dev.lazymm.live.World.SITE;
import static dev.lazymm.live.World.impatient;
import static dev.lazymm.live.World.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Slab;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** RCU, slabs, and programs that do not come to their end. */
@ResourceLock("processors")
class LiveMachineTest {
  private static final long BOTH = 3;

  // ---- RCU -------------------------------------------------------------------------------------

  private static World rcu(boolean waits) {
    World w = new World(2);
    return w.run(
        waits ? 300 : 3000,
        options(),
        w.seen[0],
        cpu -> {
          cpu.rcuReadLock();
          if (cpu.rcuDereference(w.x) == 0) {
            for (int i = 0; i < 5; i++) {
              cpu.writeOnce(w.seen[0], cpu.readOnce(w.y)); // poisoned if it is over
            }
          }
          cpu.rcuReadUnlock();
        },
        cpu -> {
          cpu.writeOnce(w.x, 1);
          if (waits) {
            cpu.synchronizeRcu(SITE);
          }
          cpu.writeOnce(w.y, 1);
        });
  }

  @Test
  void aGracePeriodWaitsForReaders() {
    assertThat(rcu(true).ends).isSubsetOf("[0]", "[-1]");
    assertThat(rcu(false).ends).contains("[1]");
  }

  /** A switch is a reader too. */
  @Test
  void aGracePeriodWaitsUntilInterruptsAreOn() {
    World w = new World(2);
    w.run(
        300,
        options(),
        w.seen[0],
        cpu -> {
          cpu.irqDisable(SITE);
          if (cpu.readOnce(w.x) == 0) {
            for (int i = 0; i < 5; i++) {
              cpu.writeOnce(w.seen[0], cpu.readOnce(w.y));
            }
          }
          cpu.irqEnable(SITE);
        },
        cpu -> {
          cpu.writeOnce(w.x, 1);
          cpu.synchronizeRcu(SITE);
          cpu.writeOnce(w.y, 1);
        });
    assertThat(w.ends).isSubsetOf("[0]", "[-1]");
  }

  private static World reads(BiConsumer<Cpu, KObject> free) {
    World w = new World(2);
    World.Thing other = new World.Thing(w.memory, "other");
    Cell field = w.memory.cell(other, "field", 7);
    return w.run(
        100,
        options(),
        w.x,
        cpu -> {
          cpu.rcuReadLock();
          cpu.writeOnce(w.x, 1);
          cpu.await(w.y, Cond.EQ, 1, Ordering.ACQUIRE, SITE);
          cpu.readOnce(field);
          cpu.rcuReadUnlock();
        },
        cpu -> {
          cpu.await(w.x, Cond.EQ, 1, Ordering.ACQUIRE, SITE);
          free.accept(cpu, other);
          cpu.storeRelease(w.y, 1, SITE);
        });
  }

  @Test
  void whatIsFreedAfterReadersMayBeRead() {
    assertThat(reads(Cpu::freeRcu).found).isEmpty();
    assertThat(reads(Cpu::free).found).contains("UAF");
  }

  @Test
  void callbacksRunAfterAGracePeriod() {
    World w = new World(2);
    Ipi callback = new Ipi("set", (cpu, info) -> cpu.writeOnce(w.x, 5));
    w.run(
        100,
        options(),
        w.x,
        cpu -> cpu.callRcu(callback, w.thing, SITE),
        cpu -> {
          cpu.rcuReadLock();
          cpu.rcuReadUnlock();
        });
    assertThat(w.ends).containsExactly("[5]");
  }

  // ---- memory management -----------------------------------------------------------------------

  @Test
  void anAddressComesBackAndItsLivesAreToldApart() {
    World w = new World(1);
    Slab<World.Thing> slab =
        new Slab<>(
            "things",
            name -> {
              World.Thing made = new World.Thing(w.memory, name);
              w.memory.cell(made, "field", 3);
              return made;
            });
    w.run(
        3,
        options(),
        w.x,
        cpu -> {
          World.Thing first = cpu.alloc(slab, "first");
          cpu.writeOnce(first.cells().getFirst(), 1);
          cpu.free(first);
          World.Thing second = cpu.alloc(slab, "second");
          cpu.warnOn(first != second, "another address");
          cpu.writeOnce(w.x, cpu.readOnce(second.cells().getFirst()));
        });
    assertThat(w.found).isEmpty();
    assertThat(w.ends).containsExactly("[1]");
  }

  @Test
  void useAfterFreeAndDoubleFreeAreSeen() {
    World w = new World(1);
    Slab<World.Thing> slab =
        new Slab<>(
            "things",
            name -> {
              World.Thing made = new World.Thing(w.memory, name);
              w.memory.cell(made, "field", 3);
              return made;
            });
    w.run(
        1,
        options(),
        w.x,
        cpu -> {
          World.Thing thing = cpu.alloc(slab, "thing");
          cpu.free(thing);
          cpu.readOnce(thing.cells().getFirst());
          cpu.free(thing);
        });
    assertThat(w.found).containsExactly("I5", "UAF");
  }

  // ---- what does not end -----------------------------------------------------------------------

  @Test
  void whoeverWaitsForEverIsNamed() {
    World w = new World(2);
    w.run(
        1,
        impatient(),
        w.x,
        cpu -> {
          cpu.step("some_function");
          cpu.await(w.x, Cond.GE, 1, Ordering.ACQUIRE, SITE);
        },
        cpu -> cpu.lock(w.lock, SITE));
    assertThat(w.stuck)
        .contains("CPU 0 waits for x(thing) GE 1 (s), in some_function")
        .contains("CPU 1 waits for nothing: it has ended");
  }

  @Test
  void twoWhoWaitForEachOthersHandlersWithInterruptsOffAreNamed() {
    World w = new World(2);
    Ipi ipi = new Ipi("handler", (cpu, info) -> {});
    Script script =
        cpu -> {
          cpu.irqDisable(SITE);
          cpu.atomicInc(w.x, SITE);
          cpu.await(w.x, Cond.EQ, 2, Ordering.ACQUIRE, SITE);
          cpu.onEachCpu(new long[] {BOTH}, ipi, w.thing, true, SITE);
        };
    w.run(1, impatient(), w.x, script, script);
    assertThat(w.stuck).contains("CPU 0 waits for CPU 1 to run handler (s)");
  }

  @Test
  void anEndlessLoopIsStopped() {
    World w = new World(2);
    Script endless =
        cpu -> {
          while (cpu.readOnce(w.x) == 0) {
            cpu.step("loop");
          }
        };
    w.run(1, impatient(), w.x, endless, cpu -> {});
    assertThat(w.stuck).contains("CPU 0 runs in loop");
  }

  @Test
  void codeThatFailsEndsItsRoundAndNotTheOthers() {
    World w = new World(2);
    w.run(
        3,
        options(),
        w.x,
        cpu -> {
          throw new IllegalStateException("broken");
        },
        cpu -> cpu.await(w.x, Cond.GE, 1, Ordering.ACQUIRE, SITE));
    assertThat(w.stuck).isNull();
    assertThat(w.found).containsExactly("OOPS");
  }

  @Test
  void aBugOfTheMachinesOwnIsNotHidden() {
    World w = new World(1);
    Script fails =
        cpu -> {
          throw new AssertionError("of ours");
        };
    assertThatThrownBy(() -> w.run(1, options(), w.x, fails))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("of ours");
  }
}
