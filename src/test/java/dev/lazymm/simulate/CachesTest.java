package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What moves lines, and what does not. */
class CachesTest extends SmallMachine {
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
}
