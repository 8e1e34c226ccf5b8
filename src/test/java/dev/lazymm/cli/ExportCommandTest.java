package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code export}: files that {@code litmus} and {@code herd} take, JSON, exit codes. */
class ExportCommandTest {
  private static final String[] FOUND = {
    "export", "--scenario", "e06-exec-idle", "--design", "refcount", "--arch", "x86-eager"
  };

  private static Cli run(String... more) {
    return Cli.run(Stream.concat(Stream.of(FOUND), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("some/where");
    String said = run("--to", "c,aarch64", "--out", out.toString()).exits(Exit.VIOLATED).out();
    List<Path> files;
    try (Stream<Path> all = Files.list(out)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(4);
    for (Path file : files) {
      String result = file.toString().contains("+barrier") ? "Never" : "Sometimes";
      String name = file.getFileName().toString().replaceFirst("(\\.aarch64)?\\.litmus$", "");
      assertThat(said).containsPattern(result + " +\\w+ +\\Q" + file + "\\E\n");
      assertThat(Cli.run("herd", file.toString()).exits(Exit.HOLDS).out())
          .contains("\nObservation " + name + " " + result + " ");
      assertThat(Files.readString(file)).contains("\n * Result: " + result + "\n");
    }
  }

  @Test
  void theCommandInATestMakesItAgain() {
    String test = run().exits(Exit.VIOLATED).out();
    String command =
        test.substring(test.indexOf("./lazymm export") + "./lazymm ".length(), test.indexOf("*)"))
            .replace("\n *", " ");
    assertThat(Cli.run(command.strip().split(" +", -1)).out()).isEqualTo(test);
  }

  @Test
  void jsonHasTheTests() {
    JsonNode json = run("--json", "--to", "c,ppc").exits(Exit.VIOLATED).json();
    assertThat(json.propertyNames())
        .containsExactly(
            "schemaVersion",
            "design",
            "arch",
            "model",
            "scenario",
            "invariant",
            "what",
            "about",
            "tests");
    assertThat(json.at("/tests").findValuesAsString("result"))
        .containsExactly("Sometimes", "Never", "Sometimes", "Never");
    assertThat(json.at("/tests").findValuesAsString("model"))
        .containsExactly("lkmm", "lkmm", "power", "power");
  }

  /** What happens in order is no ordering bug, and its test says so. */
  @Test
  void whatHappensInOrderIsSaidToBeNoOrderingBug() {
    Cli run =
        Cli.run(
            "export",
            "--scenario",
            "e07-idle-exit",
            "--design",
            "no-refcount",
            "--arch",
            "powerpc-hash");
    assertThat(run.exits(Exit.VIOLATED).out())
        .contains(" * Result: Sometimes\n", "Not an ordering bug")
        .doesNotContain("Never");
  }

  @Test
  void thereIsNothingToExportOfWhatHolds() {
    assertThat(run("--model", "tso").exits(Exit.HOLDS).err()).contains("nothing to export");
  }

  /** The kernel's model has no interrupts, no IPIs and no waits. */
  @ParameterizedTest
  @CsvSource({
    "irq-schedule, interrupts off",
    "membarrier-ipi, IPIs",
    "membarrier-ipi=skipped, IPIs"
  })
  void whatIsNoOrderIsRefused(String barrier, String why) {
    Cli run =
        Cli.run(
            "export",
            "--barrier",
            barrier,
            "--scenario",
            "membarrier-c1-out",
            "--design",
            "refcount",
            "--arch",
            "powerpc-hash");
    assertThat(run.exits(Exit.USAGE).err())
        .contains("no litmus test has the site " + barrier.replaceFirst("=.*", ""), why)
        .contains("expected a fence", "./lazymm explain --weaken");
  }

  @Test
  void badInputIsExplained(@TempDir Path folder) throws IOException {
    assertThat(run("--to", "mips").exits(Exit.USAGE).err()).contains("expected one of c, x86");
    assertThat(run("--model", "pso").exits(Exit.USAGE).err()).contains("memory model \"pso\"");
    assertThat(run("--invariant", "I9").exits(Exit.USAGE).err()).contains("violation of");
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertThat(run("--out", file.toString()).exits(Exit.USAGE).err())
        .contains(file + ": cannot be made: there is a file of that name");
  }
}
