package dev.lazymm.report;

import dev.lazymm.litmus.Execution;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.run.Expected;
import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Soundness;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code litmus --json} writes. */
public record LitmusJson(
    int schemaVersion,
    @Nullable String model,
    @Nullable String against,
    List<ResultJson> results,
    @Nullable SoundnessJson soundness) {
  /** A test, and what became of it. What is not known is null. */
  public record ResultJson(
      String file,
      @Nullable String test,
      String model,
      @Nullable String condition,
      String verdict,
      @Nullable String observation,
      @Nullable Long positive,
      @Nullable Long negative,
      List<String> flags,
      List<String> states,
      boolean cut,
      @Nullable ExpectedJson expected,
      @Nullable ResultJson against,
      List<String> differences,
      @Nullable ExecutionJson witness,
      @Nullable String error,
      @Nullable Double seconds) {}

  /** What was expected. */
  public record ExpectedJson(
      String observation,
      @Nullable Long positive,
      @Nullable Long negative,
      @Nullable List<String> flags) {
    private static ExpectedJson of(Expected.Row row) {
      return new ExpectedJson(
          row.observation(),
          count(row.positive()),
          count(row.negative()),
          row.flags().orElse(null));
    }

    private static @Nullable Long count(long number) {
      return number < 0 ? null : number;
    }
  }

  /** An execution that satisfies the condition. */
  public record ExecutionJson(
      int threads,
      List<String> initial,
      List<EventJson> events,
      List<EdgeJson> edges,
      String state,
      List<String> flags) {
    private static ExecutionJson of(Execution execution) {
      LitmusGraph graph = LitmusGraph.of(execution);
      return new ExecutionJson(
          graph.threads(),
          graph.initial(),
          graph.nodes().stream()
              .map(n -> new EventJson(n.id(), n.thread(), n.action(), n.source()))
              .toList(),
          graph.edges().stream()
              .map(e -> new EdgeJson(e.name(), end(e.from()), end(e.to())))
              .toList(),
          graph.state(),
          graph.flags());
    }

    private static String end(LitmusGraph.Node node) {
      return node.thread() < 0 ? node.toString() : node.id();
    }
  }

  /** An event of an execution. */
  public record EventJson(String id, int thread, String action, String source) {}

  /** A pair of a relation: the ids of two events, or {@code init W x=0}. */
  public record EdgeJson(String relation, String from, String to) {}

  /** Collects findings. Owned by one thread. */
  public static final class Builder {
    private final @Nullable String model;
    private final @Nullable String against;
    private final List<ResultJson> results = new ArrayList<>();

    /** A document about a model, and a second one if it is compared with that. */
    public Builder(String model, @Nullable String against) {
      this.model = model;
      this.against = against;
    }

    /** A document about several models. */
    public Builder() {
      this.model = null;
      this.against = null;
    }

    /** Adds a finding of the document's model. */
    public void add(Finding finding) {
      results.add(result(finding.outcome(), Objects.requireNonNull(model), finding));
    }

    /** Adds what became of a test under several models, in their order. */
    public void add(List<String> models, List<Outcome> outcomes) {
      for (int i = 0; i < models.size(); i++) {
        results.add(result(outcomes.get(i), models.get(i), null));
      }
    }

    /**
     * {@return the document}
     *
     * @param soundness what came of holding several models to the first, if that was asked for
     */
    public LitmusJson build(@Nullable Soundness soundness) {
      return new LitmusJson(
          Json.SCHEMA_VERSION,
          model,
          against,
          List.copyOf(results),
          soundness == null ? null : SoundnessJson.of(soundness));
    }

    private ResultJson result(Outcome outcome, String model, @Nullable Finding finding) {
      return switch (outcome) {
        case Outcome.Judged j -> result(j, model, finding, j.test(), j.result(), j.seconds());
        case Outcome.TimedOut t -> result(t, model, finding, t.test(), t.result(), t.seconds());
        case Outcome.Failed _, Outcome.NotMapped _ ->
            new ResultJson(
                outcome.file().toString(),
                null,
                model,
                null,
                LitmusText.verdict(outcome),
                null,
                null,
                null,
                List.of(),
                List.of(),
                false,
                expected(finding),
                other(finding),
                List.of(),
                null,
                outcome.message().orElse(""),
                null);
      };
    }

    private ResultJson result(
        Outcome outcome,
        String model,
        @Nullable Finding finding,
        LitmusTest test,
        Result result,
        double seconds) {
      Execution witness = result.witness();
      return new ResultJson(
          outcome.file().toString(),
          test.name(),
          model,
          test.conditionText(),
          LitmusText.verdict(outcome),
          result.observation().word(),
          result.positive(),
          result.negative(),
          result.flags(),
          result.states(),
          result.cut(),
          expected(finding),
          other(finding),
          finding == null ? List.of() : finding.differences(),
          witness == null ? null : ExecutionJson.of(witness),
          null,
          Math.round(seconds * 1000) / 1000.0);
    }

    private static @Nullable ExpectedJson expected(@Nullable Finding finding) {
      return finding == null ? null : finding.expected().map(ExpectedJson::of).orElse(null);
    }

    private @Nullable ResultJson other(@Nullable Finding finding) {
      Outcome other = finding == null ? null : finding.against().orElse(null);
      return other == null || against == null ? null : result(other, against, null);
    }
  }
}
