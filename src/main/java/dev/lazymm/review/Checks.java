package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Estimate;
import dev.lazymm.check.Resume;
import dev.lazymm.check.SiteUses;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.kernel.history.PastBug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Does many checks, several at a time, and hands over what came out in the order asked for. */
public final class Checks {
  /** Told how far it is, from any thread. */
  public interface Progress {
    /** Tells nobody. */
    Progress NONE =
        new Progress() {
          @Override
          public void running(Job job, long executions) {}

          @Override
          public void done(int checks, int of) {}

          @Override
          public @Nullable Consumer<Estimate> estimates(Job job) {
            return null;
          }
        };

    /** A check goes on. */
    void running(Job job, long executions);

    /** So many checks are done. */
    void done(int checks, int of);

    /** {@return who is told how many executions a check has in all; null for nobody} */
    @Nullable Consumer<Estimate> estimates(Job job);
  }

  /**
   * How to check.
   *
   * @param maxExecutions the bound of one check
   * @param order CPUs, first to be explored first; those not named follow in ascending order, those
   *     that a scenario does not have are passed over
   * @param threads how many checks at a time
   * @param workers how many threads explore one check; 0 for as many as the processors allow
   * @param timeout after how long a check gives up; null for never
   * @param resume where the exploration of the one check is kept; null for nowhere
   * @param version whose explorations can be resumed
   * @param orderedIncrements whether increments whose results nobody uses are ordered like all else
   * @param weakened which sites count for less
   * @param uses told of the sites that are come by; null for nobody
   */
  public record Options(
      long maxExecutions,
      List<Integer> order,
      int threads,
      int workers,
      @Nullable Duration timeout,
      @Nullable Resume resume,
      String version,
      boolean orderedIncrements,
      Weakenings weakened,
      @Nullable SiteUses uses) {
    public Options {
      order = List.copyOf(order);
    }

    /** Each check on one thread, without a bound on its time. */
    public Options(long maxExecutions, List<Integer> order, int threads) {
      this(maxExecutions, order, threads, 1, null, null, "", false, Weakenings.NONE, null);
    }

    /** {@return these options with a file for the one check; null for none} */
    public Options withResume(@Nullable Resume file) {
      return new Options(
          maxExecutions,
          order,
          threads,
          workers,
          timeout,
          file,
          version,
          orderedIncrements,
          weakened,
          uses);
    }

    /** {@return these options with increments whose results nobody uses ordered, or not} */
    public Options withOrderedIncrements(boolean ordered) {
      return new Options(
          maxExecutions,
          order,
          threads,
          workers,
          timeout,
          resume,
          version,
          ordered,
          weakened,
          uses);
    }

    /**
     * {@return these options with sites that count for less}
     *
     * @param seen told of the sites that are come by; null for nobody
     */
    public Options withWeakened(Weakenings sites, @Nullable SiteUses seen) {
      return new Options(
          maxExecutions,
          order,
          threads,
          workers,
          timeout,
          resume,
          version,
          orderedIncrements,
          sites,
          seen);
    }

    /** {@return the checker's own bound, CPUs in ascending order, a thread a processor} */
    public static Options defaults() {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Options(
          Checker.Options.defaults().maxExecutions(),
          List.of(),
          processors,
          0,
          null,
          null,
          "",
          false,
          Weakenings.NONE,
          null);
    }
  }

  private final Options options;
  private final Progress progress;
  private final @Nullable List<String> show;

  public Checks(Options options, Progress progress) {
    this(options, progress, null);
  }

  private Checks(Options options, Progress progress, @Nullable List<String> show) {
    this.options = options;
    this.progress = progress;
    this.show = show;
  }

  /**
   * {@return checks that explain what they find}
   *
   * @param names relations to show besides the usual ones
   */
  public Checks explaining(List<String> names) {
    return new Checks(options, progress, List.copyOf(names));
  }

  /** {@return what came out, in the order of {@code jobs}} */
  public List<Done> run(List<Job> jobs) {
    List<Done> done = new ArrayList<>();
    run(jobs, done::add);
    return done;
  }

  /**
   * Does all checks; {@code sink} gets each as soon as it and all before it are done. What {@code
   * sink} or a check throws ends the rest and is thrown here.
   */
  public void run(List<Job> jobs, Consumer<Done> sink) {
    AtomicInteger count = new AtomicInteger();
    int workers = workers(jobs.size());
    InOrder.all(
        options.threads(),
        jobs,
        job -> {
          long begin = System.nanoTime();
          CheckResult result = check(job, workers);
          Done done = new Done(job, result, Duration.ofNanos(System.nanoTime() - begin));
          progress.done(count.incrementAndGet(), jobs.size());
          return done;
        },
        sink);
  }

  /** What a resumed file must be about; a design of one's own is known by its text. */
  private List<String> asked(Job job) {
    String spelled = job.design().spelled();
    String text = "";
    if (!spelled.equals(job.design().name())) {
      int more = Membarriers.suffix(job.design().membarrier().name()).length();
      Path file = Path.of(spelled.substring(0, spelled.length() - more));
      try {
        text = " " + Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    PastBug bug = job.history();
    String with = bug == null ? "" : " with " + bug.id();
    return List.of("lazymm " + options.version(), "as " + spelled + text + with);
  }

  /** The processors that the checks leave are shared among them. */
  private int workers(int jobs) {
    int atATime = Math.max(1, Math.min(options.threads(), jobs));
    return options.workers() > 0
        ? options.workers()
        : Math.max(1, Runtime.getRuntime().availableProcessors() / atATime);
  }

  private CheckResult check(Job job, int workers) {
    List<Integer> order = options.order().isEmpty() ? List.of() : order(job);
    Checker.Options how =
        Checker.Options.defaults()
            .withMaxExecutions(options.maxExecutions())
            .withModel(job.model())
            .withOrder(order)
            .withOrderedIncrements(options.orderedIncrements())
            .withWeakened(options.weakened())
            .withUses(options.uses())
            .withWorkers(workers)
            .withTimeout(options.timeout())
            .withResume(options.resume(), asked(job))
            .withProgress(executions -> progress.running(job, executions))
            .withEstimates(progress.estimates(job));
    Checker checker = new Checker(how);
    return (show == null ? checker : checker.explaining(show)).check(job.scenario(), job.kernel());
  }

  private List<Integer> order(Job job) {
    int cpus = job.scenario().cpus().size();
    return IntStream.concat(
            options.order().stream().mapToInt(Integer::intValue).filter(cpu -> cpu < cpus),
            IntStream.range(0, cpus))
        .distinct()
        .boxed()
        .toList();
  }
}
