package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

@ResourceLock("processors")
class LiveCommandTest {
  @TempDir Path folder;

  @Test
  void aGoodDesignShowsNothingButCounts() {
    Cli run =
        Cli.run(
            "live",
            "--scenario",
            "switch-migrate",
            "--design",
            "refcount",
            "--arch",
            "x86-eager",
            "--rounds",
            "20",
            "--unpinned",
            "--seed",
            "5");
    run.exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out())
        .startsWith("refcount on x86-eager\n")
        .containsPattern("  nothing +20 +\\d+ +\\d+ +\\d+  switch-migrate\n")
        .containsPattern("\n +20  cpu0 ")
        .contains("1 run: 0 violated, 0 inconclusive; 20 rounds", "seed 5; ")
        .contains("Not yet calibrated: no number is shown as a prediction.")
        .doesNotContain("ns", "/op", "/s");
  }

  @Test
  void aBadDesignIsViolatedAndTheCheckerIsNamed() {
    Cli run =
        Cli.run(
            "live",
            "--scenario",
            "e07-idle-exit",
            "--design",
            "no-refcount,refcount",
            "--arch",
            "powerpc-hash",
            "--rounds",
            "200",
            "--unpinned");
    run.exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(run.out())
        .containsPattern("  violated +\\d+ .* e07-idle-exit: I1 ")
        .containsPattern("\n  nothing +200 ")
        .contains("violated: no-refcount on powerpc-hash, scenario e07-idle-exit\n  I1 ")
        .contains("    ./lazymm check --scenario e07-idle-exit --design no-refcount \\\n");
  }

  @Test
  void jsonHoldsWhatTheTextSays() {
    Cli run =
        Cli.run(
            "live",
            "--scenario",
            "e07-idle-exit",
            "--design",
            "no-refcount",
            "--arch",
            "x86-eager",
            "--rounds",
            "50",
            "--keep-going",
            "--unpinned",
            "--seed",
            "9",
            "--json");
    JsonNode all = run.exits(Exit.VIOLATED).json();
    assertThat(all.propertyNames())
        .containsExactly("schemaVersion", "seed", "calibrated", "results");
    assertThat(all.at("/seed").asLong()).isEqualTo(9);
    assertThat(all.at("/calibrated").asBoolean()).isFalse();
    JsonNode one = all.at("/results/0");
    assertThat(one.at("/result").asString()).isEqualTo("violated");
    assertThat(one.at("/rounds").asLong()).isEqualTo(50);
    assertThat(one.at("/found/0/invariant").asString()).isEqualTo("I1");
    assertThat(one.at("/found/0/times").asLong()).isBetween(1L, 50L);
    long ends = 0;
    for (JsonNode end : one.at("/ends")) {
      ends += end.at("/times").asLong();
    }
    assertThat(ends).isEqualTo(50);
    assertThat(one.at("/exists/0/times").asLong()).isBetween(1L, 50L);
  }

  @Test
  void theTimeIsSharedAndAFileWillDo() throws IOException {
    Path file = Files.writeString(folder.resolve("my.scenarios"), "scenario a: t\ncpu 0: idle\n");
    Cli run = Cli.run("live", "--scenario", file.toString(), "--seconds", "0.2");
    run.exits(Exit.HOLDS);
    assertThat(run.out()).contains("6 runs: 0 violated");
  }

  @Test
  void mistakesAreExplained() {
    assertThat(Cli.run("live", "--rounds", "0").exits(Exit.USAGE).err()).contains("from 1 on");
    assertThat(Cli.run("live", "--seconds", "0").exits(Exit.USAGE).err()).contains("more than 0");
    assertThat(Cli.run("live", "--scenario", "e07-idle-exti").exits(Exit.USAGE).err())
        .contains("did you mean");
    assertThat(Cli.run("live", "--design", "refcont").exits(Exit.USAGE).err())
        .contains("did you mean \"refcount\"?");
  }
}
