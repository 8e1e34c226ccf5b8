package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Designs of one's own on the command line: the examples, the five cheats, and the verbs. */
class OwnDesignsTest {
  private static final String EXAMPLES = "examples/designs/";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"DesnoyersHazard", "LinusRule"})
  void theExamplesOverTheLibraryOnEveryArchitecture(String design) {
    Cli run = Cli.run("check", "--brief", "--design", EXAMPLES + design + ".java");
    run.exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out()).contains(" 0 violated, 0 inconclusive");
  }

  /** What it gets wrong needs an exit that is preempted, or a CPU that goes. */
  @Test
  void theWrongExampleIsFoundWhereAnExitIsPreemptedOrACpuGoes() {
    Cli run = Cli.run("check", "--brief", "--design", EXAMPLES + "HazardTooEarly.java");
    run.exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(run.out().lines().filter(line -> line.startsWith("  violated")))
        .isNotEmpty()
        .allMatch(line -> line.contains(": I1"))
        .allMatch(line -> line.contains("hazard-exit-preempted") || line.contains("hotplug-"));
  }

  @ParameterizedTest
  @CsvSource({"DesnoyersHazard,0", "LinusRule,0", "HazardTooEarly,1"})
  void theExampleThatIsWrongIsFoundWhereExitIsPreempted(String design, int code) {
    String file = EXAMPLES + design + ".java";
    Cli run = Cli.run("check", "--design", file, "--scenario", EXAMPLES + "r28.scenarios");
    run.exits(code);
    if (code == Exit.VIOLATED) {
      run.fitsIntoAMail();
      assertThat(run.out())
          .contains("I1 violated: hazard-too-early on x86-eager", "lazy_mm(hazard0) = NULL")
          .contains("I1 violated: hazard-too-early on powerpc-hash")
          .contains("--design " + file);
    }
  }

  @Test
  void theCommandThatIsPrintedExplains() {
    String file = EXAMPLES + "HazardTooEarly.java";
    String scenario = EXAMPLES + "r28.scenarios:r28-exit-preempted";
    Cli.run("explain", "--design", file, "--scenario", scenario, "--arch", "powerpc-hash")
        .exits(Exit.VIOLATED);
  }

  @Test
  void jsonNamesTheDesignAndSpellsItsFile() {
    String file = EXAMPLES + "LinusRule.java";
    Cli run = Cli.run("check", "--json", "--design", file, "--scenario", "e07-idle-exit");
    JsonNode result = run.exits(Exit.HOLDS).json().get("results").get(0);
    assertThat(result.get("design").asString()).isEqualTo("own-linus-rule");
    assertThat(result.get("command").asString()).contains("--design " + file);
  }

  /** And shows no zeros for costs that the replay does not know. */
  @Test
  void aReviewAnswersForIt() {
    Cli run =
        Cli.run(
            "review",
            "--no-html",
            "--design",
            EXAMPLES + "LinusRule.java",
            "--arch",
            "powerpc-hash");
    run.exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out())
        .containsPattern("own-linus-rule +ok \\d+/\\d+\n")
        .contains("not replayed: own-linus-rule", "barriers --design " + EXAMPLES);
    Cli replay = Cli.run("replay", "x", "--design", EXAMPLES + "LinusRule.java");
    assertThat(replay.exits(Exit.USAGE).err())
        .contains("replay does not count what own-linus-rule costs", "check --design " + EXAMPLES);
  }

  @Test
  void conditionsMaySpeakOfIt() throws IOException {
    Path scenarios =
        Files.writeString(
            folder.resolve("own.scenarios"),
            "scenario own: one\ncpu 0: (A1) idle\nalways with own-linus-rule: count(A) = 7\n");
    Cli run =
        Cli.run(
            "check",
            "--design",
            EXAMPLES + "LinusRule.java",
            "--scenario",
            scenarios.toString(),
            "--arch",
            "x86-eager");
    run.exits(Exit.VIOLATED);
  }

  @Test
  void twoFilesOfOneName() throws IOException {
    Path copy = folder.resolve("LinusRule.java");
    Files.copy(Path.of(EXAMPLES + "LinusRule.java"), copy);
    Cli run = Cli.run("check", "--design", copy + "," + EXAMPLES + "LinusRule.java");
    run.exits(Exit.USAGE);
    assertThat(run.err()).contains("both have the name own-linus-rule");
  }

  /** Each cheats in one line; the line that does it is the one that is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          static counter    | static int n; // X                | n++;
          clock             |                                   | cpu.warnOn(System.nanoTime() == 0, "x"); // X
          plain field       | boolean lazy; // X                | lazy = !lazy;
          endless loop      |                                   | for (int i = 0; i < 1; i *= 2) {} // X
          swallowed         |                                   | try { cpu.smpMb(Sites.B1); } catch (RuntimeException e) {} // X
          """)
  void whoCheatsIsRefusedWithTheLineThatDoesIt(String cheat, String member, String statement)
      throws IOException {
    List<String> text =
        """
        import dev.lazymm.kernel.*;
        import dev.lazymm.machine.*;
        class Cheat extends NoRefcount {
          public String name() { return "cheat"; }
          %s
          public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
            %s
          }
        }
        """
            .formatted(member == null ? "" : member, statement)
            .lines()
            .toList();
    Path file = Files.write(folder.resolve("Cheat.java"), text);
    int line = 1;
    while (!text.get(line - 1).contains("// X")) {
      line++;
    }
    String[] explain = {
      "explain", "--scenario", "e06-exit-exit", "--arch", "x86-eager", "--design", file.toString()
    };
    for (Cli run : List.of(Cli.run("check", "--design", file.toString()), Cli.run(explain))) {
      assertThat(run.code()).as(cheat).isEqualTo(Exit.USAGE);
      assertThat(run.err()).as(cheat).contains(file + ":" + line + ": ");
      assertThat(run.err()).doesNotContain("internal error", "\tat ");
    }
  }

  @Test
  void whoThrowsAtBootIsTold() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("Cheat.java"),
            """
            import dev.lazymm.kernel.*;
            import dev.lazymm.machine.*;
            class Cheat extends NoRefcount {
              public String name() { return "cheat"; }
              public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
                throw new IllegalStateException("no");
              }
            }
            """);
    Cli run = Cli.run("check", "--design", file.toString());
    assertThat(run.code()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains(file + ":6: IllegalStateException: no").doesNotContain("\tat ");
  }

  @Test
  void whatIsNoDesignAndNoFile() {
    Cli run = Cli.run("check", "--design", "refcont");
    run.exits(Exit.USAGE);
    assertThat(run.err()).contains("did you mean \"refcount\"");
  }
}
