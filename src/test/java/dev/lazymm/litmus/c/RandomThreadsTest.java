package dev.lazymm.litmus.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.c.RandomThreads.Exit;
import dev.lazymm.litmus.c.RandomThreads.Machine;
import dev.lazymm.litmus.c.RandomThreads.Stmt;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever a thread's reads return, exactly one way through it is taken, and on that way is what an
 * interpreter of the thread does.
 */
class RandomThreadsTest {
  private static final long SEED = 20_261_122;
  private static final int THREADS = 400;
  private static final int RUNS = 30;

  /** Whatever is asked about: the event with an index returned that of these. */
  private record Reads(List<Long> values) implements Value.Known {
    @Override
    public boolean isKnown(int event) {
      return true;
    }

    @Override
    public long value(int event) {
      return values.get(event);
    }
  }

  @Test
  void oneWayIsTakenAndDoesTheSame() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < THREADS; i++) {
      Stmt thread = new RandomThreads(random).block(2, false);
      String text = "C t\n{}\nP0(int *x, int *y) " + thread.text() + "\nexists (x=0)";
      LitmusTest test = CLitmus.parse(Source.of("t", text));
      for (int j = 0; j < RUNS; j++) {
        var reads = new Reads(random.longs(500, 0, 3).boxed().toList());
        check(text, thread, test, reads);
      }
    }
  }

  private static void check(String text, Stmt thread, LitmusTest test, Reads reads) {
    var machine = new Machine(reads::value);
    Exit exit = thread.run().on(machine);
    List<Path> taken = test.threads().getFirst().stream().filter(p -> isTaken(p, reads)).toList();
    assertThat(taken).as("ways through seed %d: %s", SEED, text).hasSize(1);
    Path path = taken.getFirst();
    assertThat(path.cut()).as(text).isEqualTo(exit == Exit.CUT);
    assertThat(path.events().stream().map(e -> event(e, test, reads)).toList())
        .as(text)
        .isEqualTo(machine.events);
    Map<String, Long> registers = new TreeMap<>();
    path.registers().forEach((name, value) -> registers.put(name, value.evaluate(reads)));
    assertThat(registers).as(text).isEqualTo(machine.registers);
  }

  private static boolean isTaken(Path path, Reads reads) {
    return path.guards().stream().allMatch(g -> (g.value().evaluate(reads) != 0) == g.holds());
  }

  private static String event(PathEvent e, LitmusTest test, Reads reads) {
    String location =
        e.address() instanceof Value v
            ? test.locations().get(Value.locationOf(v.evaluate(reads)))
            : "nowhere";
    return e.value() instanceof Value v
        ? "W " + location + " := " + v.evaluate(reads)
        : "R " + location;
  }
}
