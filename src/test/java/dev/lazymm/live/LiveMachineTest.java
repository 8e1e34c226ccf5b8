package dev.lazymm.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import dev.lazymm.machine.Slab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The machine by itself, under programs of a few steps. */
@ResourceLock("processors")
class LiveMachineTest {
  private static final Site SITE = new Site("s", "test");
  private static final Site OTHER = new Site("o", "test");
  private static final long BOTH = 3;

  /** A program's memory, and what a run of it showed. */
  private static final class World {
    final Memory memory;
    final Thing thing;
    final Cell x;
    final Cell y;
    final Cell[] seen;
    final Lock lock;
    final Set<String> ends = new TreeSet<>();
    final Set<String> found = new TreeSet<>();
    @Nullable String stuck;

    World(int cpus) {
      memory = new Memory(Layout.lineEach(), cpus);
      thing = new Thing(memory, "thing");
      x = memory.cell(thing, "x", 0);
      y = memory.cell(thing, "y", 0);
      seen = new Cell[] {memory.cell(thing, "r0", -1), memory.cell(thing, "r1", -1)};
      lock = memory.lock(thing, "lock");
    }

    World run(long rounds, LiveOptions options, Cell shown, Script... scripts) {
      return run(rounds, options, List.of(shown), scripts);
    }

    World run(long rounds, LiveOptions options, List<Cell> shown, Script... scripts) {
      LiveMachine[] machine = new LiveMachine[1];
      long[] ended = new long[1];
      machine[0] =
          new LiveMachine(
              Program.of(memory, List.of(scripts)),
              options,
              new LiveMachine.Rounds() {
                @Override
                public void ended(boolean cut) {
                  ended[0]++;
                  for (int i = 0; i < memory.cpus(); i++) {
                    machine[0].cpu(i).findings().forEach(f -> found.add(f.name()));
                  }
                  EndState end = machine[0].endState(List.of());
                  List<Long> values = new ArrayList<>();
                  shown.forEach(cell -> values.add(end.value(cell)));
                  ends.add(values.toString());
                }

                @Override
                public boolean another() {
                  return ended[0] < rounds;
                }
              });
      stuck = machine[0].run();
      return this;
    }
  }

  private static final class Thing extends KObject {
    Thing(Memory memory, String name) {
      super(memory, name);
    }

    @Override
    public String type() {
      return "thing";
    }
  }

  private static LiveOptions options() {
    return LiveOptions.rounds(1, 1).withPinned(false);
  }

  private static LiveOptions impatient() {
    return options().withPatience(Duration.ofMillis(300), Duration.ofSeconds(2));
  }

  // ---- memory ----------------------------------------------------------------------------------

  @Test
  void messagesArePassedByReleaseAndAcquire() {
    World w = new World(2);
    w.run(
        500,
        options(),
        w.seen[1],
        cpu -> {
          cpu.writeOnce(w.x, 7);
          cpu.storeRelease(w.y, 1, SITE);
        },
        cpu -> {
          cpu.await(w.y, Cond.EQ, 1, Ordering.ACQUIRE, SITE);
          cpu.write(w.seen[1], cpu.read(w.x));
        });
    assertThat(w.ends).containsExactly("[7]");
  }

  @Test
  void atomicsLoseNothingAndLocksExclude() {
    World w = new World(2);
    Script script =
        cpu -> {
          for (int i = 0; i < 200; i++) {
            cpu.atomicInc(w.x, SITE);
            cpu.lock(w.lock, SITE);
            cpu.write(w.y, cpu.read(w.y) + 1);
            cpu.unlock(w.lock, SITE);
          }
        };
    w.run(50, options(), List.of(w.x, w.y), script, script);
    assertThat(w.ends).containsExactly("[400, 400]");
  }

  /** The same without the lock: the test above can fail. */
  @Test
  void withoutTheLockUpdatesAreLost() {
    World w = new World(2);
    Script script =
        cpu -> {
          for (int i = 0; i < 200; i++) {
            cpu.writeOnce(w.y, cpu.readOnce(w.y) + 1);
          }
        };
    for (int tries = 0; tries < 20 && w.ends.stream().allMatch("[400]"::equals); tries++) {
      w.run(200, options(), w.y, script, script);
    }
    assertThat(w.ends).hasSizeGreaterThan(1);
  }

  @Test
  void everyReadModifyWriteIsWhatItsFunctionSays() {
    for (Rmw op : Rmw.values()) {
      for (Ordering ordering : Ordering.values()) {
        for (long expected : new long[] {6, 7}) {
          World w = new World(1);
          w.run(
              1,
              options(),
              List.of(w.x, w.seen[0]),
              cpu -> {
                cpu.writeOnce(w.x, 6);
                cpu.writeOnce(w.seen[0], cpu.rmw(op, w.x, BOTH, expected, ordering, SITE));
              });
          long value = op.succeeds(6, expected) ? op.apply(6, BOTH) : 6;
          assertThat(w.ends).as("%s %s", op, ordering).containsExactly("[" + value + ", 6]");
        }
      }
    }
  }

  @Test
  void cellsOfOneLineAreNeighboursAndNoOthersAre() {
    OffHeap heap = new OffHeap();
    Memory memory = new Memory((type, field, ordinal) -> ordinal / 20, 1);
    Thing thing = new Thing(memory, "thing");
    List<Cell> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(memory.cell(thing, "f" + i, i));
    }
    CellMemory cells = new CellMemory(memory, heap);
    for (Cell a : all) {
      assertThat(OffHeap.get(cells.address(a))).isEqualTo(a.index());
      for (Cell b : all) {
        boolean sameLine = cells.address(a) / OffHeap.LINE == cells.address(b) / OffHeap.LINE;
        if (a.line() != b.line()) {
          assertThat(sameLine).isFalse();
        } else if (a.index() % 20 < OffHeap.WORDS && b.index() % 20 < OffHeap.WORDS) {
          assertThat(sameLine).isTrue();
        }
        assertThat(cells.address(a) == cells.address(b)).isEqualTo(a == b);
      }
    }
  }

  // ---- interrupts ------------------------------------------------------------------------------

  @Test
  void aSenderThatWaitsSeesWhatTheHandlersDid() {
    World w = new World(3);
    Ipi ipi =
        new Ipi(
            "add",
            (cpu, info) -> {
              cpu.warnOn(!cpu.irqsDisabled(), "irqs on in a handler");
              cpu.atomicInc(w.x, SITE);
            });
    long[] all = {CpuMask.bit(0) | CpuMask.bit(1) | CpuMask.bit(2)};
    Script sends =
        cpu -> {
          cpu.onEachCpu(all, ipi, w.thing, true, SITE);
          cpu.warnOn(cpu.readOnce(w.x) < BOTH, "not all have run it");
        };
    w.run(100, options(), w.x, sends, sends, sends);
    assertThat(w.stuck).isNull();
    assertThat(w.found).isEmpty();
    assertThat(w.ends).containsExactly("[9]");
  }

  /** CPU 1 sends to CPU 0, which has interrupts off from before the sending to its end. */
  @Test
  void interruptsOffHoldAnIpiBack() {
    World w = new World(2);
    Ipi ipi = new Ipi("set", (cpu, info) -> cpu.writeOnce(w.x, 1));
    Script target =
        cpu -> {
          cpu.irqDisable(SITE);
          cpu.storeRelease(w.y, 1, OTHER);
          cpu.await(w.y, Cond.EQ, 2, Ordering.ACQUIRE, OTHER);
          for (int i = 0; i < 20; i++) {
            cpu.smpMb(OTHER);
          }
          cpu.writeOnce(w.seen[0], cpu.readOnce(w.x));
          cpu.irqEnable(SITE);
          cpu.writeOnce(w.seen[1], cpu.readOnce(w.x));
        };
    Script sender =
        cpu -> {
          cpu.await(w.y, Cond.EQ, 1, Ordering.ACQUIRE, OTHER);
          cpu.onEachCpu(new long[] {1}, ipi, w.thing, false, OTHER);
          cpu.storeRelease(w.y, 2, OTHER);
        };
    assertThat(w.run(50, options(), List.of(w.seen), target, sender).ends)
        .containsExactly("[0, 1]");
    LiveOptions weak = options().withWeakened(Set.of(SITE)); // the interrupts stay on
    assertThat(w.run(50, weak, List.of(w.seen), target, sender).ends).contains("[1, 1]");
  }

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
    Slab<Thing> slab =
        new Slab<>(
            "things",
            name -> {
              Thing made = new Thing(w.memory, name);
              w.memory.cell(made, "field", 3);
              return made;
            });
    w.run(
        3,
        options(),
        w.x,
        cpu -> {
          Thing first = cpu.alloc(slab, "first");
          cpu.writeOnce(first.cells().getFirst(), 1);
          cpu.free(first);
          Thing second = cpu.alloc(slab, "second");
          cpu.warnOn(first != second, "another address");
          cpu.writeOnce(w.x, cpu.readOnce(second.cells().getFirst()));
        });
    assertThat(w.found).isEmpty();
    assertThat(w.ends).containsExactly("[1]");
  }

  @Test
  void useAfterFreeAndDoubleFreeAreSeen() {
    World w = new World(1);
    Slab<Thing> slab =
        new Slab<>(
            "things",
            name -> {
              Thing made = new Thing(w.memory, name);
              w.memory.cell(made, "field", 3);
              return made;
            });
    w.run(
        1,
        options(),
        w.x,
        cpu -> {
          Thing thing = cpu.alloc(slab, "thing");
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
