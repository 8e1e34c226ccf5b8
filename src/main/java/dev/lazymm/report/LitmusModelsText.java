package dev.lazymm.report;

import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.run.Outcome;
import java.util.List;

/** What several models say of a test: one row a model. */
public final class LitmusModelsText {
  private LitmusModelsText() {}

  /**
   * {@return the rows of a test}
   *
   * @param models the names of the models
   * @param outcomes what became of the test under each
   */
  public static String of(List<String> models, List<Outcome> outcomes) {
    StringBuilder out = new StringBuilder();
    Text.hang(out, "", head(outcomes));
    int width = models.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < outcomes.size(); i++) {
      out.append(("  %-" + width + "s  ").formatted(models.get(i)));
      out.append(row(outcomes.get(i)).stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static String head(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Judged j) {
        return j.test().name() + ": " + j.test().conditionText();
      }
    }
    return outcomes.getFirst().file().toString();
  }

  private static String row(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j -> row(outcome, j.result());
      case Outcome.TimedOut t -> row(outcome, t.result());
      case Outcome.NotMapped n -> "%-12s %s".formatted(LitmusText.verdict(n), n.what());
      case Outcome.Failed _ -> LitmusText.verdict(outcome);
    };
  }

  private static String row(Outcome outcome, Result result) {
    return "%-12s %6d %6d  %s"
        .formatted(
            LitmusText.verdict(outcome),
            result.positive(),
            result.negative(),
            String.join(" ", result.flags()));
  }
}
