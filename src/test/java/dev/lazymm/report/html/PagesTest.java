package dev.lazymm.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.check.Violation;
import dev.lazymm.check.Witness;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.replay.Replayer;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import dev.lazymm.review.Minimality;
import dev.lazymm.review.Recording;
import dev.lazymm.review.Review;
import dev.lazymm.review.ReviewSet;
import dev.lazymm.review.Reviewer;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every reader of a page relies on, whatever browser it has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final Run RUN = new Run("1 (git 2)", "JDK 3", "./lazymm review --design 'a b'");
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
  private static final Pattern LINK = Pattern.compile(" href=\"#([^\"]*)\"");
  private static final Review.Hardware HARDWARE = new Review.Hardware("<b a", false, 1, List.of());
  private static final Checks.Options OPTIONS = Checks.Options.defaults();

  private Review review = review(Designs.USUAL, Arches.USUAL);
  private String page = "";

  private static Review review(List<Designs.Entry> designs, List<Arches.Entry> arches) {
    try {
      Recording recording = Recording.sample(new Replayer.Options(designs, arches, null, null));
      return new Reviewer(
              new Checks(OPTIONS, Checks.Progress.NONE),
              new Commands(OPTIONS),
              ScenarioLibrary.builtIn(),
              ReviewSet.USUAL)
          .review(designs, arches, recording, OPTIONS, Checks.Progress.NONE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  void write() {
    page = Pages.review(review, RUN);
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(r -> r.group(1)).toList();
  }

  /** The rules of every page; {@return its pictures} */
  static List<String> assertSound(String page) throws XMLStreamException {
    assertThat(page).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">");
    assertThat(groups(ID, page)).doesNotHaveDuplicates();
    assertThat(groups(ID, page)).containsAll(groups(LINK, page));
    String own = page.replace("http://www.w3.org/2000/svg", "").replace("href=\"data:,\"", "");
    assertThat(own)
        .doesNotContainPattern("(?i)(src|href|action)=\"(?!#)")
        .doesNotContainPattern("(?i)@import|<script|<iframe|<object|<embed")
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("https?:");
    List<String> pictures = all(SVG, page);
    for (String picture : pictures) {
      assertDescribed(picture);
    }
    assertThat(page.split("<th ", -1))
        .as("each table header says what it heads")
        .filteredOn(part -> !part.startsWith("scope=\"") && !part.startsWith("<!DOCTYPE"))
        .isEmpty();
    return pictures;
  }

  private static void assertDescribed(String svg) throws XMLStreamException {
    XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(svg));
    int titles = 0;
    int descriptions = 0;
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamReader.START_ELEMENT) {
        assertThat(xml.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        titles += xml.getLocalName().equals("title") ? 1 : 0;
        descriptions += xml.getLocalName().equals("desc") ? 1 : 0;
      }
    }
    assertThat(titles).isPositive();
    assertThat(descriptions).isEqualTo(1);
  }

  @Test
  void aReviewHasAPictureForEachViolationAndAChartForEachArch() throws XMLStreamException {
    List<String> pictures = assertSound(page);
    Set<String> shown = new HashSet<>(); // what the same scenarios show elsewhere is drawn once
    int violations = 0;
    for (Review.Row r : review.rows()) {
      violations += shown.add(r.design() + scenarios(r)) ? r.examples().size() : 0;
    }
    assertThat(violations).isGreaterThan(5);
    assertThat(pictures.stream().filter(p -> p.contains("class=\"lanes\""))).hasSize(violations);
    assertThat(pictures.stream().filter(p -> p.contains("class=\"bars\"")))
        .hasSize(Arches.USUAL.size());
    assertThat(pictures)
        .filteredOn(p -> p.contains("class=\"lanes\""))
        .allSatisfy(p -> assertThat(p).containsOnlyOnce("<g class=\"bad\">"));
  }

  private static List<String> scenarios(Review.Row row) {
    return row.examples().stream()
        .map(c -> c.violation().invariant() + " " + c.scenario())
        .toList();
  }

  @Test
  void everyVerdictThatIsViolatedLeadsToItsCounterexample() {
    Map<String, Review.Row> first = new HashMap<>();
    for (Review.Row row : review.rows()) {
      Review.Counterexample c = row.shortest();
      if (c != null) {
        Review.Row drawn = first.computeIfAbsent(row.design() + scenarios(row), s -> row);
        String target = row.design() + "-" + drawn.arch();
        assertThat(page).contains("href=\"#" + target + "\"", "<article id=\"" + target + "\">");
        assertThat(page)
            .contains(drawn == row ? "<code>" + c.command() + "</code>" : row.arch() + ".</p>");
      }
    }
  }

  @Test
  void countsAreThoseOfTheRecording() {
    review
        .recording()
        .report()
        .designs()
        .forEach((design, byArch) ->
            byArch.forEach((arch, costs) ->
                assertThat(page)
                    .containsPattern(
                        Pattern.quote("<th scope=\"row\">" + design + "</th><td class=\"n\">")
                            + costs.lazyGrabs()
                            + "</td><td class=\"n\">"
                            + costs.lazyDrops()
                            + "</td>")));
  }

  @Test
  void theSameReviewGivesTheSamePage() {
    assertThat(Pages.review(review(Designs.USUAL, Arches.USUAL), RUN)).isEqualTo(page);
  }

  @Test
  void namesOfAnyKindDoNoHarm() throws XMLStreamException {
    String bad = "<b a=\"'>&amp;</svg></style><script>";
    Witness witness =
        new Witness(
            2,
            List.of(
                new Witness.Step(0, bad, bad, bad, List.of(bad), false),
                new Witness.Step(1, "exit", bad, "", List.of(bad), true)),
            List.of(new Witness.Ipi(0, 1)));
    Violation violation = new Violation("I1", bad, witness);
    Review.Counterexample c = new Review.Counterexample(bad, bad, bad, violation, bad);
    Review.Row row = new Review.Row(bad, bad, "violated", Map.of("I1", 1), 1, 1, List.of(c, c), HARDWARE);
    Review.Row other = new Review.Row("x", "y", "holds", Map.of(), 1, 1, List.of(), HARDWARE);
    String text =
        Pages.review(
            new Review(
                review.bound(),
                List.of(row, other),
                List.of(new Minimality(bad, bad, bad, Map.of(bad, bad), List.of(bad), List.of(bad), 1, 1, 1, bad)),
                List.of(),
                List.of(c),
                review.recording()),
            new Run(bad, bad, bad));
    assertThat(assertSound(text))
        .as("what is unexpected is drawn once, and led to")
        .hasSize(2 + Arches.USUAL.size());
    assertThat(text).contains("It is drawn below.", "<dt>I1</dt>");
    assertThat(text).contains("not asked").doesNotContain("<b a");
  }

  @Test
  void checksAreAPageToo() throws XMLStreamException {
    List<Job.Named> scenarios =
        ScenarioLibrary.builtIn().startingWith("e08").stream().map(Job.Named::of).toList();
    List<Done> done =
        new Checks(OPTIONS, Checks.Progress.NONE).run(Job.all(Designs.USUAL, Arches.ALL, scenarios));
    String text = Pages.check(done, new Commands(OPTIONS), RUN);
    long violated = done.stream().filter(d -> !d.violations().isEmpty()).count();
    assertThat(violated).isPositive();
    assertThat(assertSound(text)).hasSize((int) violated).anyMatch(p -> p.contains("\"ipi\""));
    Done first = done.stream().filter(d -> !d.violations().isEmpty()).findFirst().orElseThrow();
    assertDescribed(Pages.svg(first.violations().getFirst()));
  }

  @Test
  void whereNothingHappensNothingIsDrawn() {
    Violation nothing = new Violation("exists", "none", new Witness(2, List.of()));
    assertThatThrownBy(() -> Pages.svg(nothing)).isInstanceOf(IllegalArgumentException.class);
  }
}
