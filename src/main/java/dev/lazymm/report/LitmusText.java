package dev.lazymm.report;

import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.run.Outcome;
import java.util.List;
import java.util.Locale;

/** Litmus results as plain text, one line a test. */
public final class LitmusText {
  /**
   * {@return a line on what became of a test}
   *
   * @param differences in what it is not as expected
   */
  public String line(Outcome outcome, List<String> differences) {
    return switch (outcome) {
      case Outcome.Judged j ->
          "%-10s %s%s%s"
              .formatted(
                  word(j.result()),
                  counts(j.result()),
                  j.test().name(),
                  differences.isEmpty() ? "" : "\n  DISAGREES: " + String.join("; ", differences));
      case Outcome.TimedOut t ->
          String.format(
              Locale.ROOT,
              "timeout    %s%s after %.1f s",
              counts(t.result()),
              t.test().name(),
              t.seconds());
      case Outcome.Failed f -> "error      " + f.message();
    };
  }

  private static String word(Result result) {
    return result.cut() && result.positive() == 0 ? "Inconclusive" : result.observation().word();
  }

  private static String counts(Result result) {
    String flags = result.flags().isEmpty() ? "" : "[" + String.join(" ", result.flags()) + "] ";
    return "%5d %5d  %s".formatted(result.positive(), result.negative(), flags);
  }
}
