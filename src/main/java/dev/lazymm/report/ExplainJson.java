package dev.lazymm.report;

import dev.lazymm.check.Explained;
import dev.lazymm.check.Invariants;
import dev.lazymm.check.Violation;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code explain --format json} writes. */
public record ExplainJson(
    int schemaVersion,
    String design,
    String arch,
    String model,
    boolean whatIf,
    @Nullable String history,
    String scenario,
    String title,
    List<String> about,
    String invariant,
    String meaning,
    String what,
    WitnessJson witness,
    List<PreventionJson.RelatedJson> relations,
    @Nullable PreventionJson prevention,
    List<CheckJson.SavedByJson> savedBy) {
  /** {@return the document about one counterexample} */
  public static ExplainJson of(Done done, Violation v, Commands commands) {
    Explained explained = v.explained();
    return new ExplainJson(
        Json.SCHEMA_VERSION,
        done.result().design(),
        done.result().arch(),
        done.result().model(),
        done.job().isWhatIf(),
        CheckJson.history(done),
        done.result().scenario(),
        done.job().scenario().title(),
        done.job().scenario().about(),
        v.invariant(),
        Invariants.about(v.invariant()),
        v.what(),
        WitnessJson.of(v.witness(), commands.explain(done.job(), v.invariant())),
        explained == null
            ? List.of()
            : explained.relations().stream().map(PreventionJson.RelatedJson::of).toList(),
        explained == null ? null : PreventionJson.of(explained.prevention()),
        v.savedBy().stream().map(CheckJson.SavedByJson::of).toList());
  }
}
