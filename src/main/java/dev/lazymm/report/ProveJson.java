package dev.lazymm.report;

import dev.lazymm.prove.Proof;
import dev.lazymm.prove.Question;
import dev.lazymm.prove.Size;
import dev.lazymm.prove.Tally;
import dev.lazymm.prove.Word;
import dev.lazymm.workload.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code prove --json} writes.
 *
 * @param stopped why not all was covered; null if all was
 * @param scenarios how many scenarios were looked at
 * @param standFor how many there are of them if names count
 */
public record ProveJson(
    int schemaVersion,
    String version,
    Size size,
    List<String> vocabulary,
    long maxExecutions,
    @Nullable String stopped,
    long scenarios,
    long standFor,
    List<Result> results) {
  /**
   * What one kernel came to.
   *
   * @param whatIf whether the architecture's code runs on other hardware than the model is of
   */
  public record Result(
      String design,
      String arch,
      String model,
      boolean whatIf,
      String verdict,
      long holds,
      long violated,
      long inconclusive,
      long executions,
      long blocked,
      int events,
      String sha256,
      List<First> firsts) {}

  /**
   * The first scenario that breaks something.
   *
   * @param text the scenario in its text form
   * @param command what draws it, once the text is in the file of the certificate
   */
  public record First(
      String invariant, String what, String scenario, String text, String command) {}

  /**
   * {@return the document about a proof}
   *
   * @param file the file of the certificate, empty for none
   */
  public static ProveJson of(Proof proof, String file) {
    Question question = proof.question();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < question.kernels().size(); i++) {
      Tally tally = proof.standings().tallies().get(i);
      results.add(result(proof, question.kernels().get(i), tally, file.isEmpty() ? "FILE" : file));
    }
    return new ProveJson(
        Json.SCHEMA_VERSION,
        question.version(),
        question.size(),
        question.vocabulary().words().stream().map(Word::toString).toList(),
        question.maxExecutions(),
        proof.stopped(),
        proof.standings().scenarios(),
        proof.standings().weight(),
        results);
  }

  private static Result result(Proof proof, Question.Kernel kernel, Tally t, String file) {
    List<First> firsts = new ArrayList<>();
    t.firsts()
        .forEach((name, first) -> {
          Scenario scenario = Objects.requireNonNull(proof.scenarios().get(first.index()));
          String command = ProveText.command(file, kernel, scenario, name);
          firsts.add(new First(name, first.what(), scenario.name(), scenario.toString(), command));
        });
    return new Result(
        kernel.design().name(),
        kernel.arch().name(),
        kernel.model(),
        kernel.isWhatIf(),
        ProveText.verdict(proof, t),
        t.holds(),
        t.violated(),
        t.inconclusive(),
        t.executions(),
        t.blocked(),
        t.events(),
        t.hash(),
        firsts);
  }
}
