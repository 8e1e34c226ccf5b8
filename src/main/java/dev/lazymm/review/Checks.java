package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
        };

    /** A check goes on. */
    void running(Job job, long executions);

    /** So many checks are done. */
    void done(int checks, int of);
  }

  /**
   * How to check.
   *
   * @param maxExecutions the bound of one check
   * @param order CPUs, first to be explored first; those not named follow in ascending order, those
   *     that a scenario does not have are passed over
   * @param threads how many checks at a time
   */
  public record Options(long maxExecutions, List<Integer> order, int threads) {
    public Options {
      order = List.copyOf(order);
    }

    /** {@return the checker's own bound, CPUs in ascending order, a thread a processor} */
    public static Options defaults() {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Options(Checker.Options.defaults().maxExecutions(), List.of(), processors);
    }
  }

  private final Options options;
  private final Progress progress;

  public Checks(Options options, Progress progress) {
    this.options = options;
    this.progress = progress;
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
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(options.threads(), jobs.size())),
            Thread.ofPlatform().daemon().name("check-", 0).factory());
    try {
      List<Future<Done>> futures = new ArrayList<>();
      for (Job job : jobs) {
        futures.add(
            pool.submit(() -> {
              long begin = System.nanoTime();
              CheckResult result = check(job);
              Done done = new Done(job, result, Duration.ofNanos(System.nanoTime() - begin));
              progress.done(count.incrementAndGet(), jobs.size());
              return done;
            }));
      }
      for (Future<Done> future : futures) {
        sink.accept(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      pool.shutdownNow(); // the checks do not listen; their threads are daemons
    }
  }

  private CheckResult check(Job job) {
    List<Integer> order = options.order().isEmpty() ? List.of() : order(job);
    Checker.Options how =
        Checker.Options.defaults()
            .withMaxExecutions(options.maxExecutions())
            .withModel(job.model())
            .withOrder(order)
            .withProgress(executions -> progress.running(job, executions));
    return new Checker(how).check(job.scenario(), job.kernel());
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
