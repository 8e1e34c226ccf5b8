package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CheckCommandTest {
  private static final String[] E07 = {
    "check", "--scenario", "e07-idle-exit", "--design", "no-refcount", "--arch", "x86-eager"
  };

  @Test
  void whatHoldsIsALine() {
    Cli run = Cli.run("check", "--scenario", "e06-idle-exit", "--design", "refcount");
    run.exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out())
        .contains("refcount on x86-eager, model sc", "refcount on powerpc-hash, model sc")
        .containsPattern("holds +\\d+ +\\d+ +e06-idle-exit\n")
        .contains("2 checks: 2 hold, 0 violated, 0 inconclusive")
        .doesNotContain("CPU 0");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aViolationIsDrawnWithTheCommandThatShowsItAgain() {
    Cli run = Cli.run(E07).exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(run.out())
        .contains(
            "I1 violated: no-refcount on x86-eager, scenario e07-idle-exit",
            "     CPU 0                            CPU 1",
            """
              ./lazymm explain --scenario e07-idle-exit --design no-refcount \\
                  --arch x86-eager --invariant I1
            """)
        .containsOnlyOnce("\n>");
  }

  @Test
  void briefDrawsNothing() {
    String[] args = Arrays.copyOf(E07, E07.length + 1);
    args[E07.length] = "--brief";
    Cli run = Cli.run(args).exits(Exit.VIOLATED);
    assertThat(run.out()).contains("e07-idle-exit: I1").doesNotContain("CPU 0");
  }

  @Test
  void aBoundThatIsHitIsInconclusiveAndSaysSo() {
    String[] args = {
      "check",
      "--scenario",
      "e06-use-exit",
      "--max-executions",
      "3",
      "--design",
      "refcount",
      "--arch",
      "x86-eager"
    };
    Cli run = Cli.run(args).exits(Exit.INCONCLUSIVE).fitsIntoAMail();
    assertThat(run.out()).contains("inconclusive", "gave up after 3 executions");
  }

  @Test
  void jsonHasTheDocumentedKeys() {
    String[] args = Arrays.copyOf(E07, E07.length + 1);
    args[E07.length] = "--json";
    JsonNode document = Cli.run(args).exits(Exit.VIOLATED).json();
    assertThat(document.at("/schemaVersion").asInt()).isEqualTo(1);
    assertThat(document.at("/results")).hasSize(1);
    JsonNode result = document.at("/results/0");
    assertThat(result.propertyNames())
        .containsExactly(
            "design",
            "arch",
            "model",
            "whatIf",
            "history",
            "scenario",
            "verdict",
            "invariant",
            "reached",
            "executions",
            "blocked",
            "costs",
            "bound",
            "why",
            "witness",
            "violations",
            "command");
    assertThat(result.at("/verdict").asString()).isEqualTo("violated");
    assertThat(result.at("/invariant").asString()).isEqualTo("I1");
    assertThat(result.at("/reached").asBoolean()).isTrue();
    assertThat(result.at("/bound").propertyNames())
        .containsExactly("cpus", "events", "maxExecutions", "complete", "leftOut");
    assertThat(result.at("/witness/steps/0").propertyNames())
        .containsExactly("cpu", "action", "step", "site", "cells", "bad");
    assertThat(result.at("/witness/steps/0/cells").isArray()).isTrue();
    assertThat(result.at("/witness/command").asString()).startsWith("./lazymm explain ");
    assertThat(result.at("/violations/0/invariant").asString()).isEqualTo("I1");
    assertThat(result.at("/violations/0").propertyNames())
        .containsExactly("invariant", "what", "witness", "savedBy");
    assertThat(result.at("/violations/0/savedBy")).isEmpty();
    assertThat(result.at("/violations/0/witness")).isEqualTo(result.at("/witness"));
    assertThat(result.at("/command").asString()).isEqualTo("./lazymm " + String.join(" ", E07));
  }

  @Test
  void jsonOfWhatHoldsHasNulls() {
    JsonNode result =
        Cli.run(
                "check",
                "--scenario",
                "e08-shoot-idle",
                "--design",
                "refcount",
                "--arch",
                "x86-eager",
                "--json")
            .exits(Exit.HOLDS)
            .json()
            .at("/results/0");
    assertThat(result.at("/verdict").asString()).isEqualTo("holds");
    assertThat(result.at("/invariant").isNull()).isTrue();
    assertThat(result.at("/witness").isNull()).isTrue();
    assertThat(result.at("/reached").isNull()).isTrue();
    assertThat(result.at("/violations")).isEmpty();
  }

  @Test
  void scenariosOfAFileAreCheckedOneByOneOrTogether(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("two.scenarios");
    Files.writeString(
        file,
        """
        scenario one: to idle
        cpu 0: (A1) idle
        scenario two: and back
        cpu 0: (A1) idle; run A1
        """);
    Cli both = Cli.run("check", "--scenario", file.toString(), "--brief").exits(Exit.HOLDS);
    assertThat(both.out()).contains("12 checks: 12 hold");
    Cli one = Cli.run("check", "--scenario", file + ":two", "--json", "--design", "refcount");
    JsonNode results = one.exits(Exit.HOLDS).json().at("/results");
    assertThat(results).hasSize(2);
    assertThat(results.at("/0/command").asString()).contains(file + ":two");
  }

  @Test
  void theOrderOfExplorationChangesNoVerdict() {
    for (String order : new String[] {"0,1", "1,0", "1", "2,1,0"}) {
      Cli run = Cli.run("check", "--scenario", "e07-*,e14-*", "--order", order, "--json");
      run.exits(Exit.VIOLATED);
      JsonNode results = run.json().at("/results");
      JsonNode usual =
          Cli.run("check", "--scenario", "e07-*,e14-*", "--json").json().at("/results");
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).at("/verdict")).isEqualTo(usual.get(i).at("/verdict"));
        assertThat(results.get(i).at("/invariant")).isEqualTo(usual.get(i).at("/invariant"));
        assertThat(results.get(i).at("/command").asString()).contains("--order " + order);
      }
    }
  }
}
