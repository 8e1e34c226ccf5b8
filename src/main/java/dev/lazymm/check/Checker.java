package dev.lazymm.check;

import dev.lazymm.workload.Expectation;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioWriter;
import dev.lazymm.workload.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a kernel over a scenario: explores every execution, judges each by every invariant and by
 * the scenario's own conditions, and keeps the shortest execution that breaks each.
 */
public final class Checker {
  /**
   * How to check. What comes out depends on all but {@code running}.
   *
   * @param maxExecutions after how many executions to give up; at least 1
   * @param afterViolation how many more executions to look at for a shorter witness once something
   *     is broken
   * @param order the CPUs, first to be explored first; empty for ascending
   * @param weakened sites that count for less
   * @param model the memory model
   * @param orderedIncrements whether increments whose results nobody uses are ordered like all
   *     else, where the model could leave them unordered
   * @param running how it is run
   */
  public record Options(
      long maxExecutions,
      long afterViolation,
      List<Integer> order,
      Weakenings weakened,
      Model model,
      boolean orderedIncrements,
      Running running) {
    /** What {@code check} does unless told otherwise, on one thread. */
    public static Options defaults() {
      Running alone = new Running(n -> {}, null, 1, null, null, List.of(), null);
      return new Options(5_000_000, 20_000, List.of(), Weakenings.NONE, Model.SC, false, alone);
    }

    /** {@return these options with another bound on executions} */
    public Options withMaxExecutions(long n) {
      return new Options(n, afterViolation, order, weakened, model, orderedIncrements, running);
    }

    /** {@return these options with another bound on what follows a violation} */
    public Options withAfterViolation(long n) {
      return new Options(maxExecutions, n, order, weakened, model, orderedIncrements, running);
    }

    /** {@return these options with another order of exploration} */
    public Options withOrder(List<Integer> cpus) {
      return new Options(
          maxExecutions, afterViolation, cpus, weakened, model, orderedIncrements, running);
    }

    /** {@return these options with sites that count for less} */
    public Options withWeakened(Weakenings sites) {
      return new Options(
          maxExecutions, afterViolation, order, sites, model, orderedIncrements, running);
    }

    /** {@return these options with another memory model} */
    public Options withModel(Model other) {
      return new Options(
          maxExecutions, afterViolation, order, weakened, other, orderedIncrements, running);
    }

    /** {@return these options with increments whose results nobody uses ordered, or not} */
    public Options withOrderedIncrements(boolean ordered) {
      return new Options(maxExecutions, afterViolation, order, weakened, model, ordered, running);
    }

    /** {@return these options, run in another way} */
    public Options withRunning(Running other) {
      return new Options(
          maxExecutions, afterViolation, order, weakened, model, orderedIncrements, other);
    }

    /** {@return these options with somebody to tell how far it is} */
    public Options withProgress(LongConsumer listener) {
      return withRunning(running.withProgress(listener));
    }

    /** {@return these options with somebody to tell how many executions there will be} */
    public Options withEstimates(@Nullable Consumer<Estimate> listener) {
      return withRunning(running.withEstimates(listener));
    }

    /** {@return these options with so many threads} */
    public Options withWorkers(int n) {
      return withRunning(running.withWorkers(n));
    }

    /** {@return these options with a bound on the time; null for none} */
    public Options withTimeout(@Nullable Duration time) {
      return withRunning(running.withTimeout(time));
    }

    /**
     * {@return these options with a file to keep the exploration in}
     *
     * @param file the file; null for none
     * @param asked what the file must be about, besides the scenario
     */
    public Options withResume(@Nullable Resume file, List<String> asked) {
      return withRunning(running.withResume(file, asked));
    }

    /** {@return these options with somebody to tell which sites are come by; null for nobody} */
    public Options withUses(@Nullable SiteUses to) {
      return withRunning(running.withUses(to));
    }
  }

  /**
   * How a check is run.
   *
   * @param progress told the number of executions now and then, from any thread
   * @param estimates told soon, and again from time to time, how many executions there are in all,
   *     from any thread; null for nobody, and nothing is estimated
   * @param workers how many threads explore; at least 1
   * @param timeout after how long to give up, which cuts what comes out; null for never
   * @param resume where to keep the exploration, and to go on from; null for nowhere
   * @param about lines that name what is checked as far as the scenario does not: a resumed file
   *     must have the same
   * @param uses told of the sites that are come by; null for nobody
   */
  public record Running(
      LongConsumer progress,
      @Nullable Consumer<Estimate> estimates,
      int workers,
      @Nullable Duration timeout,
      @Nullable Resume resume,
      List<String> about,
      @Nullable SiteUses uses) {
    public Running {
      about = List.copyOf(about);
    }

    private Running withProgress(LongConsumer to) {
      return new Running(to, estimates, workers, timeout, resume, about, uses);
    }

    private Running withEstimates(@Nullable Consumer<Estimate> to) {
      return new Running(progress, to, workers, timeout, resume, about, uses);
    }

    private Running withWorkers(int n) {
      return new Running(progress, estimates, n, timeout, resume, about, uses);
    }

    private Running withTimeout(@Nullable Duration time) {
      return new Running(progress, estimates, workers, time, resume, about, uses);
    }

    private Running withResume(@Nullable Resume file, List<String> asked) {
      return new Running(progress, estimates, workers, timeout, file, asked, uses);
    }

    private Running withUses(@Nullable SiteUses to) {
      return new Running(progress, estimates, workers, timeout, resume, about, to);
    }
  }

  private static final int MAX_EVENTS = 2000;

  private final Options options;
  private final @Nullable List<String> show;

  public Checker(Options options) {
    this(options, null);
  }

  private Checker(Options options, @Nullable List<String> show) {
    this.options = options;
    this.show = show;
  }

  /**
   * {@return one that explains what it finds: {@link Violation#explained}}
   *
   * @param names relations to show besides the usual ones; see {@link Model#relations}
   */
  public Checker explaining(List<String> names) {
    return new Checker(options, List.copyOf(names));
  }

  /**
   * {@return the verdict on kernels from {@code factory} over {@code scenario}}
   *
   * @throws Resume.Refused if there is a file to go on from that is damaged or of another check
   */
  public CheckResult check(Scenario scenario, KernelFactory factory) {
    return check(scenario, factory, found -> {});
  }

  /**
   * {@return the same}
   *
   * @param found is given the execution of each violation, to {@link #replay}
   */
  public CheckResult check(
      Scenario scenario, KernelFactory factory, Consumer<Counterexample> found) {
    return new Run(scenario, factory, found).result();
  }

  /**
   * {@return what is wrong with the one execution of kernels from {@code factory} that does what a
   * counterexample does, as far as the kernel and the model let it} It is one that {@link #check}
   * comes to, so what is wrong with it is a violation. Empty if nothing is, or if the kernel goes
   * another way or is one that no machine can answer for, which says nothing.
   *
   * @param from an execution of the same scenario, in whatever kernel
   */
  public Optional<Violation> replay(Counterexample from, Scenario scenario, KernelFactory factory) {
    return replayed(from, scenario, factory).gravest();
  }

  /** {@return whether anything is wrong with that execution} */
  public boolean breaks(Counterexample from, Scenario scenario, KernelFactory factory) {
    return replayed(from, scenario, factory).isBroken();
  }

  private Replayed replayed(Counterexample from, Scenario scenario, KernelFactory factory) {
    return Replayed.of(from, scenario, factory, options.model(), how(scenario.cpus().size()));
  }

  private Explorer.Options how(int cpus) {
    int[] order = new int[cpus];
    for (int i = 0; i < cpus; i++) {
      order[i] = options.order().isEmpty() ? i : options.order().get(i);
    }
    return new Explorer.Options(
        order,
        false,
        MAX_EVENTS,
        options.weakened(),
        options.orderedIncrements(),
        options.running().uses());
  }

  /** One check. */
  private final class Run {
    private final KernelFactory factory;
    private final Prepared prepared;
    private final Explorer.Options how;
    private final Search search;
    private final Consumer<Counterexample> found;

    Run(Scenario scenario, KernelFactory factory, Consumer<Counterexample> found) {
      this.factory = factory;
      this.found = found;
      prepared = Setup.prepare(scenario, factory);
      how = how(prepared.memory().cpus());
      Duration timeout = options.running().timeout();
      Search.Bounds bounds =
          new Search.Bounds(
              options.running().workers(),
              options.maxExecutions(),
              timeout == null ? Search.NEVER : System.nanoTime() + timeout.toNanos(),
              options.afterViolation(),
              Search.SPLIT_AFTER,
              Long.MAX_VALUE,
              options.running().progress());
      Resume resume = options.running().resume();
      CheckTally tally = new CheckTally(prepared);
      Saver saver = resume == null ? null : new Saver(resume, question(), prepared.memory());
      search = new Search(prepared.program(), this::model, how, bounds, tally, saver);
      search.tell(options.running().estimates());
      if (saver != null) {
        saver.read(prepared.kernel().slabs(), tally).ifPresent(search::goOn);
      }
    }

    private MemoryModel model() {
      return options.model().instance(prepared.kernel().arch().name());
    }

    /** What a file must be about for this check to go on from it. */
    private List<String> question() {
      List<String> lines = new ArrayList<>(options.running().about());
      lines.add("design " + prepared.kernel().designs());
      lines.add("arch " + prepared.kernel().arch().name());
      lines.add("model " + options.model().name());
      lines.add("increments " + (options.orderedIncrements() ? "ordered" : "unordered"));
      lines.add("order " + options.order());
      lines.add("weakened [" + options.weakened().text() + "]");
      lines.add("after a violation " + options.afterViolation());
      ScenarioWriter.write(prepared.scenario()).lines().forEach(line -> lines.add("  " + line));
      return lines;
    }

    CheckResult result() {
      search.run();
      Part all = search.result();
      CheckTally tally = (CheckTally) all.tally;
      CheckResult.Bound bound =
          new CheckResult.Bound(
              prepared.memory().cpus(),
              all.largest,
              options.maxExecutions(),
              search.isComplete(),
              options.model().leftOut(prepared.scenario()));
      return new CheckResult(
          prepared.kernel().designs(),
          prepared.kernel().arch().name(),
          options.model().name(),
          prepared.scenario().name(),
          verdict(tally),
          reached(tally),
          all.executions,
          all.blocked,
          tally.costs().ranges(),
          bound,
          options.weakened());
    }

    private Verdict verdict(CheckTally tally) {
      List<Violation> violations = new ArrayList<>();
      CellIds ids = new CellIds(prepared.memory());
      List<String> known = Saved.known(search.known(), ids, prepared.memory());
      Redrawn redrawn =
          new Redrawn(prepared.scenario(), factory, this::model, how, known, show, found);
      for (String name : Invariants.names()) {
        Shortest.Best best = tally.broken().best(name);
        if (best != null) {
          violations.add(drawn(redrawn, name, best));
        }
      }
      if (violations.isEmpty() && search.isComplete()) {
        for (Expectation expectation : tally.missing()) {
          String what = "no execution ends in: " + ScenarioWriter.write(expectation.condition());
          violations.add(
              new Violation(
                  Invariants.EXISTS, what, new Witness(prepared.memory().cpus(), List.of())));
        }
      }
      if (!violations.isEmpty()) {
        return new Verdict.Violated(violations);
      }
      return search.isComplete() ? new Verdict.Holds() : new Verdict.Inconclusive(why());
    }

    private Violation drawn(Redrawn redrawn, String name, Shortest.Best best) {
      try {
        return redrawn.of(name, best);
      } catch (OutOfMemoryError e) {
        String what = "some execution breaks it; there is not enough memory to draw it";
        return new Violation(name, what, new Witness(prepared.memory().cpus(), List.of()));
      }
    }

    private String why() {
      if (!search.why().equals(Search.NO_MEMORY)) {
        return search.why();
      }
      Resume resume = options.running().resume();
      return Search.NO_MEMORY
          + ": LAZYMM_JAVA_OPTS=-XmxSIZE gives more; "
          + (resume == null
              ? "with --resume FILE a check can go on from where it ended"
              : "the same command goes on from where it ended");
    }

    private @Nullable Boolean reached(CheckTally tally) {
      boolean any =
          prepared.expectations().stream().anyMatch(e -> e.kind() == Expectation.Kind.EXISTS);
      return any ? Boolean.valueOf(tally.missing().isEmpty()) : null;
    }
  }
}
