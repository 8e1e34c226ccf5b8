package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The rules of the SARIF 2.1.0 schema for the objects that we write: which properties each has and
 * must have, which values are allowed, and what must not be empty.
 */
final class SarifRules {
  /** What an object may hold; what begins with {@code !} it must. */
  private static final Map<String, Set<String>> PROPERTIES =
      Map.ofEntries(
          Map.entry("", Set.of("$schema", "!version", "!runs")),
          Map.entry(
              "runs",
              Set.of("!tool", "invocations", "originalUriBaseIds", "columnKind", "results")),
          Map.entry("tool", Set.of("!driver")),
          Map.entry("driver", Set.of("!name", "version", "rules")),
          Map.entry("rules", Set.of("!id", "shortDescription")),
          Map.entry("invocations", Set.of("!executionSuccessful")),
          Map.entry("shortDescription", Set.of("!text")),
          Map.entry("description", Set.of("!text")),
          Map.entry("message", Set.of("!text")),
          Map.entry(
              "results",
              Set.of(
                  "ruleId",
                  "ruleIndex",
                  "kind",
                  "level",
                  "!message",
                  "locations",
                  "relatedLocations",
                  "codeFlows",
                  "stacks",
                  "partialFingerprints",
                  "properties")),
          Map.entry("locations", Set.of("physicalLocation", "logicalLocations", "message")),
          Map.entry("relatedLocations", Set.of("physicalLocation", "logicalLocations", "message")),
          Map.entry("location", Set.of("physicalLocation", "logicalLocations", "message")),
          Map.entry("physicalLocation", Set.of("!artifactLocation", "region")),
          Map.entry("artifactLocation", Set.of("uri", "uriBaseId", "description")),
          Map.entry("SRCROOT", Set.of("uri", "uriBaseId", "description")),
          Map.entry("originalUriBaseIds", Set.of("SRCROOT")),
          Map.entry("region", Set.of("startLine")),
          Map.entry("logicalLocations", Set.of("name", "fullyQualifiedName", "kind")),
          Map.entry("codeFlows", Set.of("message", "!threadFlows")),
          Map.entry("threadFlows", Set.of("id", "!locations")),
          Map.entry("threadFlowLocations", Set.of("location", "executionOrder", "importance")),
          Map.entry("stacks", Set.of("message", "!frames")),
          Map.entry("frames", Set.of("location")));

  private SarifRules() {}

  static void check(JsonNode document) {
    assertThat(document.at("/version").asString("")).isEqualTo("2.1.0");
    assertThat(document.at("/$schema").asString("")).endsWith("sarif-2.1.0.json");
    assertThat(document.at("/runs").size()).isPositive();
    walk("", document);
    for (JsonNode run : document.at("/runs")) {
      JsonNode rules = run.at("/tool/driver/rules");
      assertThat(rules.findValuesAsString("id")).doesNotHaveDuplicates();
      run.at("/results").forEach(result -> result(result, rules, run));
    }
  }

  /** Objects have only what they may and all that they must; nothing is null. */
  private static void walk(String name, JsonNode node) {
    assertThat(node.isNull()).as("%s is null", name).isFalse();
    if (node.isArray()) {
      node.forEach(element -> walk(name, element));
    } else if (node.isObject() && !Set.of("properties", "partialFingerprints").contains(name)) {
      Set<String> known = PROPERTIES.getOrDefault(name, Set.of());
      assertThat(known).as("the object " + name).isNotEmpty();
      for (String property : node.propertyNames()) {
        assertThat(known.contains(property) || known.contains("!" + property))
            .as("%s may have %s", name, property)
            .isTrue();
        boolean steps = name.equals("threadFlows") && property.equals("locations");
        walk(steps ? "threadFlowLocations" : property, node.get(property));
      }
      for (String property : known) {
        assertThat(!property.startsWith("!") || node.has(property.substring(1)))
            .as("%s must have %s", name, property)
            .isTrue();
      }
    }
  }

  private static void result(JsonNode result, JsonNode rules, JsonNode run) {
    int index = result.at("/ruleIndex").asInt();
    assertThat(rules.has(index)).isTrue();
    assertThat(rules.get(index).at("/id")).isEqualTo(result.at("/ruleId"));
    String kind = result.at("/kind").asString();
    assertThat(kind).isIn("fail", "open");
    assertThat(result.at("/level").asString()).isIn(kind.equals("fail") ? "error" : "none");
    assertThat(result.at("/locations").size()).isPositive();
    for (JsonNode region : result.findValues("region")) {
      assertThat(region.at("/startLine").asInt()).isPositive();
    }
    for (JsonNode file : result.findValues("artifactLocation")) {
      URI uri = URI.create(file.at("/uri").asString());
      assertThat(uri.isAbsolute()).isFalse();
      assertThat(run.at("/originalUriBaseIds").has(file.at("/uriBaseId").asString())).isTrue();
    }
    for (JsonNode flows : result.findValues("threadFlows")) {
      assertThat(flows.size()).isPositive();
      Set<Integer> orders = new HashSet<>();
      int steps = 0;
      for (JsonNode flow : flows) {
        assertThat(flow.at("/locations").size()).isPositive();
        int last = 0;
        for (JsonNode step : flow.at("/locations")) {
          assertThat(step.at("/importance").asString()).isIn("essential", "important");
          int order = step.at("/executionOrder").asInt();
          assertThat(order).isGreaterThan(last);
          last = order;
          orders.add(order);
          steps++;
        }
      }
      assertThat(orders).as("one order over all CPUs, from 1").hasSize(steps);
      assertThat(orders.stream().mapToInt(Integer::intValue).max()).hasValue(steps);
    }
    for (JsonNode frames : result.findValues("frames")) {
      assertThat(frames.size()).isPositive();
    }
  }
}
