package dev.lazymm.check;

import dev.lazymm.machine.Program;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how fast this machine explores: one thread explores the same program again and again
 * until a time is over. The first seconds, in which the JVM is still compiling, count too.
 */
public final class Probe {
  private static final long LOOK_EVERY = 1024;

  private final LongSupplier clock;

  /**
   * @param clock nanoseconds, as {@link System#nanoTime} counts them
   */
  public Probe(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * What was measured.
   *
   * @param program what was explored
   * @param cpus its CPUs
   * @param events the events of its largest execution; 0 if a scenario was not explored whole once
   * @param executions complete executions, of all rounds together
   * @param rounds how often it was explored whole
   * @param nanos how long that took
   */
  public record Speed(
      String program, int cpus, int events, long executions, long rounds, long nanos) {
    /** {@return executions a second} */
    public double rate() {
      return nanos == 0 ? 0 : executions * 1e9 / nanos;
    }
  }

  /**
   * Explores a member of {@link Families}, with nothing to judge.
   *
   * @throws IllegalArgumentException if there is no such member
   */
  public Speed family(String name, int n, Duration time) {
    Program program = Families.program(name, n);
    int cpus = program.memory().cpus();
    long begin = clock.getAsLong();
    long end = begin + time.toNanos();
    Rounds rounds = new Rounds();
    do {
      Until until = new Until(end);
      Explorer explorer = new Explorer(program, new Sc(), Explorer.Options.defaults(cpus), until);
      explorer.run();
      rounds.add(explorer.executions(), explorer.largest(), !until.stopped);
    } while (clock.getAsLong() < end);
    return rounds.speed(name + " " + n, cpus, clock.getAsLong() - begin);
  }

  /** Checks a scenario, every execution judged by every invariant. */
  public Speed scenario(Scenario scenario, KernelFactory kernel, Duration time) {
    long begin = clock.getAsLong();
    long end = begin + time.toNanos();
    Rounds rounds = new Rounds();
    int cpus = scenario.cpus().size();
    try {
      do {
        rounds.current = 0;
        Checker.Options options =
            Checker.Options.defaults().withProgress(n -> look(rounds, n, end));
        CheckResult result = new Checker(options).check(scenario, kernel);
        rounds.add(result.executions(), result.bound().events(), true);
      } while (clock.getAsLong() < end);
    } catch (TimeOver e) {
      rounds.add(rounds.current, 0, false);
    }
    return rounds.speed(scenario.name(), cpus, clock.getAsLong() - begin);
  }

  private void look(Rounds rounds, long executions, long end) {
    rounds.current = executions;
    if (clock.getAsLong() >= end) {
      throw new TimeOver();
    }
  }

  /** What all rounds up to now make together. */
  private static final class Rounds {
    private long executions;
    private long whole;
    private int events;
    private long current;

    void add(long more, int largest, boolean complete) {
      executions += more;
      events = Math.max(events, largest);
      whole += complete ? 1 : 0;
    }

    Speed speed(String program, int cpus, long nanos) {
      return new Speed(program, cpus, events, executions, whole, nanos);
    }
  }

  /** Ends a check whose time is over. */
  private static final class TimeOver extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimeOver() {
      super("the time is over", null, false, false);
    }
  }

  /** Judges nothing; ends the exploration when its time is over. */
  private final class Until implements Explorer.Listener {
    private final long end;
    private long seen;
    private boolean stopped;

    Until(long end) {
      this.end = end;
    }

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      stopped = ++seen % LOOK_EVERY == 0 && clock.getAsLong() >= end;
      return !stopped;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }

    @Override
    public void restarted() {}
  }
}
