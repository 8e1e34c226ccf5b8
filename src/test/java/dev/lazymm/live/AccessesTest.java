package dev.lazymm.live;

import static dev.lazymm.live.World.SITE;
import static dev.lazymm.live.World.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Memory and what orders it, by programs of a few steps. */
@ResourceLock("processors")
class AccessesTest {
  private static final long BOTH = 3;

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
    World.Thing thing = new World.Thing(memory, "thing");
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
}
