package dev.lazymm.report;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Regression;
import dev.lazymm.review.RegressionResult;
import dev.lazymm.review.RegressionResult.Seen;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text of {@code regressions}: a paragraph for each. */
public final class RegressionsText {
  private static final String INDENT = "     ";

  private RegressionsText() {}

  /**
   * {@return a paragraph for each regression, then those that are not run, then how many}
   *
   * @param drawn whether counterexamples are drawn
   */
  public static String of(
      List<RegressionResult> results,
      List<Regression.LeftOut> leftOut,
      Commands commands,
      boolean drawn) {
    StringBuilder out = new StringBuilder();
    results.forEach(r -> result(out, r, commands, drawn));
    for (Regression.LeftOut left : leftOut) {
      Text.hang(out, left.id() + "  ", left.about());
      Text.hang(out, INDENT + "fixed    ", left.fixed());
      Text.hang(out, INDENT + "not run  ", left.why());
      out.append('\n');
    }
    Text.hang(out, "", summary(results, leftOut.size()));
    return out.toString();
  }

  private static String broken(Done d) {
    return d.violations().stream().map(Violation::invariant).collect(Collectors.joining(" "));
  }

  private static void result(
      StringBuilder out, RegressionResult r, Commands commands, boolean drawn) {
    PastBug bug = r.regression().bug();
    Text.hang(out, bug.id() + "  ", bug.about());
    Text.hang(out, INDENT + "fixed    ", bug.fixed());
    Text.hang(out, INDENT + "class    ", bug.isPlain() ? "none: the kernel as it is" : bug.name());
    Text.hang(out, INDENT + "said     ", bug.breaks());
    for (Seen seen : r.seen()) {
      Text.hang(out, INDENT + "found    ", found(seen) + wrong(seen.found()));
      command(out, seen.before(), seen.run().broken(), commands);
      if (drawn && !seen.before().violations().isEmpty()) {
        Violation shown = shown(seen.before(), seen.run().broken());
        out.append('\n').append(ExecutionPicture.draw(shown.witness(), false)).append('\n');
      }
      Text.hang(out, INDENT + "gone     ", gone(seen.after()) + wrong(seen.gone()));
      Text.command(out, INDENT, commands.check(seen.after().job()));
    }
    if (!r.regression().note().isEmpty()) {
      Text.hang(out, INDENT + "note     ", r.regression().note());
    }
    out.append('\n');
  }

  private static void command(
      StringBuilder out, Done before, List<String> broken, Commands commands) {
    Text.command(
        out,
        INDENT,
        before.violations().isEmpty()
            ? commands.check(before.job())
            : commands.explain(before.job(), shown(before, broken).invariant()));
  }

  /** The first of those that are expected, else the gravest. */
  private static Violation shown(Done done, List<String> broken) {
    return done.violations().stream()
        .filter(v -> !broken.isEmpty() && v.invariant().equals(broken.getFirst()))
        .findFirst()
        .orElseGet(() -> done.violations().getFirst());
  }

  private static String found(Seen seen) {
    Done d = seen.before();
    if (d.violations().isEmpty()) {
      String not = seen.run().broken().isEmpty() ? "not to be seen here, " : "";
      return not + gone(d);
    }
    Violation shown = shown(d, seen.run().broken());
    return String.format(
        Locale.ROOT,
        "%s, %s: %s; %d steps; %s",
        broken(d),
        where(d),
        shown.what(),
        shown.witness().steps().size(),
        bound(d.result()));
  }

  private static String gone(Done d) {
    String verdict =
        d.result().verdict() instanceof Verdict.Inconclusive(String why)
            ? "inconclusive, " + why
            : d.violations().isEmpty() ? "everything holds" : broken(d);
    return verdict + ", " + where(d) + "; " + bound(d.result());
  }

  private static String where(Done d) {
    return d.job().spelled() + " with " + d.result().design() + " on " + d.on() + d.unusualModel();
  }

  /** What the verdict is about. */
  private static String bound(CheckResult r) {
    return String.format(
        Locale.ROOT,
        "%s %d execution%s of %d CPU%s, of up to %d events",
        r.bound().complete() ? "all" : "the first",
        r.executions(),
        r.executions() == 1 ? "" : "s",
        r.bound().cpus(),
        r.bound().cpus() == 1 ? "" : "s",
        r.bound().events());
  }

  private static String wrong(Agreement agreement) {
    return agreement == Agreement.NO ? " - NOT AS EXPECTED" : "";
  }

  static String summary(List<RegressionResult> results, int leftOut) {
    long found = results.stream().filter(r -> r.agreement() == Agreement.YES).count();
    long open = results.stream().filter(r -> r.agreement() == Agreement.UNKNOWN).count();
    return String.format(
        Locale.ROOT,
        "%d regression%s: %d found and gone, %d not as expected, %d inconclusive; %d not run",
        results.size() + leftOut,
        results.size() + leftOut == 1 ? "" : "s",
        found,
        results.size() - found - open,
        open,
        leftOut);
  }
}
