package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.replay.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReplayCommandTest {
  @TempDir Path folder;
  private String trace = "";
  private String tasks = "";

  @BeforeEach
  void sample() throws IOException {
    trace = folder.resolve("sample.gz").toString();
    tasks = folder.resolve("tasks.txt").toString();
    try (InputStream from = Sample.trace();
        InputStream list = Sample.tasks()) {
      Files.copy(from, Path.of(trace));
      Files.copy(list, Path.of(tasks));
    }
  }

  @Test
  void theReportIsOneScreen() {
    Cli run = Cli.run("replay", trace, "--tasks", tasks).exits(Exit.HOLDS);
    assertThat(run.out().lines().filter(line -> !line.contains(trace)))
        .hasSizeLessThanOrEqualTo(24)
        .allSatisfy(line -> assertThat(line).matches("[ -~]{0,72}"));
    assertThat(run.out()).contains("4 CPUs; mm unknown at 0.00 %", "powerpc-hash", "  shootdown");
  }

  @Test
  void jsonHasTheDocumentedKeys() {
    JsonNode all = Cli.run("replay", trace, "--tasks", tasks, "--json").exits(Exit.HOLDS).json();
    assertThat(all.propertyNames())
        .contains(
            "schemaVersion",
            "events",
            "cpus",
            "lossy",
            "unknownMmShare",
            "exitsWithMm",
            "mmDeaths",
            "switches",
            "designs");
    assertThat(all.at("/switches").propertyNames())
        .containsExactly(
            "userToKernel",
            "kernelToUserSameMm",
            "kernelToUserOtherMm",
            "kernelToKernel",
            "userToUserSameMm",
            "userToUserOtherMm");
    assertThat(all.at("/designs").propertyNames())
        .containsExactly("refcount", "no-refcount", "shootdown");
    assertThat(all.at("/designs/shootdown/powerpc-hash").propertyNames())
        .containsExactly(
            "lazyGrabs",
            "lazyDrops",
            "finalDrops",
            "fullBarriers",
            "shootIpis",
            "shootHandlers",
            "shootHits",
            "exitFlushIpis");
    assertThat(all.at("/schemaVersion").asInt()).isEqualTo(1);
    assertThat(all.at("/lossy").asBoolean()).isFalse();
    assertThat(all.at("/truth").isNull()).isTrue();
  }

  @Test
  void predictedIsPrintedBesideTrue() throws IOException {
    Path truth =
        Files.writeString(
            folder.resolve("truth.json"),
            """
            {"arch": "ppc64le",
             "refcount_design": {"lazy_grabs_at_switch": 100, "lazy_grabs_at_exit_mm": 50},
             "final_drops": {"exit_mmap": 0},
             "shootdown_design_real": {"remote_shoot_ipis": 10}}
            """);
    String[] args = {"replay", trace, "--tasks", tasks, "--truth", truth.toString(), "--json"};
    Cli run = Cli.run(args).exits(Exit.HOLDS);
    JsonNode rows = run.json().at("/truth");
    assertThat(rows.findValuesAsString("what"))
        .containsExactly(
            "exits with an mm",
            "mm deaths (mm_users 1 -> 0)",
            "lazy grabs (refcount, powerpc-hash)",
            "shoot IPIs (shootdown, powerpc-hash)");
    JsonNode grabs = rows.get(2);
    assertThat(grabs.at("/real").asLong()).isEqualTo(150);
    assertThat(grabs.at("/difference").asLong()).isEqualTo(grabs.at("/predicted").asLong() - 150);
    assertThat(rows.get(1).at("/percent").isNull()).isTrue();
    args[6] = "--design=refcount,shootdown";
    assertThat(Cli.run(args).exits(Exit.HOLDS).out()).contains("predicted beside true");
  }

  @Test
  void aDesignWhoseCostIsNotCountedIsRefused() {
    Cli run = Cli.run("replay", trace, "--tasks", tasks, "--design", "refcount,no-lazy");
    assertThat(run.exits(Exit.USAGE).err())
        .contains("replay does not count what no-lazy costs", "./lazymm check --design no-lazy");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void onlyWhatWasAskedForIsReplayed() {
    JsonNode all =
        Cli.run(
                "replay",
                trace,
                "--tasks",
                tasks,
                "--json",
                "--design",
                "refcount",
                "--arch",
                "x86-eager")
            .json();
    assertThat(all.at("/designs").propertyNames()).containsExactly("refcount");
    assertThat(all.at("/designs/refcount").propertyNames()).containsExactly("x86-eager");
  }
}
