package dev.lazymm.litmus;

import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The executions of a test that a model allows.
 *
 * <p>For each way that the threads can go together there is a {@link Candidate}; where its reads
 * read from, and which writes are last, is decided one by one, and a choice is given up as soon as
 * values contradict it or the model's checks fail on what is fixed ({@link CandidateSearch}).
 */
public final class Search {
  /** A model, ready to judge. */
  @FunctionalInterface
  public interface Model {
    /** {@return a judge of one structure's candidates, for one thread} */
    Judge judge(Structure structure);
  }

  /**
   * How to search.
   *
   * @param conditionOnly look only for executions that decide the condition: herd's {@code
   *     -speedcheck true}
   * @param workers how many threads search
   * @param isOver asked often; true ends the search, whose result is then not complete
   */
  public record Options(boolean conditionOnly, int workers, BooleanSupplier isOver) {
    /** Everything, on one thread, without end. */
    public static Options defaults() {
      return new Options(false, 1, () -> false);
    }
  }

  /** With so many ways a worker, each way is one worker's. */
  private static final int MANY = 8;

  private final LitmusTest test;
  private final Model model;
  private final Options options;
  private final Tally tally = new Tally();
  private final AtomicLong next = new AtomicLong();
  private final Map<Long, Claims> shares = new ConcurrentHashMap<>();

  private Search(LitmusTest test, Model model, Options options) {
    this.test = test;
    this.model = model;
    this.options = options;
  }

  /** {@return what a test shows under a model} */
  public static Result run(LitmusTest test, Model model, Options options) {
    return new Search(test, model, options).run();
  }

  private Result run() {
    if (options.workers() <= 1) {
      work();
    } else {
      try (ExecutorService pool = Executors.newFixedThreadPool(options.workers())) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < options.workers(); i++) {
          all.add(pool.submit(this::work));
        }
        for (Future<?> one : all) {
          one.get();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return tally.result(!options.isOver().getAsBoolean(), options.conditionOnly());
  }

  /** Takes one way of the threads after another; where there are few, all workers share each. */
  private void work() {
    boolean shared = options.workers() > 1 && ways() < (long) MANY * options.workers();
    for (long i = 0; !options.isOver().getAsBoolean(); i++) {
      long way = shared ? i : next.getAndIncrement();
      List<Path> paths = new ArrayList<>();
      long rest = way;
      for (List<Path> each : test.threads()) {
        paths.add(each.get((int) (rest % each.size())));
        rest /= each.size();
      }
      if (rest > 0) {
        return;
      }
      Claims claims = shared ? shares.computeIfAbsent(way, w -> new Claims()) : new Claims();
      Candidate candidate = new Candidate(test, paths);
      new CandidateSearch(candidate, model.judge(candidate), tally, options, way, claims).run();
    }
  }

  private double ways() {
    return test.threads().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
  }
}
