package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cost.MachineModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SimulateCommandTest {
  @TempDir Path folder;

  private static Cli simulate(String args) {
    return Cli.run(("simulate " + args).split(" +"));
  }

  @Test
  void everyScenarioRunsOnEveryDesignAndArchitecture() {
    String designs = "refcount,no-refcount,shootdown,shootdown-debug,piggin-v4,no-lazy";
    Cli run = simulate("--design " + designs).exits(Exit.VIOLATED).fitsIntoAMail();
    assertThat(run.out()).contains("refcount on x86-eager", "no-lazy on powerpc-hash");
    simulate("--design refcount,no-lazy --seeds 5").exits(Exit.HOLDS).fitsIntoAMail();
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    for (String args : List.of("--scenario e06-* --seeds 10", "--cpus 16 --rounds 5 --json")) {
      assertThat(simulate(args).out()).isEqualTo(simulate(args).out());
    }
    String rounds = "--cpus 16 --rounds 5 --arch x86-eager --design refcount --seed ";
    assertThat(simulate(rounds + 1).out()).isNotEqualTo(simulate(rounds + 2).out());
  }

  @Test
  void oneRunShowsItsCountsAndItsEnd() {
    Cli run =
        simulate("--scenario e07-idle-exit --design refcount --arch x86-eager")
            .exits(Exit.HOLDS)
            .fitsIntoAMail();
    assertThat(run.out())
        .containsPattern("from another socket +[1-9]")
        .containsPattern("IPIs +1\n")
        .contains("A: alive, mm_count 2, mm_users 0")
        .contains("uncalibrated, not a prediction");
  }

  @Test
  void theCommandBelowAViolationShowsItAgain() {
    JsonNode finding =
        showAgain("--scenario e06-exec-idle --design no-refcount --arch x86-eager --seeds 40");
    assertThat(finding.at("/runs").asInt()).isBetween(1, 39);
  }

  @Test
  void aDesignOfTheUsersOwnIsNamedByItsFile() {
    showAgain(
        "--scenario examples/designs/r28.scenarios --arch x86-eager --seeds 40"
            + " --design examples/designs/HazardTooEarly.java");
  }

  private static JsonNode showAgain(String args) {
    JsonNode json = simulate(args + " --json").exits(Exit.VIOLATED).json();
    assertThat(json.at("/calibrated").asBoolean()).isFalse();
    assertThat(json.at("/machine/name").asString()).contains("not calibrated");
    JsonNode finding = json.at("/results/0/findings/0");
    assertThat(finding.at("/invariant").asString()).isEqualTo("I1");
    String command = finding.at("/command").asString();
    assertThat(command).startsWith("./lazymm simulate ").contains("--seed ");
    Cli again = simulate(command.substring("./lazymm simulate ".length()) + " --json");
    assertThat(again.exits(Exit.VIOLATED).json().at("/results/0/findings/0/what"))
        .isEqualTo(finding.at("/what"));
    return finding;
  }

  @Test
  void aMachineOfTheUsersOwn() throws IOException {
    String sound;
    try (InputStream in = MachineModel.class.getResourceAsStream(MachineModel.DEFAULT)) {
      sound = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    String file = folder.resolve("m.toml").toString();
    Files.writeString(Path.of(file), sound.replace("sockets = 2\n", "sockets = 1\n"));
    String args = "--scenario e07-idle-exit --design refcount --arch x86-eager --machine " + file;
    assertThat(simulate(args).exits(Exit.HOLDS).out())
        .containsPattern("from another socket +0\n")
        .containsPattern("from the same socket +[1-9]");
    Files.writeString(Path.of(file), sound.replace("remote = 134", "remote = -134"));
    assertThat(simulate(args).exits(Exit.USAGE).err())
        .contains("m.toml:", ":1: line.remote cannot be", "\n  ^", "expected nanoseconds");
    Files.writeString(Path.of(file), sound.replace("per-socket = 56", "per-socket = 1"));
    assertThat(simulate("--cpus 3 --machine " + file).exits(Exit.USAGE).err())
        .contains("has 2 CPUs", "expected 3 or more");
    assertThat(simulate("--machine " + folder.resolve("none.toml")).exits(Exit.USAGE).err())
        .contains("cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "--seeds 0, --seeds",
    "--seed 9223372036854775807 --seeds 2, --seed",
    "--cpus 0, --cpus",
    "--cpus 10000, --cpus",
    "--rounds 3, --rounds",
    "--cpus 2 --rounds -1, --rounds",
    "--cpus 2 --scenario e07-idle-exit, --cpus",
    "--cpus many, --cpus",
  })
  void wrongOptionsAreRefused(String args, String option) {
    assertThat(simulate(args).exits(Exit.USAGE).err()).contains("'" + option);
  }
}
