package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.check.Invariants;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JUnit XML and SARIF of the same checks: some hold, some are violated, some are inconclusive. */
class CheckFormatsTest {
  private static final String IMPOSSIBLE =
      """
      scenario never-there: an end that no execution has
      cpu 0: (A1) idle
      exists: freed(A)
      """;

  private static List<Done> check(long maxExecutions, String scenarios) {
    Checks.Options options = new Checks.Options(maxExecutions, List.of(), 2);
    List<Job.Named> some =
        new ArrayList<>(
            ScenarioLibrary.builtIn().startingWith(scenarios).stream().map(Job.Named::of).toList());
    if (scenarios.equals("e08")) {
      ScenarioParser.parse("x", IMPOSSIBLE).forEach(s -> some.add(Job.Named.of(s)));
    }
    return new Checks(options, Checks.Progress.NONE).run(Job.all(Designs.ALL, Arches.ALL, some));
  }

  private static List<Done> done() {
    List<Done> done = new ArrayList<>(check(5_000_000, "e08"));
    done.addAll(check(3, "e06-use-exit"));
    return done;
  }

  private static JsonNode sarif(List<Done> done) {
    Commands commands = new Commands(Checks.Options.defaults());
    return JsonMapper.shared()
        .readTree(Json.writeWithoutNulls(CheckSarif.of(done, commands, "1 (git 2)")));
  }

  @Test
  void sarifKeepsTheSchema() {
    List<Done> done = done();
    JsonNode document = sarif(done);
    SarifRules.check(document);
    JsonNode results = document.at("/runs/0/results");
    long violations = done.stream().mapToLong(d -> d.violations().size()).sum();
    long open = done.stream().filter(Done::inconclusive).count();
    assertThat(open).isPositive();
    assertThat(results).hasSize((int) (violations + open));
    for (JsonNode result : results) {
      String rule = result.at("/ruleId").asString();
      assertThat(result.at("/message/text").asString())
          .contains(result.at("/properties/command").asString());
      boolean drawn = !rule.equals("BOUND") && !rule.equals(Invariants.EXISTS);
      assertThat(result.has("codeFlows")).isEqualTo(drawn);
      boolean byCode = List.of("I1", "I2", "UAF", "WARN").contains(rule);
      assertThat(result.has("stacks") || !byCode).as(rule).isTrue();
      if (drawn) {
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
            .startsWith("src/main/java/dev/lazymm/kernel/");
      }
    }
    assertThat(results.findValuesAsString("ruleId")).contains("I1", "BOUND", "exists");
  }

  @Test
  void sarifOfWhatHoldsHasNoResults() {
    List<Done> held = done().stream().filter(d -> d.violations().isEmpty()).toList();
    JsonNode document = sarif(held.stream().filter(d -> !d.inconclusive()).toList());
    SarifRules.check(document);
    assertThat(document.at("/runs/0/results").isArray()).isTrue();
    assertThat(document.at("/runs/0/results")).isEmpty();
  }

  /** The rules notice what they are for. */
  @Test
  void theRulesOfSarifFailWhenTheyShould() {
    JsonNode good = sarif(check(5_000_000, "e14"));
    List<Consumer<JsonNode>> harms =
        List.of(
            d -> ((ObjectNode) d).put("version", "2.0.0"),
            d -> ((ObjectNode) d.at("/runs/0/tool/driver")).remove("name"),
            d -> ((ObjectNode) d.at("/runs/0/results/0")).remove("message"),
            d -> ((ObjectNode) d.at("/runs/0/results/0")).put("ruleIndex", 99),
            d -> ((ObjectNode) d.at("/runs/0/results/0")).put("level", "grave"),
            d -> ((ObjectNode) d.at("/runs/0/results/0")).putNull("stacks"),
            d -> ((ObjectNode) d.at("/runs/0/results/0")).put("colour", "red"),
            d ->
                ((ObjectNode) d.at("/runs/0/results/0/locations/0/physicalLocation/region"))
                    .put("startLine", 0),
            d ->
                ((ObjectNode)
                        d.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation"))
                    .put("uri", "a b\\c"),
            d ->
                ((ArrayNode) d.at("/runs/0/results/0/codeFlows/0/threadFlows/0/locations"))
                    .removeAll());
    for (Consumer<JsonNode> harm : harms) {
      JsonNode bad = good.deepCopy();
      harm.accept(bad);
      assertThatThrownBy(() -> SarifRules.check(bad))
          .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class);
    }
  }

  @Test
  void junitHasATestCaseForEachCheck() throws Exception {
    List<Done> done = done();
    String text = CheckJunit.of(done, new Commands(Checks.Options.defaults()));
    assertThat(text).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("testsuites");
    List<Element> suites = elements(root, "testsuite");
    assertThat(suites).hasSize(Designs.ALL.size() * Arches.ALL.size());
    for (Element suite : suites) {
      assertCounts(suite);
    }
    assertCounts(root);
    List<Element> cases = elements(root, "testcase");
    assertThat(cases).hasSameSizeAs(done);
    for (Element one : cases) {
      Done d = find(done, one).orElseThrow();
      List<Element> failures = elements(one, "failure");
      assertThat(failures).hasSize(d.violations().isEmpty() ? 0 : 1);
      assertThat(elements(one, "error")).hasSize(d.inconclusive() ? 1 : 0);
      if (!failures.isEmpty()) {
        Element failure = failures.getFirst();
        String gravest = d.violations().getFirst().invariant();
        assertThat(failure.getAttribute("type")).isEqualTo(gravest);
        assertThat(failure.getAttribute("message")).contains(d.violations().getFirst().what());
        assertThat(failure.getTextContent()).contains("./lazymm explain");
        boolean drawn = !d.violations().getFirst().witness().steps().isEmpty();
        assertThat(
                failure.getTextContent().contains("CPU 0\n")
                    || failure.getTextContent().contains("CPU 0 "))
            .isEqualTo(drawn);
      }
      elements(one, "error")
          .forEach(error ->
              assertThat(error.getAttribute("message")).contains("gave up after 3 executions"));
    }
  }

  private static Optional<Done> find(List<Done> done, Element testcase) {
    return done.stream()
        .filter(d ->
            testcase.getAttribute("classname").equals(d.result().design() + "." + d.result().arch())
                && testcase.getAttribute("name").equals(d.job().spelled()))
        .findFirst();
  }

  private static void assertCounts(Element suite) {
    for (String[] pair :
        new String[][] {
          {"tests", "testcase"},
          {"failures", "failure"},
          {"errors", "error"},
          {"skipped", "skipped"}
        }) {
      assertThat(suite.getAttribute(pair[0])).isEqualTo(elements(suite, pair[1]).size() + "");
    }
    for (Element one : elements(suite, "testcase")) {
      assertThat(one.getAttribute("name")).isNotEmpty();
      assertThat(one.getAttribute("classname")).isNotEmpty();
      assertThat(one.getAttribute("time")).isEqualTo("0");
    }
  }

  private static List<Element> elements(Element in, String name) {
    NodeList nodes = in.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  // ---- the matrix ------------------------------------------------------------------------------

  private static List<Done> of(long maxExecutions, List<String> designs) {
    List<Job.Named> some = List.of(Job.Named.of(ScenarioLibrary.builtIn().find("e07-idle-exit")));
    List<Designs.Entry> entries =
        designs.stream().map(d -> Designs.find(d).orElseThrow()).toList();
    return new Checks(new Checks.Options(maxExecutions, List.of(), 1), Checks.Progress.NONE)
        .run(Job.all(entries, Arches.USUAL, some));
  }

  @Test
  void aMatrixHasACellForEachDesignOnEachArchitecture() {
    assertThat(CheckMatrix.of(of(1000, List.of("refcount", "no-refcount", "shootdown"))))
        .startsWith(
            """
                          refcount  no-refcount  shootdown
            x86-eager     holds     I1 WARN      I1 I6 WARN
            powerpc-hash  holds     I1 I2 WARN   holds

            6 checks: 3 hold, 3 violated, 0 inconclusive;""");
  }

  @Test
  void whatDoesNotFitIsBelowAndABoundIsSaid() {
    String wide =
        CheckMatrix.of(
            of(1, List.of("refcount", "luto-hazard-mask", "luto-hazard-empty", "desnoyers-hp")));
    assertThat(wide.lines()).allMatch(line -> line.length() <= Text.WIDTH);
    assertThat(wide.lines().filter(line -> line.startsWith("x86-eager"))).hasSize(2);
    assertThat(wide).contains("x86-eager     bound");
  }
}
