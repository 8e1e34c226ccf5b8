package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Script;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Who waits sleeps, and is named if it is for ever. */
class WaitingTest extends SmallMachine {
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
}
