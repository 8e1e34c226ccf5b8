package dev.lazymm.barriers;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Counterexample;
import dev.lazymm.check.Model;
import dev.lazymm.check.SiteUses;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.machine.Refusal;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the kernel of a question, as it was written or weakened. Any number of threads may. */
final class Runs {
  /** Nobody looks for a shorter witness where only the verdict is asked for. */
  private static final long VERDICT_ONLY = 0;

  private final Question question;
  private final KernelFactory factory;
  private final boolean stored;
  private volatile long deadline;
  private final AtomicLong checks = new AtomicLong();
  private final AtomicLong executions = new AtomicLong();
  private final AtomicLong replays = new AtomicLong();

  /**
   * What came out of a run with some sites weakened.
   *
   * @param violation the gravest thing that is broken; null if nothing is
   * @param open whether nothing is known to be broken, but not all was looked at
   * @param found the executions that break something
   * @param uses the sites that were come by, by name, and what can become of each
   */
  record Outcome(
      @Nullable Violation violation,
      boolean open,
      List<Counterexample> found,
      Map<String, Set<Weakening>> uses) {
    /** {@return whether everything holds} */
    boolean holds() {
      return violation == null && !open;
    }
  }

  /**
   * @param stored whether counterexamples are replayed; else everything is explored
   */
  Runs(Question question, boolean stored) {
    this.question = question;
    this.stored = stored;
    factory = KernelFactory.of(question.arch(), question.design());
    Duration time = question.timeout();
    deadline = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
  }

  /** {@return whether counterexamples are replayed, and several sites weakened at once} */
  boolean isStored() {
    return stored;
  }

  /** From now on there is no time left. */
  void stop() {
    deadline = System.nanoTime();
  }

  /** {@return whether there is no time left for anything} */
  boolean isOver() {
    return Thread.currentThread().isInterrupted()
        || (deadline != Long.MAX_VALUE && System.nanoTime() - deadline >= 0);
  }

  // ---- exploring -------------------------------------------------------------------------------

  /** {@return the kernel as it was written} */
  Baseline baseline(Subject subject, Model model) {
    SiteUses uses = new SiteUses();
    CheckResult result = check(subject, options(model).withUses(uses), new ArrayList<>());
    return new Baseline(subject, model, result, byName(uses));
  }

  private static Map<String, Set<Weakening>> byName(SiteUses uses) {
    Map<String, Set<Weakening>> seen = new HashMap<>();
    for (Map.Entry<Site, Set<Weakening>> e : uses.all().entrySet()) {
      seen.computeIfAbsent(e.getKey().name(), name -> e.getValue()).addAll(e.getValue());
    }
    return seen;
  }

  /** {@return the kernel with some sites weakened; what is found is the first} */
  Outcome weakened(Subject subject, Model model, Weakenings sites) {
    return weakened(subject, model, sites, question.maxExecutions());
  }

  /** {@return the same, given up after so many executions} */
  Outcome weakened(Subject subject, Model model, Weakenings sites, long most) {
    long max = Math.min(most, question.maxExecutions());
    return explored(
        subject,
        options(model).withMaxExecutions(max).withWeakened(sites).withAfterViolation(VERDICT_ONLY));
  }

  /** {@return the same, with the witnesses that {@code check} shows} */
  Outcome shown(Subject subject, Model model, Weakenings sites) {
    return explored(subject, options(model).withWeakened(sites));
  }

  /** What only a weakened kernel is refused for says nothing of what was asked. */
  private Outcome explored(Subject subject, Checker.Options options) {
    List<Counterexample> found = new ArrayList<>();
    SiteUses to = new SiteUses();
    Verdict verdict;
    try {
      verdict = check(subject, options.withUses(to), found).verdict();
    } catch (Refusal e) {
      return new Outcome(null, true, List.of(), Map.of());
    }
    Map<String, Set<Weakening>> uses = byName(to);
    return switch (verdict) {
      case Verdict.Holds _ -> new Outcome(null, false, found, uses);
      case Verdict.Inconclusive _ -> new Outcome(null, true, found, uses);
      case Verdict.Violated(List<Violation> all) -> new Outcome(all.getFirst(), false, found, uses);
    };
  }

  private Checker.Options options(Model model) {
    return Checker.Options.defaults()
        .withMaxExecutions(question.maxExecutions())
        .withModel(model)
        .withTimeout(left());
  }

  private @Nullable Duration left() {
    long end = deadline;
    return end == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  private CheckResult check(Subject subject, Checker.Options options, List<Counterexample> found) {
    CheckResult result = new Checker(options).check(subject.scenario(), factory, found::add);
    checks.incrementAndGet();
    executions.addAndGet(result.executions());
    return result;
  }

  // ---- replaying -------------------------------------------------------------------------------

  /** {@return what is broken in the first that breaks something of these, led through a kernel} */
  Optional<Violation> replayed(
      List<Counterexample> some, Subject subject, Model model, Weakenings sites) {
    Checker checker = new Checker(options(model).withWeakened(sites));
    return stream(some)
        .flatMap(each -> checker.replay(each, subject.scenario(), factory).stream())
        .findFirst();
  }

  /** {@return the first of them that breaks something} */
  Optional<Counterexample> breaking(List<Counterexample> some, Baseline of, Weakenings sites) {
    Checker checker = new Checker(options(of.model()).withWeakened(sites));
    return stream(some)
        .filter(each -> checker.breaks(each, of.subject().scenario(), factory))
        .findFirst();
  }

  private Stream<Counterexample> stream(List<Counterexample> some) {
    return stored ? some.stream().peek(each -> replays.incrementAndGet()) : Stream.empty();
  }

  long checks() {
    return checks.get();
  }

  long executions() {
    return executions.get();
  }

  long replays() {
    return replays.get();
  }

  /** The cheapest first. */
  static final Comparator<Baseline> CHEAPEST_FIRST =
      Comparator.comparingLong(Baseline::work).thenComparing(b -> b.subject().spelled());
}
