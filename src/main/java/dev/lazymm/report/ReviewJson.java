package dev.lazymm.report;

import dev.lazymm.check.Model;
import dev.lazymm.review.Minimality;
import dev.lazymm.review.Review;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code review --json} writes; {@code model} is the one under which everything is checked. */
public record ReviewJson(
    int schemaVersion,
    String model,
    Review.Bound bound,
    List<Row> results,
    List<Minimality> minimal,
    List<ClaimsJson.Row> claims,
    List<Counterexample> unexpected,
    ReplayJson replay) {
  /**
   * A design on an architecture.
   *
   * @param broken in how many scenarios each invariant is broken, the gravest first
   * @param hardware what was looked at under the hardware's model, and what is broken there alone
   * @param shortest the shortest counterexample to the gravest; null if nothing is broken
   */
  public record Row(
      String design,
      String arch,
      String verdict,
      Map<String, Integer> broken,
      int scenarios,
      long executions,
      Review.Hardware hardware,
      @Nullable Counterexample shortest) {}

  /** A counterexample. */
  public record Counterexample(
      String scenario, String invariant, String what, WitnessJson witness) {}

  /** {@return the document about a review} */
  public static ReviewJson of(Review review) {
    return new ReviewJson(
        Json.SCHEMA_VERSION,
        Model.SC.name(),
        review.bound(),
        review.rows().stream().map(ReviewJson::row).toList(),
        review.minimal(),
        ClaimsJson.rows(review.claims()),
        review.surprises().stream().map(ReviewJson::counterexample).toList(),
        ReplayJson.of(review.recording(), null));
  }

  private static Row row(Review.Row r) {
    return new Row(
        r.design(),
        r.arch(),
        r.verdict(),
        r.broken(),
        r.scenarios(),
        r.executions(),
        r.hardware(),
        r.shortest() == null ? null : counterexample(r.shortest()));
  }

  private static Counterexample counterexample(Review.Counterexample c) {
    return new Counterexample(
        c.scenario(),
        c.violation().invariant(),
        c.violation().what(),
        WitnessJson.of(c.violation().witness(), c.command()));
  }
}
