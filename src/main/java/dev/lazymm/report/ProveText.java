package dev.lazymm.report;

import dev.lazymm.prove.Proof;
import dev.lazymm.prove.Question;
import dev.lazymm.prove.Size;
import dev.lazymm.prove.Tally;
import dev.lazymm.review.Commands;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioWriter;
import java.util.List;
import java.util.Objects;

/**
 * The text of {@code prove}, and the certificate: the same, in a file that scenarios are read from.
 */
public final class ProveText {
  private final Proof proof;
  private final String file;

  /**
   * @param file where the certificate goes, so that commands can name its scenarios; empty for
   *     nowhere
   */
  public ProveText(Proof proof, String file) {
    this.proof = proof;
    this.file = file.isEmpty() ? "FILE" : file;
  }

  /** {@return the report} */
  public String report() {
    StringBuilder out = new StringBuilder(summary());
    proof
        .scenarios()
        .forEach((index, scenario) -> {
          out.append('\n').append(findings(index));
          out.append('\n').append(scenario);
        });
    if (!proof.scenarios().isEmpty() && file.equals("FILE")) {
      out.append('\n');
      Text.hang(out, "", "FILE: where --certificate FILE writes these scenarios");
    }
    return out.toString();
  }

  /**
   * {@return the report as a file of scenarios: those that break something, the rest as comments}
   */
  public String certificate() {
    StringBuilder out = new StringBuilder(comment(summary()));
    proof
        .scenarios()
        .forEach((index, scenario) -> {
          out.append('\n').append(comment(findings(index)));
          out.append(ScenarioWriter.write(scenario));
        });
    return out.toString();
  }

  private static String comment(String text) {
    StringBuilder out = new StringBuilder();
    text.lines().forEach(line -> out.append(("# " + line).stripTrailing()).append('\n'));
    return out.toString();
  }

  private String summary() {
    StringBuilder out = new StringBuilder();
    Question question = proof.question();
    Size size = question.size();
    Text.hang(
        out,
        "",
        "all scenarios of up to %d actions in all, %d CPUs, %d tasks, %d mms"
            .formatted(size.actions(), size.cpus(), size.tasks(), size.mms()));
    Text.hang(out, "  vocabulary ", question.vocabulary().toString().replace(",", ", "));
    Text.hang(
        out,
        "  scenarios  ",
        "%d, which stand for %d that differ in names alone"
            .formatted(proof.standings().scenarios(), proof.standings().weight()));
    Text.hang(out, "  explored   ", "all executions of each, up to " + question.maxExecutions());
    Text.hang(out, "  lazymm     ", question.version());
    if (proof.stopped() instanceof String why) {
      Text.hang(out, "  NOT ALL    ", why + "; covered is what is counted here");
    }
    for (int i = 0; i < question.kernels().size(); i++) {
      Tally t = proof.standings().tallies().get(i);
      out.append('\n');
      Text.hang(out, "", question.kernels().get(i).text() + ": " + verdict(proof, t));
      if (question.kernels().get(i).isWhatIf()) {
        Text.hang(out, "  ", "what if: this code runs on other hardware than the model is of");
      }
      Text.hang(
          out,
          "  ",
          "%d hold, %d violated, %d inconclusive"
              .formatted(t.holds(), t.violated(), t.inconclusive()));
      Text.hang(
          out,
          "  ",
          "%d executions, %d blocked, at most %d events"
              .formatted(t.executions(), t.blocked(), t.events()));
      out.append("  sha256\n    ").append(t.hash()).append('\n');
    }
    return out.toString();
  }

  /** {@return the word for one kernel} */
  static String verdict(Proof proof, Tally tally) {
    return tally.violated() > 0
        ? "violated"
        : proof.stopped() != null || tally.inconclusive() > 0 ? "inconclusive" : "holds";
  }

  /** What one scenario is the first to break. */
  private String findings(long index) {
    StringBuilder out = new StringBuilder();
    List<Question.Kernel> kernels = proof.question().kernels();
    for (int i = 0; i < kernels.size(); i++) {
      Question.Kernel kernel = kernels.get(i);
      proof
          .standings()
          .tallies()
          .get(i)
          .firsts()
          .forEach((name, first) -> {
            if (first.index() == index) {
              Text.hang(out, "", "%s violated: %s".formatted(name, kernel.text()));
              Text.hang(out, "  ", first.what());
              Text.command(out, "  ", command(kernel, index, name));
            }
          });
    }
    return out.toString();
  }

  private String command(Question.Kernel kernel, long index, String invariant) {
    Scenario scenario = Objects.requireNonNull(proof.scenarios().get(index));
    return command(file, kernel, scenario, invariant);
  }

  /** {@return what draws an execution that breaks an invariant} */
  static String command(String file, Question.Kernel kernel, Scenario scenario, String invariant) {
    return Commands.join(
        List.of(
            "./lazymm",
            "explain",
            "--scenario",
            file + ":" + scenario.name(),
            "--design",
            kernel.design().spelled(),
            "--arch",
            kernel.arch().name(),
            "--invariant",
            invariant));
  }
}
