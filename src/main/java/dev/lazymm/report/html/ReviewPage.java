package dev.lazymm.report.html;

import dev.lazymm.report.ClaimsText;
import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.Minimality;
import dev.lazymm.review.Review;
import dev.lazymm.review.ReviewSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the page of a review says.
 *
 * @param bound what was looked at
 * @param complete whether all of it was explored where it holds
 * @param matrix the verdicts
 * @param groups the counterexamples
 * @param minimal what is needed of each design on each architecture
 * @param claims what became of the claims
 * @param surprises what contradicts the library
 * @param costs the replayed recording
 * @param run what made this
 */
public record ReviewPage(
    Review.Bound bound,
    boolean complete,
    Matrix matrix,
    List<Group> groups,
    List<Minimality> minimal,
    List<Claim> claims,
    List<Surprise> surprises,
    Costs costs,
    Run run) {
  /**
   * A design on an architecture that breaks something.
   *
   * @param id the name of its place in the page
   * @param also the architectures on which the same scenarios show the same
   * @param examples one for each invariant, the gravest first; at least one
   * @param broken in how many scenarios
   */
  public record Group(
      String id,
      String design,
      String arch,
      List<String> also,
      List<Example> examples,
      String broken,
      int of) {}

  /** A claim and what was found. */
  public record Claim(ClaimResult result, String agrees) {}

  /**
   * What contradicts the library.
   *
   * @param example the violation
   * @param elsewhere the name of the place that draws it already; empty if it is to be drawn here
   */
  public record Surprise(Example example, String elsewhere) {}

  /** {@return the scenarios in which sites are weakened} */
  public String few() {
    return String.join(", ", ReviewSet.FEW);
  }

  static ReviewPage of(Review review, Run run) {
    Anchors anchors = new Anchors();
    Map<String, Group> groups = new LinkedHashMap<>();
    Map<String, String> sites = new HashMap<>();
    review.minimal().forEach(m -> sites.put(m.design() + " " + m.arch(), sites(m)));
    List<Matrix.Cell> cells = new ArrayList<>();
    for (Review.Row row : review.rows()) {
      String target = "";
      if (!row.examples().isEmpty()) {
        Group group = groups.computeIfAbsent(shownBy(row), s -> group(anchors, row));
        if (!group.arch().equals(row.arch())) {
          group.also().add(row.arch());
        }
        target = group.id();
      }
      cells.add(
          new Matrix.Cell(
              row.design(),
              row.arch(),
              row.verdict(),
              row.broken(),
              target,
              sites.getOrDefault(row.design() + " " + row.arch(), "")));
    }
    Map<String, String> drawn = new HashMap<>();
    groups.values().forEach(g -> g.examples().forEach(e -> drawn.put(e.command(), e.id())));
    return new ReviewPage(
        review.bound(),
        review.rows().stream().noneMatch(r -> r.verdict().equals("inconclusive")),
        Matrix.of(cells),
        List.copyOf(groups.values()),
        review.minimal(),
        review.claims().stream().map(c -> new Claim(c, ClaimsText.word(c.agreement()))).toList(),
        review.surprises().stream()
            .map(c -> example(anchors, c.design(), c.arch(), c))
            .map(e -> new Surprise(e, drawn.getOrDefault(e.command(), "")))
            .toList(),
        Costs.of(review.recording(), anchors),
        run);
  }

  /** What is broken, and by which scenarios that is shown. */
  private static String shownBy(Review.Row row) {
    return row.examples().stream()
        .map(c -> c.violation().invariant() + " " + c.scenario())
        .collect(Collectors.joining(", ", row.design() + ": ", ""));
  }

  private static Group group(Anchors anchors, Review.Row row) {
    return new Group(
        anchors.of(row.design(), row.arch()),
        row.design(),
        row.arch(),
        new ArrayList<>(),
        row.examples().stream()
            .map(c -> example(anchors, row.design(), row.arch(), c))
            .toList(),
        Matrix.broken(row.broken()),
        row.scenarios());
  }

  private static String sites(Minimality m) {
    return m.scenarios() == 0
        ? "nothing holds as it is"
        : "%d of %d sites needed".formatted(m.needed().size(), m.sites());
  }

  private static Example example(
      Anchors anchors, String design, String arch, Review.Counterexample c) {
    return Example.of(anchors, design, arch, c.scenario(), c.violation(), c.command());
  }
}
