package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.check.Probe;
import dev.lazymm.check.Resume;
import dev.lazymm.check.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast this machine explores a program, again and again.
 *
 * @param program what was explored
 * @param workers on how many threads
 * @param executions complete executions of one round; 0 if there was no time for one
 * @param expected how many they ought to be; null if that is not known
 * @param rounds how often it was explored whole
 * @param perSecond complete executions a second, over the whole time
 * @param best complete executions a second, in the fastest round; {@code perSecond} if none ended
 * @param first complete executions a second, in the first round, which warms the JVM up; {@code
 *     perSecond} if it did not end
 * @param perCpuSecond complete executions a second of processor time, in the round with most; over
 *     the whole time if none ended
 * @param events the events of the largest execution; 0 if there was no time for a round
 */
public record Speed(
    String program,
    int workers,
    long executions,
    @Nullable Long expected,
    long rounds,
    double perSecond,
    double best,
    double first,
    double perCpuSecond,
    int events) {
  private static final double NANOS = 1e9;

  /**
   * {@return the speed on a member of a family of programs; nothing is judged}
   *
   * @param workers how many threads
   * @param resume where to keep the exploration, of which there is then one; null for nowhere
   * @throws IllegalArgumentException if there is no such member
   */
  public static Speed ofFamily(
      String name, int n, Model model, Duration time, int workers, @Nullable Resume resume) {
    Probe.Result r = Probe.run(name, n, model, time, workers, resume);
    Long expected = r.expected().isPresent() ? r.expected().getAsLong() : null;
    return new Speed(
        name + " " + n + unusual(model),
        workers,
        r.executions(),
        expected,
        r.rounds(),
        r.perSecond(),
        r.best(),
        r.first(),
        r.perCpuSecond(),
        r.largest());
  }

  /**
   * {@return the speed of a check, in which every execution is judged by every invariant}
   *
   * @param orderedIncrements as in {@link Checker.Options}
   * @throws Probe.GaveUp if the heap is too small, or an execution too large
   */
  public static Speed ofCheck(Job job, boolean orderedIncrements, Duration time, int workers) {
    long cpuBegin = Probe.cpuNanos();
    long begin = System.nanoTime();
    Meter meter = new Meter(begin + time.toNanos());
    try {
      do {
        long roundBegin = System.nanoTime();
        long cpuRound = Probe.cpuNanos();
        Checker.Options options =
            Checker.Options.defaults()
                .withMaxExecutions(Long.MAX_VALUE)
                .withModel(job.model())
                .withOrderedIncrements(orderedIncrements)
                .withWorkers(workers)
                .withProgress(meter::look);
        CheckResult result = new Checker(options).check(job.scenario(), job.kernel());
        if (result.verdict() instanceof Verdict.Inconclusive(String why)) {
          throw new Probe.GaveUp(why);
        }
        meter.round(result, System.nanoTime() - roundBegin, Probe.cpuNanos() - cpuRound);
      } while (System.nanoTime() < meter.end);
    } catch (TimeOver e) {
      meter.total += meter.current;
    }
    double perSecond = rate(meter.total, System.nanoTime() - begin);
    return new Speed(
        job.spelled() + unusual(job.model()),
        workers,
        meter.executions,
        null,
        meter.rounds,
        perSecond,
        meter.rounds == 0 ? perSecond : meter.best,
        meter.rounds == 0 ? perSecond : meter.first,
        meter.rounds == 0 ? rate(meter.total, Probe.cpuNanos() - cpuBegin) : meter.perCpuSecond,
        meter.events);
  }

  private static String unusual(Model model) {
    return model == Model.SC ? "" : ", model " + model.name();
  }

  private static double rate(long executions, long nanos) {
    return executions * NANOS / Math.max(1, nanos);
  }

  /** What all rounds up to now make together. */
  private static final class Meter {
    private final long end;
    private long total;
    private long current;
    private long executions;
    private long rounds;
    private double best;
    private double first;
    private double perCpuSecond;
    private int events;

    Meter(long end) {
      this.end = end;
    }

    synchronized void look(long executionsNow) {
      current = executionsNow;
      if (System.nanoTime() >= end) {
        throw new TimeOver();
      }
    }

    void round(CheckResult result, long nanos, long cpuNanos) {
      executions = result.executions();
      total += executions;
      current = 0;
      rounds++;
      double round = rate(executions, nanos);
      best = Math.max(best, round);
      first = rounds == 1 ? round : first;
      perCpuSecond = Math.max(perCpuSecond, rate(executions, cpuNanos));
      events = result.bound().events();
    }
  }

  /** Ends a check whose time is over. */
  private static final class TimeOver extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimeOver() {
      super("the time is over", null, false, false);
    }
  }
}
