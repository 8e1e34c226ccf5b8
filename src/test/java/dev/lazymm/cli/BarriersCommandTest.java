package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code barriers}, and {@code --weaken} of {@code check} and {@code explain}. */
class BarriersCommandTest {
  private static final String B3 =
      "barriers --design refcount --arch x86-lazy --model sc,tso --sites B3"
          + " --scenario tlb-switch-back,switch-migrate";

  private static Cli run(String words) {
    return Cli.run(words.split(" "));
  }

  @Test
  void theTableHasARowForEachFormAndEachNeededOneItsCommand() {
    Cli result = run(B3).exits(0).fitsIntoAMail();
    assertThat(result.out())
        .contains("refcount on x86-lazy: each site weakened alone")
        .containsPattern("(?m)^  B3 +removed +- +needed$")
        .contains("B3 removed: tlb-switch-back breaks I7 (tso)")
        .contains("bound: 2 scenarios");
  }

  @Test
  void theCommandShowsTheViolation() {
    Matcher command =
        Pattern.compile("  \\./lazymm (check(?: .*\\\\\n)*.*)").matcher(run(B3).out());
    assertThat(command.find()).isTrue();
    List<String> words = new ArrayList<>();
    for (String word : command.group(1).replace("\\\n", " ").split(" +", -1)) {
      words.add(word);
    }
    Cli shown = Cli.run(words.toArray(String[]::new)).exits(1);
    assertThat(shown.out())
        .contains("model tso, B3=removed", "tlb-switch-back: I7", "--weaken B3=removed");
    String explain = "explain --scenario tlb-switch-back --design refcount --arch x86-lazy";
    assertThat(run(explain + " --model tso --weaken B3").exits(1).out())
        .contains("--weaken B3=removed");
    run(explain + " --model tso").exits(0);
  }

  @Test
  void documentsHaveTheSame() {
    JsonNode json = run(B3 + " --json").exits(0).json();
    assertThat(json.at("/cells/0/answer").asString()).isEqualTo("no-difference");
    assertThat(json.at("/cells/1/answer").asString()).isEqualTo("needed");
    assertThat(json.at("/cells/1/scenario").asString()).isEqualTo("tlb-switch-back");
  }

  @Test
  void whatIsCutIsInconclusive() {
    Cli result =
        run("barriers --design refcount --arch x86-lazy --scenario tlb-two-flushes"
                + " --model lkmm --timeout 0.001")
            .exits(3);
    assertThat(result.out()).contains("inconclusive").doesNotContain("everything holds");
  }

  /** What was not explored as it is may need any site; nothing is said to be broken in it. */
  @Test
  void aScenarioThatABoundEndsLeavesAllOpen() {
    String words =
        "barriers --design refcount --arch x86-lazy --scenario switch-migrate,tlb-two-flushes"
            + " --model tso --sites B1 --max-executions 25";
    assertThat(run(words).exits(3).out())
        .containsPattern("(?m)^  B1 +removed +\\?$")
        .contains("not explored to the end as it is (tso): tlb-two-flushes")
        .contains("together, under tso: inconclusive")
        .doesNotContain("left out");
    JsonNode json = run(words + " --json").exits(3).json();
    assertThat(json.at("/cells/0/answer").asString()).isEqualTo("inconclusive");
    assertThat(json.at("/leftOut").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--weaken mask-st | there is no site \"mask-st\"; did you mean \"mask-set\"?",
        "--weaken B1=acq | there is no weaker form \"acq\"",
        "--weaken B1=acquire | the site B1 cannot become acquire",
        "--weaken B1,B1=removed | --weaken names B1 twice",
        "--weaken shoot-ipi | nothing that was checked comes by the site shoot-ipi",
      })
  void wrongWordsAreNamed(String option, String message) {
    Cli result =
        run("check --scenario switch-migrate --design refcount --arch x86-eager " + option);
    assertThat(result.exits(2).err()).contains(message, "expected");
  }

  @Test
  void aSiteThatIsNoneIsNamedBeforeTheWork() {
    Cli result = run("barriers --design shootdown --arch powerpc-hash --sites shoot-ip");
    assertThat(result.exits(2).err())
        .contains("there is no site \"shoot-ip\"; did you mean \"shoot-ipi\"?");
  }

  @Test
  void sitesThatNobodyComesByAreNamed() {
    Cli result =
        run(
            "barriers --design refcount --arch x86-lazy --model sc --sites shoot-ipi"
                + " --scenario switch-migrate");
    assertThat(result.exits(2).err())
        .contains("no site that these scenarios come by \"shoot-ipi\"");
  }
}
