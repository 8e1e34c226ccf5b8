package dev.lazymm.report;

import dev.lazymm.check.Explained;
import dev.lazymm.check.Invariants;
import dev.lazymm.check.Violation;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.workload.Scenario;

/** The text of {@code explain}: one counterexample with everything that helps to follow it. */
public final class ExplainText {
  private ExplainText() {}

  /** {@return the counterexample, drawn with its ordering points, under its scenario} */
  public static String of(Done done, Violation v, Commands commands) {
    StringBuilder out = new StringBuilder();
    Scenario scenario = done.job().scenario();
    Text.hang(
        out,
        "",
        "%s violated: %s on %s, model %s"
            .formatted(v.invariant(), done.result().design(), done.on(), done.model()));
    String about = Invariants.about(v.invariant());
    if (!about.isEmpty()) {
      Text.hang(out, "  " + v.invariant() + ": ", about);
    }
    Text.hang(out, "  found: ", v.what());
    v.savedBy().forEach(saved -> Text.hang(out, "  ", saved.text()));
    if (v.explained() != null) {
      Text.hang(out, "  ", v.explained().prevention().text());
    }
    out.append('\n');
    Text.hang(out, "scenario ", scenario.name() + ": " + scenario.title());
    if (!scenario.about().isEmpty()) {
      Text.hang(out, "  ", String.join(" ", scenario.about()));
    }
    scenario
        .toString()
        .lines()
        .filter(line -> line.startsWith("cpu ") || line.startsWith("start"))
        .forEach(line -> Text.hang(out, "  ", line));
    out.append('\n').append(ExecutionPicture.draw(v.witness(), true)).append('\n');
    Text.hang(
        out, "", "A row is a kernel step, [ ] its ordering points, > the step that goes wrong.");
    Explained explained = v.explained();
    if (explained != null) {
      out.append('\n').append(ExplainedText.of(explained, v.witness())).append('\n');
    }
    Text.command(out, "", commands.explain(done.job(), v.invariant()));
    return out.toString();
  }
}
