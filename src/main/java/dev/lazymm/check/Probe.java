package dev.lazymm.check;

import dev.lazymm.machine.Program;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Measures the explorer on this machine: explores a member of one of the {@link Families} again and
 * again, on one thread. The first rounds are slower, until the JVM has compiled what it needs.
 */
public final class Probe {
  /**
   * What was measured.
   *
   * @param executions how many complete executions there are; the same in each round
   * @param expected how many there ought to be, if that is known
   * @param rounds how often all were explored to the end
   * @param perSecond complete executions a second over the whole time
   * @param best complete executions a second in the fastest round
   * @param largest the number of events of the largest graph
   * @param blocked how many graphs of a round led to no execution
   */
  public record Result(
      long executions,
      OptionalLong expected,
      int rounds,
      double perSecond,
      double best,
      int largest,
      long blocked) {}

  private static final double NANOS = 1e9;

  private Probe() {}

  /**
   * Explores until the time is over and the round it is in has ended; at least once.
   *
   * @param family one of {@link Families#names}
   * @param n the member's size, at least 1
   * @throws IllegalArgumentException if there is no such member
   */
  public static Result run(String family, int n, Duration time) {
    OptionalLong expected = Families.expected(family, n);
    long begin = System.nanoTime();
    long total = 0;
    int rounds = 0;
    double best = 0;
    while (true) {
      long roundBegin = System.nanoTime();
      Program program = Families.program(family, n);
      Explorer.Options options = Explorer.Options.defaults(program.memory().cpus());
      Explorer explorer = new Explorer(program, new Sc(), options, new Silent());
      explorer.run();
      long now = System.nanoTime();
      total += explorer.executions();
      rounds++;
      best = Math.max(best, rate(explorer.executions(), now - roundBegin));
      if (now - begin >= time.toNanos()) {
        return new Result(
            explorer.executions(),
            expected,
            rounds,
            rate(total, now - begin),
            best,
            explorer.largest(),
            explorer.blocked());
      }
    }
  }

  private static double rate(long executions, long nanos) {
    return executions * NANOS / Math.max(1, nanos);
  }

  private static final class Silent implements Explorer.Listener {
    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }

    @Override
    public void restarted() {}
  }
}
