package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code regressions}, and {@code --history} of the verbs that it points to. */
class RegressionsCommandTest {
  /** The commands of a text, each on one line and without {@code ./lazymm}. */
  private static Set<String> commands(String text) {
    Set<String> commands = new TreeSet<>();
    for (String line : text.replaceAll(" \\\\\\n +", " ").lines().toList()) {
      if (line.strip().startsWith("./lazymm ")) {
        commands.add(line.strip().substring("./lazymm ".length()));
      }
    }
    return commands;
  }

  @Test
  @Tag("slow")
  void everyCommandShowsAgainWhatItStandsBeside() {
    Cli all = Cli.run("regressions").exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(all.out()).doesNotContain("NOT AS EXPECTED", "CPU 0  ");
    showAgain(commands(all.out()));
  }

  @Test
  void someCommandsShowAgainWhatTheyStandBeside() {
    String some = "R01,R06,R14,R25";
    showAgain(commands(Cli.run("regressions", "--regression", some).exits(Exit.HOLDS).out()));
  }

  private static void showAgain(Set<String> commands) {
    assertThat(commands).anyMatch(c -> c.contains("--history R01"));
    for (String command : commands) {
      boolean found = command.startsWith("explain");
      Cli run = Cli.run(command.split(" ")).exits(found ? Exit.VIOLATED : Exit.HOLDS);
      assertThat(run.out()).as(command).contains(found ? " violated: " : "  holds ");
    }
  }

  @Test
  void oneThatIsAskedForIsDrawn() {
    Cli one = Cli.run("regressions", "--regression", "R13").exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(one.out()).startsWith("R13  ").contains("CPU 0  ").doesNotContain("R14");
    assertThat(one.out()).contains("\n1 regression: 1 found and gone, 0 not as expected");
  }

  @Test
  void oneThatIsNotRunSaysWhy() {
    Cli one = Cli.run("regressions", "--regression", "R22").exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(one.out()).contains("not run  mm_cid is not modelled");
  }

  @Test
  void aBoundThatIsHitLeavesItOpen() {
    Cli.run("regressions", "--regression", "R13", "--max-executions", "1", "--brief")
        .exits(Exit.INCONCLUSIVE)
        .fitsIntoAMail();
  }

  @Test
  void jsonHasBothChecksOfEachRun() {
    JsonNode all = Cli.run("regressions", "--regression", "R14,R07", "--json").exits(0).json();
    assertThat(all.propertyNames()).containsExactly("schemaVersion", "regressions", "notRun");
    JsonNode runs = all.at("/regressions/0/runs");
    assertThat(runs).hasSize(3);
    assertThat(runs.at("/0/before/verdict").asString()).isEqualTo("holds");
    assertThat(runs.at("/1/before/history").asString()).isEqualTo("R14");
    assertThat(runs.at("/1/before/model").asString()).isEqualTo("tso");
    assertThat(runs.at("/1/before/violations/0/invariant").asString()).isEqualTo("I7");
    assertThat(runs.at("/1/after/history").isNull()).isTrue();
    assertThat(runs.at("/1/after/verdict").asString()).isEqualTo("holds");
    assertThat(all.at("/notRun/0/id").asString()).isEqualTo("R07");
  }

  @Test
  void aBugIsLookedForWhereItWasUnlessMoreIsSaid() {
    Cli run = Cli.run("check", "--history", "ResetMask", "--brief").exits(Exit.VIOLATED);
    assertThat(run.out()).contains("shootdown on powerpc-radix with R05").contains("r05-trim-use");
    assertThat(run.out()).doesNotContain("x86", "powerpc-hash", "e07-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          check --history R5                              | no past bug "R5"; did you mean "R05"?
          check --history ResetMsk                        | did you mean "ResetMask"?
          check --history R05 --arch x86-eager            | R05 was not on x86-eager
          check --history R08 --design refcount           | R08 was not in refcount
          check --history R01 --model tso                 | alpha-ipi is not known to model tso
          check --history R05 --membarrier conditional    | R05 was not in a kernel with membarrier conditional
          regressions --regression R99                    | no regression "R99"
          regressions --regression R05 --mutations        | expected no --regression
          regressions --brief --mutations                 | expected no --regression and no --brief
          explain --history R05 --scenario r05-trim-use --design shootdown --arch x86-lazy | R05 was not on x86-lazy
          """)
  void whatCannotBeIsRefused(String command, String said) {
    Cli run = Cli.run(command.strip().split(" +")).exits(Exit.USAGE);
    assertThat(run.err()).contains(said);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theListNamesThem() {
    List<String> lines = new ArrayList<>();
    Cli.run("list", "history").exits(0).fitsIntoAMail().out().lines().forEach(lines::add);
    assertThat(lines).anyMatch(l -> l.startsWith("R05  "));
  }
}
