package dev.lazymm.barriers;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.check.SiteUses;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Checks the kernel of a question, as it was written or weakened. Any number of threads may. */
final class Runs {
  /** Nobody looks for a shorter witness where only the verdict is asked for. */
  private static final long VERDICT_ONLY = 0;

  private final Question question;
  private final KernelFactory factory;
  private final long deadline;
  private final AtomicLong checks = new AtomicLong();
  private final AtomicLong executions = new AtomicLong();

  Runs(Question question) {
    this.question = question;
    factory = KernelFactory.of(question.arch(), question.design());
    Duration time = question.timeout();
    deadline = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
  }

  /** {@return whether there is no time left for anything} */
  boolean isOver() {
    return Thread.currentThread().isInterrupted()
        || (deadline != Long.MAX_VALUE && System.nanoTime() >= deadline);
  }

  /** {@return the kernel as it was written} */
  Baseline baseline(Subject subject, Model model) {
    SiteUses uses = new SiteUses();
    CheckResult result = check(subject, options(model).withUses(uses));
    Map<String, Set<Weakening>> seen = new HashMap<>();
    for (Map.Entry<Site, Set<Weakening>> e : uses.all().entrySet()) {
      seen.computeIfAbsent(e.getKey().name(), name -> e.getValue()).addAll(e.getValue());
    }
    return new Baseline(subject, model, result, seen);
  }

  /** {@return the kernel with some sites weakened; its witnesses are the first found} */
  CheckResult weakened(Subject subject, Model model, Weakenings sites) {
    return check(subject, options(model).withWeakened(sites).withAfterViolation(VERDICT_ONLY));
  }

  /** {@return the same, with the witnesses that {@code check} shows} */
  CheckResult shown(Subject subject, Model model, Weakenings sites) {
    return check(subject, options(model).withWeakened(sites));
  }

  private Checker.Options options(Model model) {
    return Checker.Options.defaults()
        .withMaxExecutions(question.maxExecutions())
        .withModel(model)
        .withTimeout(left());
  }

  private @Nullable Duration left() {
    return deadline == Long.MAX_VALUE
        ? null
        : Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private CheckResult check(Subject subject, Checker.Options options) {
    CheckResult result = new Checker(options).check(subject.scenario(), factory);
    checks.incrementAndGet();
    executions.addAndGet(result.executions());
    return result;
  }

  long checks() {
    return checks.get();
  }

  long executions() {
    return executions.get();
  }

  /** The cheapest first. */
  static final Comparator<Baseline> CHEAPEST_FIRST =
      Comparator.comparingLong(Baseline::work).thenComparing(b -> b.subject().spelled());
}
