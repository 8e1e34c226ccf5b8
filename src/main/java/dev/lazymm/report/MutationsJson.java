package dev.lazymm.report;

import dev.lazymm.review.Commands;
import dev.lazymm.review.Mutation;
import dev.lazymm.review.NotCaught;
import dev.lazymm.review.RegressionResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code regressions --mutations --json} writes. */
public record MutationsJson(
    int schemaVersion, List<RegressionsJson.Row> regressions, List<Row> mutations) {
  /**
   * One named site of one kernel, weakened in one way.
   *
   * @param explained why nothing finds it; null if nobody has said
   * @param open whether a bound was hit before it was clear
   * @param asExpected whether it is caught, or else explained, and not both
   */
  public record Row(
      String kernel,
      String site,
      String form,
      List<Mutation.Caught> caught,
      @Nullable String explained,
      boolean open,
      boolean asExpected) {}

  /** {@return the document about bugs of the past and weakened sites} */
  public static MutationsJson of(
      List<RegressionResult> past, List<Mutation> mutations, Commands commands) {
    return new MutationsJson(
        Json.SCHEMA_VERSION,
        RegressionsJson.of(past, List.of(), commands).regressions(),
        mutations.stream().map(MutationsJson::row).toList());
  }

  private static Row row(Mutation m) {
    NotCaught why = m.explained();
    return new Row(
        m.kernel(),
        m.site(),
        m.form(),
        m.caught(),
        why == null ? null : why.why(),
        m.open(),
        m.isAsExpected());
  }
}
