package dev.lazymm.report;

import dev.lazymm.check.Violation;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.review.Done;
import dev.lazymm.review.Regression;
import dev.lazymm.review.RegressionResult;
import dev.lazymm.review.RegressionResult.Seen;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code regressions --brief}: a line for each scenario under each model. */
public final class RegressionsTable {
  /** How wide the column of what is broken is. */
  private static final int BROKEN = 12;

  private static final String MORE = " ..";

  private RegressionsTable() {}

  /** {@return a line for each scenario under each model, then those that are not run} */
  public static String of(List<RegressionResult> results, List<Regression.LeftOut> leftOut) {
    StringBuilder out = new StringBuilder();
    line(out, "", "before", "after", "model", "scenario");
    for (RegressionResult r : results) {
      for (Seen s : r.seen()) {
        Regression.Run run = s.run();
        String where = "%s, %s on %s".formatted(run.scenario(), run.design(), run.arch());
        boolean wrong = s.found() == Agreement.NO || s.gone() == Agreement.NO;
        String id = r.regression().id() + (wrong ? " !" : "");
        line(
            out,
            id,
            word(s.before(), run.broken()),
            word(s.after(), List.of()),
            s.before().model(),
            where);
      }
    }
    out.append('\n');
    leftOut.forEach(left -> Text.hang(out, left.id() + "    not run: ", left.why()));
    Text.hang(out, "", RegressionsText.summary(results, leftOut.size()));
    return out.toString();
  }

  private static void line(
      StringBuilder out, String id, String before, String after, String model, String where) {
    String head = "%-7s%-12s %-6s %-6s ".formatted(id, first(before), after, model);
    Text.hang(out, head, where);
  }

  /** Of many that are broken the gravest are enough. */
  private static String first(String broken) {
    if (broken.length() <= BROKEN) {
      return broken;
    }
    return broken.substring(0, broken.lastIndexOf(' ', BROKEN - MORE.length())) + MORE;
  }

  /** What is broken, first what was to be. */
  private static String word(Done d, List<String> expected) {
    if (d.violations().isEmpty()) {
      return d.inconclusive() ? "bound" : "holds";
    }
    Stream<String> all = d.violations().stream().map(Violation::invariant);
    return Stream.concat(expected.stream().filter(d::breaks), all)
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
