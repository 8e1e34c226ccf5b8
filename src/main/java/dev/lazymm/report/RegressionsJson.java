package dev.lazymm.report;

import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Regression;
import dev.lazymm.review.RegressionResult;
import dev.lazymm.review.RegressionResult.Seen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code regressions --json} writes. */
public record RegressionsJson(
    int schemaVersion, List<Row> regressions, List<Regression.LeftOut> notRun) {
  /**
   * One regression.
   *
   * @param kernelClass the class that has it; null if the kernel as it is has it
   * @param said the invariants that it is said to break
   * @param asExpected whether it is found and gone in each run; null if a bound was reached
   * @param note what differs from what was said, and why; empty if nothing does
   */
  public record Row(
      String id,
      String about,
      String fixed,
      @Nullable String kernelClass,
      String said,
      @Nullable Boolean asExpected,
      List<Run> runs,
      String note) {}

  /**
   * One scenario under one model.
   *
   * @param expected what must be broken before the fix; empty if nothing may be
   * @param found whether that is so; null if a bound was reached
   * @param gone whether all holds after the fix; null if a bound was reached
   * @param before the kernel with the bug
   * @param after the kernel without
   */
  public record Run(
      List<String> expected,
      @Nullable Boolean found,
      @Nullable Boolean gone,
      CheckJson.Result before,
      CheckJson.Result after) {}

  /** {@return the document about these regressions} */
  public static RegressionsJson of(
      List<RegressionResult> results, List<Regression.LeftOut> notRun, Commands commands) {
    return new RegressionsJson(
        Json.SCHEMA_VERSION, results.stream().map(r -> row(r, commands)).toList(), notRun);
  }

  private static Row row(RegressionResult r, Commands commands) {
    PastBug bug = r.regression().bug();
    return new Row(
        bug.id(),
        bug.about(),
        bug.fixed(),
        bug.isPlain() ? null : bug.name(),
        bug.breaks(),
        ClaimsJson.agrees(r.agreement()),
        r.seen().stream().map(s -> run(s, commands)).toList(),
        r.regression().note());
  }

  private static Run run(Seen s, Commands commands) {
    return new Run(
        s.run().broken(),
        ClaimsJson.agrees(s.found()),
        ClaimsJson.agrees(s.gone()),
        check(s.before(), commands),
        check(s.after(), commands));
  }

  private static CheckJson.Result check(Done done, Commands commands) {
    return CheckJson.of(List.of(done), commands).results().getFirst();
  }
}
