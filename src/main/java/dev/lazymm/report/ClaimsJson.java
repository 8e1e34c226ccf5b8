package dev.lazymm.report;

import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.PartResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code claims --json} writes. */
public record ClaimsJson(int schemaVersion, List<Row> claims) {
  /**
   * One claim.
   *
   * @param agrees whether found is expected; null if a bound was hit before it was clear, or if
   *     nothing is judged
   * @param differs where lazymm finds something else than is expected, and who is right; empty if
   *     it does not
   * @param costs what one execution costs on each architecture; null if the claim is not about that
   */
  public record Row(
      String id,
      String claim,
      String modes,
      String expected,
      String found,
      @Nullable Boolean agrees,
      String differs,
      int checks,
      long executions,
      @Nullable List<ClaimResult.Cost> costs,
      List<String> commands,
      List<Part> parts) {}

  /**
   * One part of a claim.
   *
   * @param asked what was asked, and what must come out
   * @param found what came out
   * @param agrees whether that is the same; null as in {@link Row#agrees}
   * @param command what shows it again; empty if nothing can
   * @param counts what was counted; null if the part does not count
   * @param witness the shortest execution that breaks something; null if there is none
   */
  public record Part(
      String asked,
      String found,
      @Nullable Boolean agrees,
      String command,
      @Nullable List<CountJson.Row> counts,
      PartResult.@Nullable Witnessed witness) {}

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
                agrees(r.agreement()),
                r.claim().differs(),
                r.checks(),
                r.executions(),
                r.costs().isEmpty() ? null : r.costs(),
                r.commands(),
                r.parts().stream().map(ClaimsJson::part).toList()))
        .toList();
  }

  private static Part part(PartResult p) {
    return new Part(
        p.part().says(),
        p.found(),
        agrees(p.agreement()),
        p.command(),
        p.counts().isEmpty() ? null : CountJson.rows(p.counts()),
        p.witness());
  }

  static @Nullable Boolean agrees(ClaimResult.Agreement agreement) {
    return switch (agreement) {
      case YES -> Boolean.TRUE;
      case NO, DIFFERS -> Boolean.FALSE;
      case UNKNOWN, UNJUDGED -> null;
    };
  }
}
