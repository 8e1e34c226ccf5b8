package dev.lazymm.report.html;

import dev.lazymm.check.Violation;
import dev.lazymm.report.CheckText;
import dev.lazymm.report.DrawnEdge;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Review;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;

/** Writes pages: UTF-8, one file, nothing loaded from anywhere, the same for the same results. */
public final class Pages {
  private Pages() {}

  /** {@return the page of a review} */
  public static String review(Review review, Run run) {
    return render("review.jte", Map.of("page", ReviewPage.of(review, run)));
  }

  /** {@return the page of some checks} */
  public static String check(List<Done> done, Commands commands, Run run) {
    String summary = (CheckText.summary(done) + CheckText.leftOut(done)).strip();
    return render("check.jte", Map.of("page", CheckPage.of(done, summary, commands, run)));
  }

  /**
   * {@return the picture of a violation, an SVG document of its own}
   *
   * @throws IllegalArgumentException if there is nothing to draw: nothing happens in its witness
   */
  public static String svg(Violation violation) {
    if (violation.witness().steps().isEmpty()) {
      throw new IllegalArgumentException("nothing happens");
    }
    String title = violation.invariant() + " violated: " + violation.what();
    Lanes lanes =
        Lanes.of(violation.witness(), "execution", title, DrawnEdge.of(violation.explained()));
    return render("lanes.jte", Map.of("picture", lanes, "alone", true));
  }

  private static String render(String template, Map<String, Object> parameters) {
    StringOutput out = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render(template, parameters, out);
    return out.toString().strip() + "\n";
  }
}
