package dev.lazymm.check;

import com.sun.management.OperatingSystemMXBean;
import dev.lazymm.machine.Program;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the explorer on this machine: explores a member of one of the {@link Families} again and
 * again. The first rounds are slower, until the JVM has compiled what it needs.
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
   * @param first complete executions a second in the first round, which warms the JVM up
   * @param perCpuSecond complete executions a second of processor time, in the round with most
   * @param largest the number of events of the largest graph
   * @param blocked how many graphs of a round led to no execution
   */
  public record Result(
      long executions,
      OptionalLong expected,
      int rounds,
      double perSecond,
      double best,
      double first,
      double perCpuSecond,
      int largest,
      long blocked) {}

  /** A program could not be explored whole. */
  public static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    public GaveUp(String why) {
      super(why, null, false, false);
    }

    /** {@return why} */
    public String why() {
      return String.valueOf(getMessage());
    }
  }

  private static final double NANOS = 1e9;
  private static final String ARCH = "x86-eager";

  private Probe() {}

  /**
   * Explores until the time is over and the round it is in has ended; at least once.
   *
   * @param family one of {@link Families#names}
   * @param n the member's size, at least 1
   * @throws IllegalArgumentException if there is no such member
   */
  public static Result run(String family, int n, Duration time) {
    return run(family, n, Model.SC, time, 1, null);
  }

  /**
   * Explores under a memory model with several workers.
   *
   * @param model its hardware is an x86's where the model leaves that open
   * @param workers how many threads
   * @param resume where to keep the exploration, and to go on from; then there is one round. Null
   *     for nowhere
   * @throws Resume.Refused if there is a file to go on from that is damaged or of another program
   * @throws GaveUp if the heap is too small
   */
  public static Result run(
      String family, int n, Model model, Duration time, int workers, @Nullable Resume resume) {
    OptionalLong expected = Families.expected(family, n, model);
    long begin = System.nanoTime();
    long total = 0;
    int rounds = 0;
    double best = 0;
    double first = 0;
    double perCpuSecond = 0;
    while (true) {
      long roundBegin = System.nanoTime();
      long cpuBegin = cpuNanos();
      Search search = search(family, n, model, workers, resume);
      long before = search.result().executions;
      search.run();
      if (!search.isComplete()) {
        throw new GaveUp(search.why());
      }
      long now = System.nanoTime();
      Part all = search.result();
      total += all.executions - before;
      rounds++;
      double round = rate(all.executions - before, now - roundBegin);
      best = Math.max(best, round);
      first = rounds == 1 ? round : first;
      long cpu = cpuNanos() - cpuBegin;
      perCpuSecond = Math.max(perCpuSecond, rate(all.executions - before, cpu));
      if (now - begin >= time.toNanos() || resume != null) {
        return new Result(
            all.executions,
            expected,
            rounds,
            rate(total, now - begin),
            best,
            first,
            perCpuSecond,
            all.largest,
            all.blocked);
      }
    }
  }

  private static Search search(
      String family, int n, Model model, int workers, @Nullable Resume resume) {
    Program program = Families.program(family, n);
    Explorer.Options options = Explorer.Options.defaults(program.memory().cpus());
    Tally tally = new Tally.Silent();
    Search.Bounds bounds = Search.Bounds.none(workers);
    Supplier<MemoryModel> models = () -> model.instance(ARCH);
    if (resume == null) {
      return new Search(program, models, options, bounds, tally, null);
    }
    List<String> question = List.of("family " + family + " " + n, "model " + model.name());
    Saver saver = new Saver(resume, question, program.memory());
    Search search = new Search(program, models, options, bounds, tally, saver);
    saver.read(List.of(), tally).ifPresent(search::goOn);
    return search;
  }

  /** {@return the processor time of this process, which other processes do not lengthen} */
  public static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double rate(long executions, long nanos) {
    return executions * NANOS / Math.max(1, nanos);
  }
}
