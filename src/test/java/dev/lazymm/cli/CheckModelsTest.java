package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --model} of {@code check}, {@code explain} and {@code probe}. */
class CheckModelsTest {
  private static final String EXEC_IDLE = "check --scenario e06-exec-idle --design refcount";

  private static Cli run(String words) {
    return Cli.run(words.split(" "));
  }

  @Test
  void headingsNameTheModelAndTheEndSaysWhatIsLeftOut() {
    Cli result = run(EXEC_IDLE + " --arch x86-eager --model sc,lkmm,armv8 --brief");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            "refcount on x86-eager, model sc\n",
            "refcount on x86-eager, model lkmm\n",
            "refcount on x86-eager, model armv8 (what-if)\n")
        .endsWith("outside the bound (lkmm, armv8): load buffering among kernel accesses\n");
  }

  @Test
  void scAloneLeavesNothingOut() {
    assertThat(run(EXEC_IDLE + " --arch x86-eager").out()).doesNotContain("outside the bound");
    assertThat(run(EXEC_IDLE + " --arch x86-eager --model sc --json").out())
        .contains("\"leftOut\" : [ ]", "\"whatIf\" : false");
  }

  @Test
  void documentsNameTheModel() {
    String weak = EXEC_IDLE + " --arch x86-eager --model power ";
    assertThat(run(weak + "--json").out())
        .contains(
            "\"model\" : \"power\"",
            "\"whatIf\" : true",
            "load buffering among kernel accesses",
            "--arch x86-eager --model power");
    assertThat(run(weak + "--format junit").out()).contains("\"refcount.x86-eager.power\"");
    assertThat(run(weak + "--format sarif").out()).contains("power (what-if)");
    assertThat(run(weak + "--format html").out()).contains("power (what-if)", "outside the bound");
  }

  @Test
  void userCodeLoadsLateWhereTheModelLetsIt(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("lb.scenarios"),
            """
            scenario lb: load buffering
            cpu 0: (A1) load x; store y 1
            cpu 1: (A2) load y; store x 1
            never: cpu0.r1 = 1 & cpu1.r1 = 1

            scenario one-cell: a store to what was loaded
            cpu 0: (A1) load x; store x 1
            cpu 1: (A2) load x
            """);
    Cli result =
        run(
            "check --design refcount --arch powerpc-hash --model power,tso --scenario "
                + file.toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("load x, late: user", "3 hold, 1 violated")
        .endsWith(
            """
            outside the bound (power): load buffering among kernel accesses
            outside the bound (power): load buffering past user code's store to what
            it has loaded
            """);
  }

  @Test
  void tablesSayWhatModelsDoNotAgreeAbout() {
    Cli result = run(EXEC_IDLE + " --arch x86-eager --model sc,tso,lkmm --format table");
    assertThat(result.out())
        .startsWith("refcount on x86-eager\n  model           holds executions events")
        .containsPattern("\n  sc +1/1 +19 +71 ")
        .containsPattern("\n  lkmm +0/1 +19 +84 +[0-9.]+  I2 1\n")
        .contains("  I2 under lkmm, not under sc, tso: e06-exec-idle\n")
        .contains("--arch x86-eager --invariant I2 --model lkmm\n");
    assertThat(result.out().lines()).allMatch(line -> line.length() <= 72);
  }

  @Test
  void explainDrawsTheWitnessOfAModel() {
    String explain = "explain --scenario e06-exec-idle --design refcount --arch x86-eager --model ";
    assertThat(run(explain + "lkmm").out())
        .startsWith("I2 violated: refcount on x86-eager, model lkmm");
    assertThat(run(explain + "tso").code()).isZero();
  }

  @Test
  void probesExploreUnderAModel() {
    Cli result = run("probe ring 4 --model armv8 --seconds 0.01");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("ring 4, model armv8\n")
        .contains("15 executions", "as expected");
  }

  @Test
  void strangersAreRefused() {
    Cli result = run("check --model x87");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("there is no memory model \"x87\"")
        .contains("expected one of sc, tso, armv8, power, riscv, lkmm");
  }
}
