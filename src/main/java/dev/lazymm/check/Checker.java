package dev.lazymm.check;

import dev.lazymm.machine.Site;
import dev.lazymm.workload.EndLaws;
import dev.lazymm.workload.Expectation;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Population;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioWriter;
import dev.lazymm.workload.Setup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a kernel over a scenario: explores every execution, judges each by every invariant and by
 * the scenario's own conditions, and keeps the shortest execution that breaks each.
 */
public final class Checker {
  /**
   * How to check.
   *
   * @param maxExecutions after how many executions to give up; at least 1
   * @param afterViolation how many more executions to look at for a shorter witness once something
   *     is broken
   * @param order the CPUs, first to be explored first; empty for ascending
   * @param weakened sites that count for nothing
   * @param progress told the number of executions now and then
   */
  public record Options(
      long maxExecutions,
      long afterViolation,
      List<Integer> order,
      Set<Site> weakened,
      LongConsumer progress) {
    /** What {@code check} does unless told otherwise. */
    public static Options defaults() {
      return new Options(5_000_000, 20_000, List.of(), Set.of(), n -> {});
    }

    /** {@return these options with another bound on executions} */
    public Options withMaxExecutions(long n) {
      return new Options(n, afterViolation, order, weakened, progress);
    }

    /** {@return these options with another bound on what follows a violation} */
    public Options withAfterViolation(long n) {
      return new Options(maxExecutions, n, order, weakened, progress);
    }

    /** {@return these options with another order of exploration} */
    public Options withOrder(List<Integer> cpus) {
      return new Options(maxExecutions, afterViolation, cpus, weakened, progress);
    }

    /** {@return these options with sites that count for nothing} */
    public Options withWeakened(Set<Site> sites) {
      return new Options(maxExecutions, afterViolation, order, sites, progress);
    }

    /** {@return these options with somebody to tell how far it is} */
    public Options withProgress(LongConsumer listener) {
      return new Options(maxExecutions, afterViolation, order, weakened, listener);
    }
  }

  private static final int MAX_EVENTS = 2000;
  private static final long PROGRESS_EVERY = 4096;

  private final Options options;

  public Checker(Options options) {
    this.options = options;
  }

  /** {@return the verdict on kernels from {@code factory} over {@code scenario}} */
  public CheckResult check(Scenario scenario, KernelFactory factory) {
    return new Run(Setup.prepare(scenario, factory)).result();
  }

  /** One check. */
  private final class Run implements Explorer.Listener {
    private final Prepared prepared;
    private final List<Expectation> expectations;
    private final Shortest broken = new Shortest();
    private final Set<Expectation> seen = new HashSet<>();
    private CostCounter costs = new CostCounter();
    private Population population;
    private long brokenAt;
    private boolean cut;

    Run(Prepared prepared) {
      this.prepared = prepared;
      this.expectations = prepared.expectations();
      this.population = Population.of(prepared.memory());
    }

    CheckResult result() {
      Explorer explorer = explorer();
      String tooLarge = null;
      try {
        explorer.run();
      } catch (Explorer.TooLarge e) {
        tooLarge = e.getMessage();
      }
      boolean complete = !cut && tooLarge == null;
      CheckResult.Bound bound =
          new CheckResult.Bound(
              prepared.memory().cpus(), explorer.largest(), options.maxExecutions(), complete);
      return new CheckResult(
          prepared.kernel().lazyMm().name(),
          prepared.kernel().arch().name(),
          "sc",
          prepared.scenario().name(),
          verdict(explorer, complete, tooLarge),
          reached(),
          explorer.executions(),
          explorer.blocked(),
          costs.ranges(),
          bound);
    }

    private Explorer explorer() {
      int n = prepared.memory().cpus();
      int[] order = new int[n];
      for (int i = 0; i < n; i++) {
        order[i] = options.order().isEmpty() ? i : options.order().get(i);
      }
      Explorer.Options how = new Explorer.Options(order, false, MAX_EVENTS, options.weakened());
      return new Explorer(prepared.program(), new Sc(), how, this);
    }

    private Verdict verdict(Explorer explorer, boolean complete, @Nullable String tooLarge) {
      List<Violation> violations = new ArrayList<>();
      for (String name : Invariants.names()) {
        broken
            .violation(name, explorer, graph -> execution(explorer, graph))
            .ifPresent(violations::add);
      }
      if (violations.isEmpty() && complete) {
        for (Expectation expectation : missing()) {
          String what = "no execution ends in: " + ScenarioWriter.write(expectation.condition());
          violations.add(
              new Violation(
                  Invariants.EXISTS, what, new Witness(prepared.memory().cpus(), List.of())));
        }
      }
      if (!violations.isEmpty()) {
        return new Verdict.Violated(violations);
      }
      if (complete) {
        return new Verdict.Holds();
      }
      return new Verdict.Inconclusive(
          tooLarge != null ? tooLarge : "gave up after " + options.maxExecutions() + " executions");
    }

    private List<Expectation> missing() {
      return expectations.stream()
          .filter(e -> e.kind() == Expectation.Kind.EXISTS && !seen.contains(e))
          .toList();
    }

    private @Nullable Boolean reached() {
      boolean any = expectations.stream().anyMatch(e -> e.kind() == Expectation.Kind.EXISTS);
      return any ? Boolean.valueOf(missing().isEmpty()) : null;
    }

    // ---- Explorer.Listener ---------------------------------------------------------------------

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      costs.add(graph);
      Execution x = execution(explorer, graph);
      for (Invariant invariant : Invariants.ALL) {
        invariant.find(x).ifPresent(finding -> note(invariant.name(), finding, x, explorer));
      }
      for (EndLaws.Broken end : x.endLaws().expectations()) {
        noteEnd(end.law(), end.what(), x, explorer);
      }
      for (Expectation e : expectations) {
        if (e.kind() == Expectation.Kind.EXISTS && prepared.holds(e.condition(), x)) {
          seen.add(e);
        }
      }
      return goOn(explorer);
    }

    private Execution execution(Explorer explorer, Graph graph) {
      population = population.upToDate(prepared.memory());
      return new Execution(explorer, graph, prepared, population);
    }

    /** An execution that did not end is judged by what can be said before the end. */
    private Execution judged(Explorer explorer, Graph graph) {
      Execution x = execution(explorer, graph);
      for (Invariant invariant : Invariants.OF_PREFIXES) {
        invariant.find(x).ifPresent(finding -> note(invariant.name(), finding, x, explorer));
      }
      return x;
    }

    private boolean goOn(Explorer explorer) {
      long n = explorer.executions() + explorer.blocked();
      if (n % PROGRESS_EVERY == 0) {
        options.progress().accept(explorer.executions());
      }
      if (n >= options.maxExecutions()
          || (!broken.isEmpty() && n - brokenAt >= options.afterViolation())) {
        cut = true;
        return false;
      }
      return true;
    }

    @Override
    public boolean hung(Explorer explorer, Graph graph) {
      Execution x = judged(explorer, graph);
      noteEnd(Invariants.HANG, explorer.waiting(), x, explorer);
      return goOn(explorer);
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      Execution x = judged(explorer, graph);
      String what = "the code of CPU %d fails: %s".formatted(cpu, failure.getMessage());
      noteEnd(Invariants.OOPS, what, x, explorer);
      return goOn(explorer);
    }

    @Override
    public void restarted() {
      broken.clear();
      seen.clear();
      costs = new CostCounter();
    }

    private void noteEnd(String name, String what, Execution x, Explorer explorer) {
      note(name, new Finding(what, CountLaw.lastEvents(x), false), x, explorer);
    }

    private void note(String name, Finding finding, Execution x, Explorer explorer) {
      if (broken.isEmpty()) {
        brokenAt = explorer.executions() + explorer.blocked();
      }
      broken.note(name, finding, x);
    }
  }
}
