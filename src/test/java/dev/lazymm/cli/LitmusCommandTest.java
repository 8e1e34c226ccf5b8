package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code litmus}: what it prints, writes and exits with. */
class LitmusCommandTest {
  private static final String OURS = "docs/litmus";
  private static final String SB = OURS + "/SB.litmus";
  private static final String SPIN = OURS + "/spin.litmus";

  @TempDir Path folder;

  private String csv(String rows) throws IOException {
    String here = folder.toAbsolutePath().relativize(Path.of(OURS).toAbsolutePath()).toString();
    String text = "test,observation,positive,negative,flags\n" + rows.replace("@", here + "/");
    return Files.writeString(folder.resolve("expected.csv"), text).toString();
  }

  @Test
  void aFolderIsALineATest() {
    Cli run = Cli.run("litmus", OURS).exits(Exit.INCONCLUSIVE).fitsIntoAMail();
    assertThat(run.out())
        .containsPattern("(?m)^Sometimes +1 +3  SB$")
        .containsPattern("(?m)^Sometimes +1 +3  MP\\+plain  data-race$")
        .containsPattern("(?m)^Inconclusive +0 +3  spin$")
        .endsWith("\n12 tests, 0 errors, 0 timeouts\n");
    assertThat(run.err()).isEmpty();
    assertThat(Cli.run("litmus", OURS, "--states").out()).contains("\n  0:r0=0; 1:r0=1;\n");
  }

  @Test
  void aFolderShowsWhatItsOwnTableExpects() {
    Cli run = Cli.run("litmus", OURS, "--expected", OURS + "/expected.csv");
    assertThat(run.out()).endsWith("\n12 agree, 0 disagree, 0 errors, 0 timeouts\n");
  }

  @Test
  void oneTestIsShownInFull() {
    Cli run = Cli.run("litmus", SB).exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out())
        .contains("lkmm: The Linux-kernel", "exists (0:r0=0 /\\ 1:r0=0)", "1 satisfy", "0:r0=1;");
  }

  @Test
  void whatIsExpectedIsComparedAndCounted() throws IOException {
    String good = csv("@SB.litmus,Sometimes,1,3,\n@MP+plain.litmus,Sometimes,1,3,data-race\n");
    Cli agrees = Cli.run("litmus", OURS, "--expected", good).exits(Exit.INCONCLUSIVE);
    assertThat(agrees.out())
        .contains("10 not in ")
        .endsWith("\n2 agree, 0 disagree, 0 errors, 0 timeouts\n");
    String bad = csv("@SB.litmus,Never,0,3,\nelsewhere/none.litmus,Never,0,3,\n");
    Cli run = Cli.run("litmus", SB, "--expected", bad).exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(run.out())
        .contains("DISAGREES: observation Sometimes, expected Never; positive 1, expected\n")
        .endsWith("0 agree, 1 disagree, 0 errors, 0 timeouts\n");
  }

  @Test
  void aCutLoopIsInconclusiveAndNeverASilentNever() {
    Cli run = Cli.run("litmus", SPIN).exits(Exit.INCONCLUSIVE).fitsIntoAMail();
    assertThat(run.out()).contains("verdict      Inconclusive: Never so far");
    JsonNode json = Cli.run("litmus", SPIN, "--json").exits(Exit.INCONCLUSIVE).json();
    assertThat(json.at("/results/0/verdict").asString()).isEqualTo("Inconclusive");
    assertThat(json.at("/results/0/observation").asString()).isEqualTo("Never");
    assertThat(json.at("/results/0/cut").asBoolean()).isTrue();
  }

  @Test
  void jsonHasEverything() throws IOException {
    String rows = csv("@SB.litmus,Never,,,\n");
    JsonNode all = Cli.run("litmus", SB, "--expected", rows, "--json").exits(1).json();
    assertThat(all.propertyNames())
        .containsExactly("schemaVersion", "model", "against", "results", "soundness");
    JsonNode one = all.at("/results/0");
    assertThat(one.propertyNames())
        .containsExactly(
            "file",
            "test",
            "model",
            "condition",
            "verdict",
            "observation",
            "positive",
            "negative",
            "flags",
            "states",
            "cut",
            "expected",
            "against",
            "differences",
            "witness",
            "error",
            "seconds");
    assertThat(one.at("/positive").asLong()).isEqualTo(1);
    assertThat(one.at("/states")).hasSize(4);
    assertThat(one.at("/expected/observation").asString()).isEqualTo("Never");
    assertThat(one.at("/differences")).hasSize(1);
    assertThat(one.at("/witness/events")).hasSize(4);
    assertThat(one.at("/witness/edges/0/relation").asString()).isEqualTo("rf");
  }

  @Test
  void junitTellsFailuresFromErrors() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.litmus"), "C bad <&>\n\u0001");
    Path xml = folder.resolve("r.xml");
    String rows = csv("@SB.litmus,Never,0,3,\n@MP.litmus,Sometimes,1,3,\n");
    Cli.run("litmus", OURS, bad.toString(), "--expected", rows, "--junit", xml.toString())
        .exits(Exit.USAGE);
    var suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(xml.toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("13");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(13);
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void twoModelsAreComparedALineADifference() {
    Cli run = Cli.run("litmus", SB, OURS + "/CoRR.litmus", "--against", "sc").exits(1);
    assertThat(run.fitsIntoAMail().out())
        .isEqualTo(
            "SB: lkmm Sometimes 1 3; sc Never 0 3\n1 same, 1 differ, 0 errors, 0 timeouts\n");
    Cli.run("litmus", OURS + "/CoRR.litmus", "--against", "sc").exits(Exit.HOLDS);
    JsonNode json = Cli.run("litmus", SB, "--against", "sc", "--json").exits(1).json();
    assertThat(json.at("/results/0/against/observation").asString()).isEqualTo("Never");
    assertThat(json.at("/results/0/against/model").asString()).isEqualTo("sc");
  }

  @Test
  void generatedTestsAreTheSameEachTime() throws IOException {
    String[] args = {
      "litmus", "--generate", "5", "--seed", "3", "--save", folder.toString(), "--json"
    };
    JsonNode first = Cli.run(args).exits(Exit.HOLDS).json();
    JsonNode second = Cli.run("litmus", folder.toString(), "--json").exits(Exit.HOLDS).json();
    assertThat(first.at("/results")).hasSize(5);
    assertThat(second.at("/results").findValuesAsString("observation"))
        .isEqualTo(first.at("/results").findValuesAsString("observation"));
    assertThat(folder.resolve("generated-3-4.litmus")).exists();
    Cli.run("litmus", SB, "--generate", "2").exits(Exit.USAGE);
    Cli.run("litmus").exits(Exit.USAGE);
  }

  @Test
  void aWitnessIsDrawn() throws Exception {
    Path svg = folder.resolve("w.svg");
    Path dot = folder.resolve("w.dot");
    Cli run = Cli.run("litmus", SB, "--show", "--svg", svg.toString(), "--dot", dot.toString());
    assertThat(run.exits(Exit.HOLDS).fitsIntoAMail().out())
        .contains("initially x=0, y=0\n\nP0  ", "\n0  WRITE_ONCE(*x, 1)\n     W[ONCE] x = 1\n")
        .contains("\nfr   P0:1 R y=0 -> P1:0 W y=1\n", "\nrf   init W x=0 -> P1:1 R x=0\n");
    var picture = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(4);
    assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(4 + 2);
    assertThat(Files.readString(svg)).doesNotContain("href", "<script", "url(http");
    assertThat(Files.readString(dot)).startsWith("digraph").contains("P0_1 -> P1_0 [label=\"fr\"");
  }

  @Test
  void whereThereIsNoWitnessThatIsSaid() {
    String never = OURS + "/MP+release+acquire.litmus";
    assertThat(Cli.run("litmus", never, "--show").exits(0).out())
        .endsWith("\nnothing to show: no execution satisfies the condition\n");
    assertThat(Cli.run("litmus", never, "--show-any").exits(0).fitsIntoAMail().out())
        .contains("\nppo  P0:0 W data=1 -> P0:1 W flag=1\n");
    String svg = folder.resolve("none.svg").toString();
    Cli.run("litmus", never, "--svg", svg, "--json").exits(0).json();
    assertThat(Path.of(svg)).doesNotExist();
    assertThat(Cli.run("litmus", OURS, "--show").exits(Exit.USAGE).err()).contains("of one test");
  }
}
