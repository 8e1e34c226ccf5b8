package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Explained;
import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.report.html.Pages;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One explained execution in every form: each has the same pairs, and what the form needs. */
class ExplainFormatsTest {
  private static final String NAME = "[a-z]\\w*";
  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\[n\"\\\\])*\"";
  private static final String VALUE = "(?:" + QUOTED + "|[\\w.]+)";
  private static final String LIST = "\\[%s=%s(?:, %s=%s)*]".formatted(NAME, VALUE, NAME, VALUE);

  /** The statements of Graphviz's language that we write. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\s*(?:digraph NAME \\{|subgraph NAME \\{|}|NAME=VALUE(?:; NAME=VALUE)*;|NAME LIST;"
                  .replace("NAME", NAME)
                  .replace("VALUE", VALUE)
                  .replace("LIST", LIST)
              + "|%s -> %s(?: %s)?;)".formatted(NAME, NAME, LIST));

  private static Done done(String scenario, String design, String model) {
    return new Checks(Checks.Options.defaults(), Checks.Progress.NONE)
        .explaining(model.equals("sc") ? List.of("po") : List.of("po", "ppo"))
        .run(
            Job.all(
                List.of(Designs.find(design).orElseThrow()),
                List.of(Arches.find("x86-eager").orElseThrow()),
                List.of(Model.named(model)),
                List.of(Job.Named.of(ScenarioLibrary.builtIn().find(scenario)))))
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "e06-exec-idle, refcount, lkmm",
    "e06-exec-idle, refcount, power",
    "e14-exit-flush, shootdown, sc",
    "mprotect-return, no-refcount, power"
  })
  void everyFormHasThePairs(String scenario, String design, String model) throws Exception {
    Done done = done(scenario, design, model);
    Violation v = done.violations().getFirst();
    Explained explained = Objects.requireNonNull(v.explained());
    List<DrawnEdge> edges = DrawnEdge.of(explained);
    assertThat(edges).isNotEmpty().doesNotHaveDuplicates();
    assertThat(edges).extracting(DrawnEdge::name).contains("po", "rf");
    boolean cycle = explained.prevention().circle() != null;
    assertThat(edges.stream().anyMatch(DrawnEdge::inCycle)).isEqualTo(cycle);
    assertText(done, v, explained);
    assertDot(v, explained, edges);
    assertSvg(v, edges);
    assertJson(done, v, explained);
    assertSarif(done, v, explained);
  }

  private static void assertText(Done done, Violation v, Explained explained) {
    String text = ExplainText.of(done, v, new Commands(Checks.Options.defaults()));
    assertThat(text.lines().filter(line -> line.length() > 72)).isEmpty();
    assertThat(text.replaceAll("\\s+", " ")).contains(explained.prevention().text());
    for (Explained.Related r : explained.relations()) {
      if (!r.name().equals("po")) {
        assertThat(text).contains("%d -> %d".formatted(r.from() + 1, r.to() + 1));
      }
    }
  }

  private static void assertDot(Violation v, Explained explained, List<DrawnEdge> edges) {
    String dot = ExecutionDot.of(v.witness(), v.what(), explained);
    List<String> lines = dot.lines().toList();
    assertThat(lines).allMatch(line -> STATEMENT.matcher(line).matches());
    assertThat(count(dot, "{")).isEqualTo(count(dot, "}"));
    assertThat(lines.stream().filter(line -> line.contains("constraint=false")))
        .hasSameSizeAs(edges);
    assertThat(ExecutionDot.of(v.witness(), v.what())).doesNotContain("constraint");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length;
  }

  private static void assertSvg(Violation v, List<DrawnEdge> edges) throws Exception {
    String svg = Pages.svg(v);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    List<Element> paths = elements(document, "path", "pair");
    List<Element> names = elements(document, "text", "pair-name");
    assertThat(paths).hasSameSizeAs(edges);
    assertThat(names)
        .extracting(Element::getTextContent)
        .containsExactlyElementsOf(edges.stream().map(DrawnEdge::label).toList());
    List<String> tips = new ArrayList<>();
    elements(document, "marker", "").forEach(m -> tips.add("url(#" + m.getAttribute("id") + ")"));
    assertThat(tips).doesNotHaveDuplicates();
    int width = Integer.parseInt(document.getDocumentElement().getAttribute("width"));
    for (Element path : paths) {
      assertThat(tips).contains(path.getAttribute("marker-end"));
      for (String x : path.getAttribute("d").replaceAll("[MQ]", " ").strip().split(" ", -1)) {
        assertThat(Integer.parseInt(x)).isNotNegative();
      }
    }
    for (Element name : names) {
      assertThat(Integer.parseInt(name.getAttribute("x"))).isBetween(0, width);
    }
  }

  private static List<Element> elements(Document in, String name, String type) {
    var nodes = in.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (element.getAttribute("class").equals(type)) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static void assertJson(Done done, Violation v, Explained explained) {
    JsonNode json =
        JsonMapper.shared()
            .readTree(Json.write(ExplainJson.of(done, v, new Commands(Checks.Options.defaults()))));
    assertThat(json.at("/relations")).hasSize(explained.relations().size());
    for (JsonNode pair : json.at("/relations")) {
      assertThat(pair.propertyNames()).containsExactly("name", "from", "to", "of");
      assertThat(pair.at("/from").asInt()).isBetween(1, v.witness().steps().size());
    }
    JsonNode prevention = json.at("/prevention");
    assertThat(prevention.propertyNames())
        .containsExactly("answer", "axioms", "barriers", "cycle", "text");
    assertThat(prevention.at("/text").asString()).isEqualTo(explained.prevention().text());
    assertThat(prevention.at("/barriers")).hasSize(explained.prevention().barriers().size());
    for (JsonNode barrier : prevention.at("/barriers").findValues("at")) {
      assertThat(barrier.at("/file").asString()).startsWith("dev/lazymm/kernel/");
      assertThat(barrier.at("/line").asInt()).isPositive();
    }
  }

  private static void assertSarif(Done done, Violation v, Explained explained) {
    JsonNode document =
        JsonMapper.shared()
            .readTree(
                Json.writeWithoutNulls(
                    CheckSarif.of(done, v, new Commands(Checks.Options.defaults()), "1")));
    SarifRules.check(document);
    JsonNode result = document.at("/runs/0/results/0");
    assertThat(document.at("/runs/0/results")).hasSize(1);
    String text = explained.prevention().text();
    assertThat(result.at("/message/text").asString()).contains(text.substring(1));
    JsonNode related = result.at("/relatedLocations");
    assertThat(result.has("relatedLocations"))
        .isEqualTo(!explained.prevention().barriers().isEmpty());
    for (JsonNode place : related) {
      assertThat(place.at("/physicalLocation/region/startLine").asInt()).isPositive();
      assertThat(place.at("/message/text").asString()).isNotEmpty();
    }
  }
}
