package dev.lazymm.prove;

import dev.lazymm.check.Checker;
import dev.lazymm.check.Failures;
import dev.lazymm.check.Model;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has every scenario of a question checked on every kernel of it, several scenarios at a time.
 * Whatever the threads do, results are counted in the order of the scenarios; so what is counted is
 * the first so many of them at any moment, which is all that must be kept to go on later.
 */
public final class Prover {
  /**
   * How to go about it. Nothing here changes a count.
   *
   * @param threads how many scenarios at a time, from 1
   * @param first whether to end after the first scenario that breaks something
   * @param timeout after how long to end; null for never
   * @param listener told from the thread that runs whenever more is done
   */
  public record Options(
      int threads, boolean first, @Nullable Duration timeout, Consumer<Standings> listener) {}

  /** Scenarios that one thread takes at once: enough that handing over does not matter. */
  private static final int BATCH = 16;

  private record Checked(ScenarioSpace.Member member, List<Outcome> outcomes) {}

  /** Ends a check that nobody waits for. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abandoned() {
      super("abandoned", null, false, false);
    }
  }

  /** The memory models that were asked for so far. */
  private final Map<String, Model> models = new ConcurrentHashMap<>();

  private final Question question;
  private final Options options;
  private final long deadline;
  private final SortedMap<Long, Scenario> scenarios = new TreeMap<>();
  private final Deque<Future<List<Checked>>> running = new ArrayDeque<>();
  private List<ScenarioSpace.Member> batch = new ArrayList<>();
  private Standings standings;
  private @Nullable String stopped;
  private volatile boolean abandoned;

  private Prover(Question question, Standings from, Options options) {
    this.question = question;
    this.options = options;
    standings = from;
    Duration timeout = options.timeout();
    deadline = timeout == null ? 0 : System.nanoTime() + timeout.toNanos();
  }

  /**
   * {@return what came out}
   *
   * @param from where an earlier run stood, or {@link Standings#none}
   */
  public static Proof prove(Question question, Standings from, Options options) {
    return new Prover(question, from, options).run();
  }

  private Proof run() {
    long skipped = standings.scenarios();
    stopIfFirst();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            options.threads(), Thread.ofPlatform().daemon().name("prove-", 0).factory())) {
      try {
        new ScenarioSpace(question.size(), question.vocabulary())
            .forEach(member -> {
              if (member.index() < skipped) {
                if (standings.isFirst(member.index())) {
                  scenarios.put(member.index(), member.scenario());
                }
              } else if (stopped == null) {
                submit(pool, member);
              }
              return stopped == null || member.index() + 1 < skipped;
            });
        hand(pool);
        while (stopped == null && !running.isEmpty()) {
          count(running.removeFirst());
        }
      } finally {
        abandoned = true;
        pool.shutdownNow();
      }
    }
    return new Proof(question, standings, stopped, scenarios);
  }

  private void submit(ExecutorService pool, ScenarioSpace.Member member) {
    batch.add(member);
    if (batch.size() == BATCH) {
      hand(pool);
      if (running.size() > 3 * options.threads()) {
        count(running.removeFirst());
      }
    }
  }

  private void hand(ExecutorService pool) {
    List<ScenarioSpace.Member> members = batch;
    running.add(pool.submit(() -> members.stream().map(this::check).toList()));
    batch = new ArrayList<>();
  }

  private Checked check(ScenarioSpace.Member member) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Question.Kernel kernel : question.kernels()) {
      stopIfAbandoned();
      Checker.Options how =
          Checker.Options.defaults()
              .withMaxExecutions(question.maxExecutions())
              .withAfterViolation(Long.MAX_VALUE)
              .withOrderedIncrements(question.orderedIncrements())
              .withModel(models.computeIfAbsent(kernel.model(), Model::named))
              .withProgress(_ -> stopIfAbandoned());
      KernelFactory factory = KernelFactory.of(kernel.arch(), kernel.design());
      outcomes.add(Outcome.of(new Checker(how).check(member.scenario(), factory)));
    }
    return new Checked(member, outcomes);
  }

  private void stopIfAbandoned() {
    if (abandoned) {
      throw new Abandoned();
    }
  }

  private void count(Future<List<Checked>> future) {
    try {
      for (Checked checked : options.timeout() == null ? future.get() : inTime(future)) {
        standings = standings.with(checked.member(), checked.outcomes());
        if (standings.isFirst(checked.member().index())) {
          scenarios.put(checked.member().index(), checked.member().scenario());
        }
        if (stopIfFirst()) {
          break;
        }
      }
      options.listener().accept(standings);
    } catch (TimeoutException e) {
      stopped = "the time given is over";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw Failures.of(e);
    }
  }

  private List<Checked> inTime(Future<List<Checked>> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new TimeoutException(); // even where it is done: chance decides nothing
    }
    return future.get(left, TimeUnit.NANOSECONDS);
  }

  private boolean stopIfFirst() {
    if (options.first() && standings.violated()) {
      stopped = "the first violation was all that was asked for";
    }
    return stopped != null;
  }
}
