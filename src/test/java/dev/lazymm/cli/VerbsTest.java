package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.review.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code review}, {@code claims}, {@code explain} and {@code list}. */
class VerbsTest {
  private static final String[] SMALL_REVIEW = {
    "review",
    "--no-html",
    "--design",
    "refcount,no-refcount,shootdown",
    "--arch",
    "powerpc-hash,x86-eager"
  };

  @Test
  void aReviewAnswersTwiceForEachCell() {
    Cli run = Cli.run(SMALL_REVIEW).exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out())
        .containsPattern("\nrefcount +ok \\d+/\\d+ +ok \\d+/\\d+\n")
        .containsPattern("\nno-refcount +I1 \\d+/\\d+ +I1 \\d+/\\d+\n")
        .containsPattern("\nshootdown +ok \\d+/\\d+ +I1 \\d+/\\d+\n")
        .containsPattern("\n  no-refcount +I1 2, I2 1, I8 1, I9 2, WARN 2\n")
        .contains(
            "E06 yes, E07 yes, E08 yes, E12 yes, E13 yes", "E17 yes", "left out, larger: tlb-two")
        .contains("./lazymm review --deep\n", "./lazymm barriers --design refcount", "shoot");
    assertThat(run.out().lines().takeWhile(line -> !line.startsWith("Why not")))
        .as("the verdicts are one screen, and first")
        .hasSizeLessThanOrEqualTo(24);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void jsonOfTheReviewHoldsEverything() {
    String[] words =
        Stream.concat(Stream.of(SMALL_REVIEW), Stream.of("--json")).toArray(String[]::new);
    JsonNode all = Cli.run(words).exits(Exit.HOLDS).json();
    assertThat(all.propertyNames())
        .containsExactly(
            "schemaVersion",
            "model",
            "bound",
            "results",
            "minimal",
            "claims",
            "unexpected",
            "replay");
    assertThat(all.at("/results")).hasSize(6);
    assertThat(all.at("/results/0").propertyNames())
        .containsExactly(
            "design",
            "arch",
            "verdict",
            "broken",
            "scenarios",
            "executions",
            "hardware",
            "shortest");
    assertThat(all.at("/results/0/hardware/model").asString()).isEqualTo("power");
    assertThat(all.at("/minimal")).hasSize(6);
    assertThat(all.at("/minimal/0/needed/B1").asString()).isEqualTo("membarrier-c1-out");
    assertThat(all.at("/bound/leftOut")).isNotEmpty();
    assertThat(all.at("/claims")).hasSize(7);
    assertThat(all.at("/unexpected")).isEmpty();
    assertThat(all.at("/replay/events").asLong()).isPositive();
  }

  @Test
  void aReviewThatHitsItsBoundIsInconclusive() {
    Cli run =
        Cli.run(
            "review",
            "--no-html",
            "--max-executions",
            "2",
            "--design",
            "refcount",
            "--arch",
            "x86-eager");
    run.exits(Exit.INCONCLUSIVE).fitsIntoAMail();
    assertThat(run.out()).contains("?: a bound was hit", "NOT all were explored");
  }

  @Test
  void everyCommandBehindAReviewedClaimRunsAndAgrees() {
    List<String> words = new ArrayList<>(List.of("claims", "--json"));
    Claims.REVIEWED.forEach(c -> words.add(c.id()));
    JsonNode claims = Cli.run(words.toArray(String[]::new)).exits(Exit.HOLDS).json().at("/claims");
    assertThat(claims.findValuesAsString("id"))
        .containsExactly("E06", "E07", "E08", "E12", "E13", "E14", "E17");
    for (JsonNode claim : claims) {
      assertThat(claim.at("/agrees").asBoolean()).isTrue();
      long executions = 0;
      for (JsonNode part : claim.at("/parts")) {
        Cli run = Cli.run(words(part.at("/command").asString() + " --json"));
        if (!claim.hasNonNull("costs")) { // what is counted may be safe or not
          boolean holds = part.at("/found").asString().contains("everything holds");
          run.exits(holds ? Exit.HOLDS : Exit.VIOLATED);
        }
        for (JsonNode result : run.json().at("/results")) {
          executions += result.at("/executions").asLong();
        }
        JsonNode witness = part.at("/witness");
        if (!witness.isMissingNode() && !witness.isNull()) {
          JsonNode shown =
              Cli.run(words(witness.at("/command").asString() + " --format json"))
                  .exits(Exit.VIOLATED)
                  .json();
          assertThat(shown.at("/witness/steps").size()).isEqualTo(witness.at("/steps").asInt());
        }
      }
      assertThat(executions).isEqualTo(claim.at("/executions").asLong());
    }
  }

  @Test
  void claimsAreAParagraphEach() {
    Cli run = Cli.run("claims", "E14", "E07").exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out()).startsWith("E14  ").contains("\nE07  ").doesNotContain("E06");
    Cli bounded = Cli.run("claims", "E06", "--max-executions", "2").exits(Exit.INCONCLUSIVE);
    assertThat(bounded.out()).contains("agrees    inconclusive", "--max-executions 2");
  }

  @Test
  void theIpisOfAnExitAreCountedOnEveryArchitecture() {
    List<String> all = Arches.ALL.stream().map(Arches.Entry::name).toList();
    assertThat(countedFor("E17")).hasSameElementsAs(all);
    assertThat(countedFor("E13"))
        .hasSameElementsAs(
            all.stream().filter(a -> a.startsWith("x86") || a.startsWith("powerpc")).toList());
  }

  private static List<String> countedFor(String claim) {
    JsonNode costs = Cli.run("claims", claim, "--json").exits(Exit.HOLDS).json().at("/claims/0");
    return costs.at("/costs").findValuesAsString("arch");
  }

  @Test
  void anExplanationComesInManyForms() {
    String[] args = {
      "explain",
      "--scenario",
      "e14-exit-flush",
      "--design",
      "shootdown",
      "--arch",
      "x86-eager",
      "--invariant",
      "I6",
      "--format",
      "text"
    };
    Cli text = Cli.run(args).exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(text.out())
        .startsWith("I6 violated: shootdown on x86-eager, model sc\n  I6: mask contract")
        .contains("scenario e14-exit-flush: ", "  cpu 1: (A1) idle\n", "[mmdrop]", "\n>");
    args[10] = "dot";
    assertThat(Cli.run(args).exits(Exit.VIOLATED).out())
        .startsWith("digraph execution {\n")
        .contains("subgraph cluster_1 {", "s1 -> s2", "color=red")
        .endsWith("}\n");
    args[10] = "json";
    JsonNode json = Cli.run(args).exits(Exit.VIOLATED).json();
    assertThat(json.at("/invariant").asString()).isEqualTo("I6");
    assertThat(json.at("/witness/steps").size()).isGreaterThan(3);
    assertThat(words(json.at("/witness/command").asString())).contains("I6", "explain");
    assertThat(json.at("/relations").size()).isPositive();
    assertThat(json.at("/prevention/answer").asString()).isEqualTo("in-order");
    args[10] = "svg";
    assertThat(Cli.run(args).exits(Exit.VIOLATED).out()).startsWith("<svg ").contains(">rf</text>");
    args[10] = "sarif";
    JsonNode sarif = Cli.run(args).exits(Exit.VIOLATED).json();
    assertThat(sarif.at("/runs/0/results")).hasSize(1);
    assertThat(sarif.at("/runs/0/results/0/ruleId").asString()).isEqualTo("I6");
  }

  @Test
  void relationsAreShownByName() {
    String[] args =
        "explain --scenario e06-exec-idle --design refcount --arch x86-eager --model lkmm --show hb,po"
            .split(" ");
    Cli shown = Cli.run(args).exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(shown.out())
        .contains("\n  hb  ", "\n  rf  ", "the cycle that lkmm allows\n", "ordered by acq-po");
    args[args.length - 1] = "hb,ob";
    assertThat(Cli.run(args).exits(Exit.USAGE).err())
        .contains("there is no relation \"ob\"", "expected one of po, rf, co, fr, ", "hb, pb");
    args[args.length - 3] = "sc";
    args[args.length - 1] = "hb";
    assertThat(Cli.run(args).exits(Exit.USAGE).err()).contains("expected one of po, rf, co, fr\n");
  }

  @Test
  void thereMayBeNothingToExplain() {
    String[] args = {
      "explain", "--scenario", "e14-exit-flush", "--design", "refcount", "--arch", "x86-eager"
    };
    assertThat(Cli.run(args).exits(Exit.HOLDS).err()).contains("nothing to explain");
    args[4] = "shootdown";
    String[] more =
        Stream.concat(Stream.of(args), Stream.of("--invariant", "I2")).toArray(String[]::new);
    assertThat(Cli.run(more).exits(Exit.USAGE).err()).contains("there is no violation of \"I2\"");
    args[2] = "e14-*";
    assertThat(Cli.run(args).exits(Exit.USAGE).err()).contains("is 4 scenarios");
  }

  @Test
  void listsAreByName() {
    assertThat(Cli.run("list", "designs").exits(Exit.HOLDS).fitsIntoAMail().out())
        .contains("refcount", "shootdown-debug", "piggin-v4", "no-lazy");
    Cli.run("list").exits(Exit.HOLDS).fitsIntoAMail();
    JsonNode all = Cli.run("list", "--json").exits(Exit.HOLDS).json();
    assertThat(all.propertyNames())
        .containsExactly(
            "schemaVersion",
            "scenarios",
            "designs",
            "arches",
            "invariants",
            "claims",
            "history",
            "mappings");
    assertThat(all.at("/scenarios").size()).isGreaterThanOrEqualTo(12);
    assertThat(all.at("/invariants").findValuesAsString("about")).doesNotContain("");
  }

  static Stream<String> verbs() {
    return Stream.of(
        "review",
        "check",
        "explain",
        "claims",
        "regressions",
        "simulate",
        "replay",
        "live",
        "list",
        "probe");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void helpShowsTheExitCodesAndJson(String verb) {
    String help = Cli.run("help", verb).exits(Exit.HOLDS).out();
    assertThat(help).contains("Usage: lazymm " + verb, "--json");
    assertThat(Cli.run(verb, "--help").exits(Exit.HOLDS).out()).isEqualTo(help);
    assertThat(Cli.run("--help").out()).containsPattern("\n +" + verb + " ");
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    assertThat(words.removeFirst()).isEqualTo("./lazymm");
    return words.toArray(String[]::new);
  }
}
