package dev.lazymm.report;

import dev.lazymm.review.ClaimResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code claims --json} writes. */
public record ClaimsJson(int schemaVersion, List<Row> claims) {
  /**
   * One claim.
   *
   * @param agrees whether found is expected; null if a bound was hit before it was clear
   * @param costs what one execution costs on each architecture; null if the claim is not about that
   */
  public record Row(
      String id,
      String claim,
      String modes,
      String expected,
      String found,
      @Nullable Boolean agrees,
      int checks,
      long executions,
      @Nullable List<ClaimResult.Cost> costs,
      List<String> commands) {}

  /** {@return the document about these claims} */
  public static ClaimsJson of(List<ClaimResult> results) {
    return new ClaimsJson(Json.SCHEMA_VERSION, rows(results));
  }

  static List<Row> rows(List<ClaimResult> results) {
    return results.stream()
        .map(r ->
            new Row(
                r.claim().id(),
                r.claim().claim(),
                r.claim().modes(),
                r.claim().expected(),
                r.found(),
                agrees(r),
                r.checks(),
                r.executions(),
                r.costs().isEmpty() ? null : r.costs(),
                r.commands()))
        .toList();
  }

  private static @Nullable Boolean agrees(ClaimResult r) {
    return switch (r.agreement()) {
      case YES -> Boolean.TRUE;
      case NO -> Boolean.FALSE;
      case UNKNOWN -> null;
    };
  }
}
