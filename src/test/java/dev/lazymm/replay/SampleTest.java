package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.costs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.replay.ReplayReport.Costs;
import dev.lazymm.replay.ReplayReport.Switches;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The recording that the product carries is the one the generator makes, and costs what it says.
 */
class SampleTest {
  private final SampleGenerator generator = new SampleGenerator();
  private final SampleBooks books = generator.books();

  @Test
  void theFilesAreTheGenerators() throws IOException {
    try (InputStream trace = new GZIPInputStream(Sample.trace());
        InputStream tasks = Sample.tasks()) {
      assertThat(new String(trace.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(generator.recording().text());
      assertThat(new String(tasks.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(generator.recording().tasks());
    }
  }

  @Test
  void theSampleHasSomethingOfEverything() {
    assertThat(generator.recording().text().lines().count()).isBetween(400L, 1_000L);
    assertThat(books.exits).isGreaterThan(20);
    assertThat(books.shootIpis).isGreaterThan(10);
    assertThat(books.shootHits).isGreaterThan(10);
    assertThat(books.shootHandlers).isGreaterThan(books.shootHits);
    assertThat(books.userToUserSame).isPositive();
    assertThat(books.kernelToUserSame).isPositive();
    assertThat(books.kernelToKernel).isPositive();
  }

  @Test
  void theCountsAreThoseOfTheBooks() throws IOException {
    var report = Sample.replay(Replayer.Options.everything());
    assertThat(report.lossy()).isFalse();
    assertThat(report.unknownMmShare()).isZero();
    assertThat(report.cpus()).isEqualTo(4);
    assertThat(report.exitsWithMm()).isEqualTo(books.exits);
    assertThat(report.mmDeaths()).isEqualTo(books.deaths);
    assertThat(report.switches())
        .isEqualTo(
            new Switches(
                books.userToKernel,
                books.kernelToUserSame,
                books.kernelToUserOther,
                books.kernelToKernel,
                books.userToUserSame,
                books.userToUserOther));
    long grabs = books.userToKernel + books.exits;
    long drops = books.kernelToUserSame + books.kernelToUserOther;
    for (String arch : new String[] {"x86-eager", "powerpc-hash"}) {
      assertThat(costs(report, "refcount", arch))
          .isEqualTo(new Costs(grabs, drops, books.frees, 0, 0, 0, 0, 0));
      assertThat(costs(report, "no-refcount", arch))
          .isEqualTo(new Costs(0, 0, books.deaths, drops, 0, 0, 0, 0));
    }
    assertThat(costs(report, "shootdown", "powerpc-hash"))
        .isEqualTo(
            new Costs(
                0,
                0,
                books.deaths,
                drops,
                books.shootIpis,
                books.shootHandlers,
                books.shootHits,
                0));
  }

  /** v4 puts its barrier elsewhere, and executes as many. */
  @Test
  void v4CostsWhatTheMergedShootdownCosts() throws IOException {
    var designs =
        List.of(Designs.find("shootdown").orElseThrow(), Designs.find("piggin-v4").orElseThrow());
    var report = Sample.replay(new Replayer.Options(designs, Arches.ALL, null, null));
    for (Arches.Entry arch : Arches.ALL) {
      assertThat(costs(report, "piggin-v4", arch.name()))
          .isEqualTo(costs(report, "shootdown", arch.name()));
    }
    assertThat(costs(report, "piggin-v4", "powerpc-hash").shootHits()).isEqualTo(books.shootHits);
  }

  @Test
  void whatIsNotCountedIsNotReplayed() {
    var designs = List.of(Designs.find(Designs.NO_LAZY).orElseThrow());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Replayer.Options(designs, Arches.ALL, null, null))
        .withMessageContaining("not counted");
  }
}
