package dev.lazymm.report;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Outcome;
import java.util.List;
import java.util.Locale;

/** Litmus results as plain text: one line a test, or all about one. */
public final class LitmusText {
  private static final String INDENT = " ".repeat(9);

  private LitmusText() {}

  /** {@return the answer about a test in a word} */
  public static String verdict(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j ->
          j.result().isInconclusive() ? "Inconclusive" : j.result().observation().word();
      case Outcome.TimedOut _ -> "timeout";
      case Outcome.NotMapped _ -> "no mapping";
      case Outcome.Failed _ -> "error";
    };
  }

  /** {@return a line on what became of a test; what it disagrees in is on a second} */
  public static String line(Finding finding) {
    StringBuilder out = new StringBuilder();
    Outcome outcome = finding.outcome();
    String verdict = "%-12s ".formatted(verdict(outcome));
    switch (outcome) {
      case Outcome.Judged j -> out.append(line(verdict, j.test(), j.result(), ""));
      case Outcome.TimedOut t ->
          out.append(
              line(
                  verdict,
                  t.test(),
                  t.result(),
                  String.format(Locale.ROOT, " after %.1f s", t.seconds())));
      case Outcome.Failed _, Outcome.NotMapped _ ->
          out.append(verdict).append(" ".repeat(15)).append(outcome.file());
    }
    out.append('\n');
    if (!finding.differences().isEmpty()) {
      Text.hang(out, "  DISAGREES: ", String.join("; ", finding.differences()));
    }
    return out.toString();
  }

  private static String line(String verdict, LitmusTest test, Result result, String more) {
    String line =
        "%s%6d %6d  %s%s"
            .formatted(verdict, result.positive(), result.negative(), test.name(), more);
    String flags = String.join(" ", result.flags());
    if (flags.isEmpty()) {
      return line;
    }
    boolean fits = line.length() + 2 + flags.length() <= Text.WIDTH;
    return line + (fits ? "  " : "\n  flags ") + flags;
  }

  /** {@return a line on a test that two models do not judge alike, or could not; else nothing} */
  public static String comparison(Finding finding, String model, String against) {
    if (finding.kind() == Finding.Kind.AGREES) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    Outcome other = finding.against().orElseThrow();
    String both = "%s %s; %s %s".formatted(model, seen(finding), against, seen(other));
    List<String> differences = finding.differences();
    boolean subtle = differences.stream().noneMatch(d -> d.startsWith("observation"));
    String more = subtle && !differences.isEmpty() ? ": " + String.join("; ", differences) : "";
    Text.hang(out, "", name(finding.outcome()) + ": " + both + more);
    return out.toString();
  }

  private static String seen(Finding finding) {
    return seen(finding.outcome());
  }

  private static String seen(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j -> verdict(j) + " " + counts(j.result());
      case Outcome.TimedOut t -> verdict(t) + ", up to then " + counts(t.result());
      case Outcome.Failed _, Outcome.NotMapped _ -> verdict(outcome);
    };
  }

  private static String counts(Result result) {
    String flags = result.flags().isEmpty() ? "" : " " + result.flags();
    return result.positive() + " " + result.negative() + flags;
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j -> j.test().name();
      case Outcome.TimedOut t -> t.test().name();
      case Outcome.Failed _, Outcome.NotMapped _ -> outcome.file().toString();
    };
  }

  /** {@return the final states, a line each} */
  public static String states(Outcome outcome) {
    StringBuilder out = new StringBuilder();
    if (outcome instanceof Outcome.Judged j) {
      j.result().states().forEach(state -> Text.hang(out, "  ", state));
    }
    return out.toString();
  }

  /**
   * {@return all about one test}
   *
   * @param model the model by name and what it calls itself
   */
  public static String full(Finding finding, String model) {
    StringBuilder out = new StringBuilder();
    switch (finding.outcome()) {
      case Outcome.Judged j -> full(out, j, j.test(), j.result(), model);
      case Outcome.TimedOut t -> full(out, t, t.test(), t.result(), model);
      case Outcome.Failed _, Outcome.NotMapped _ -> {
        return line(finding);
      }
    }
    if (!finding.differences().isEmpty()) {
      Text.hang(out, "  DISAGREES: ", String.join("; ", finding.differences()));
    }
    return out.toString();
  }

  private static void full(
      StringBuilder out, Outcome outcome, LitmusTest test, Result result, String model) {
    Text.hang(out, "", test.name());
    Text.hang(out, "  model        ", model);
    Text.hang(out, "  condition    ", test.conditionText());
    Text.hang(out, "  verdict      ", verdict(outcome) + why(outcome, result));
    Text.hang(
        out,
        "  executions   ",
        "%d satisfy the condition, %d do not".formatted(result.positive(), result.negative()));
    if (!result.flags().isEmpty()) {
      Text.hang(out, "  flags        ", String.join(" ", result.flags()));
    }
    if (!result.conditionOnly()) {
      Text.hang(out, "  states       ", Integer.toString(result.states().size()));
      result.states().forEach(state -> Text.hang(out, INDENT + "      ", state));
    }
  }

  private static String why(Outcome outcome, Result result) {
    if (outcome instanceof Outcome.TimedOut t) {
      return String.format(Locale.ROOT, ", after %.1f s", t.seconds());
    }
    return result.isInconclusive()
        ? ": %s so far, but a loop goes round more often than --unroll allows"
            .formatted(result.observation().word())
        : "";
  }
}
