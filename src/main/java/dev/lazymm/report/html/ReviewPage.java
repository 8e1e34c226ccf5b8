package dev.lazymm.report.html;

import dev.lazymm.report.ClaimsText;
import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.Review;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of a review says.
 *
 * @param model the memory model
 * @param bound what was looked at
 * @param complete whether all of it was explored where it holds
 * @param matrix the verdicts
 * @param groups the counterexamples
 * @param claims what became of the claims
 * @param surprises what contradicts the library
 * @param costs the replayed recording
 * @param run what made this
 */
public record ReviewPage(
    String model,
    Review.Bound bound,
    boolean complete,
    Matrix matrix,
    List<Group> groups,
    List<Claim> claims,
    List<Surprise> surprises,
    Costs costs,
    Run run) {
  /**
   * A design on an architecture that breaks something.
   *
   * @param id the name of its place in the page
   * @param examples one for each invariant, the gravest first; at least one
   * @param broken in how many scenarios
   */
  public record Group(
      String id, String design, String arch, List<Example> examples, String broken, int of) {}

  /** A claim and what was found. */
  public record Claim(ClaimResult result, String agrees) {}

  /**
   * What contradicts the library.
   *
   * @param example the violation
   * @param elsewhere the name of the place that draws it already; empty if it is to be drawn here
   */
  public record Surprise(Example example, String elsewhere) {}

  static ReviewPage of(Review review, Run run) {
    Anchors anchors = new Anchors();
    List<Group> groups = new ArrayList<>();
    List<Matrix.Cell> cells = new ArrayList<>();
    for (Review.Row row : review.rows()) {
      String target = "";
      String broken = Matrix.broken(row.broken());
      if (!row.examples().isEmpty()) {
        target = anchors.of(row.design(), row.arch());
        List<Example> examples =
            row.examples().stream()
                .map(c -> example(anchors, row.design(), row.arch(), c))
                .toList();
        groups.add(new Group(target, row.design(), row.arch(), examples, broken, row.scenarios()));
      }
      cells.add(new Matrix.Cell(row.design(), row.arch(), row.verdict(), row.broken(), target));
    }
    Map<String, String> drawn = new HashMap<>();
    groups.forEach(g -> g.examples().forEach(e -> drawn.put(e.command(), e.id())));
    return new ReviewPage(
        review.model(),
        review.bound(),
        review.rows().stream().noneMatch(r -> r.verdict().equals("inconclusive")),
        Matrix.of(cells),
        groups,
        review.claims().stream().map(c -> new Claim(c, ClaimsText.word(c.agreement()))).toList(),
        review.surprises().stream()
            .map(c -> example(anchors, c.design(), c.arch(), c))
            .map(e -> new Surprise(e, drawn.getOrDefault(e.command(), "")))
            .toList(),
        Costs.of(review.recording(), anchors),
        run);
  }

  private static Example example(
      Anchors anchors, String design, String arch, Review.Counterexample c) {
    return Example.of(anchors, design, arch, c.scenario(), c.violation(), c.command());
  }
}
