package dev.lazymm.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Our counts against what recorded kernels really did: {@code NAME.truth.json} beside {@code
 * NAME.trace.txt.gz} in the folder {@code traces} of the directory that LAZYMM_DATA names.
 */
class GroundTruthTest {
  /** Workloads in which nobody is preempted in exit_mm. */
  private static final Set<String> EXACT = Set.of("idle", "pingpong", "membarrier", "munmap");

  @TestFactory
  Stream<DynamicTest> recordings() throws IOException {
    String data = System.getenv("LAZYMM_DATA");
    Assumptions.assumeTrue(
        data != null,
        "NOT COMPARED WITH REAL KERNELS: set LAZYMM_DATA to the directory that holds traces/");
    Path folder = Path.of(String.valueOf(data), "traces");
    List<Path> truths;
    try (Stream<Path> files = Files.list(folder)) {
      truths = files.filter(f -> f.toString().endsWith(".truth.json")).sorted().toList();
    }
    var withText = truths.stream().filter(f -> Files.exists(sibling(f, ".trace.txt.gz"))).toList();
    assertThat(withText).isNotEmpty();
    return withText.stream().map(f -> DynamicTest.dynamicTest(name(f), () -> compare(f)));
  }

  /** Texts without markers: the window is that of the truth. */
  @TestFactory
  Stream<DynamicTest> otherTexts() throws IOException {
    String data = System.getenv("LAZYMM_DATA");
    Assumptions.assumeTrue(
        data != null,
        "NOT COMPARED WITH REAL KERNELS: set LAZYMM_DATA to the directory that holds traces/");
    List<Path> texts;
    try (Stream<Path> files = Files.list(Path.of(String.valueOf(data), "traces"))) {
      texts = files.filter(f -> OTHER_TEXT.matcher(f.toString()).find()).sorted().toList();
    }
    var withTruth = texts.stream().filter(f -> Files.exists(truthOf(f))).toList();
    assertThat(withTruth).isNotEmpty();
    return withTruth.stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> compareText(f)));
  }

  private static final Pattern OTHER_TEXT = Pattern.compile("\\.(perf-script|report)\\.txt\\.gz$");

  private static Path truthOf(Path text) {
    String name = OTHER_TEXT.matcher(text.getFileName().toString()).replaceFirst(".truth.json");
    return text.resolveSibling(name);
  }

  private static void compareText(Path text) throws IOException {
    Path file = truthOf(text);
    JsonNode truth = new ObjectMapper().readTree(file.toFile());
    var options = options(truth).within(window(truth));
    var report = Replay.run(text, sibling(file, ".tasks.txt"), options, bytes -> {});
    assertThat(report.cpus()).isEqualTo(truth.at("/cpus").asInt());
    assertThat(report.switches().total()).isEqualTo(truth.at("/switches/total").asLong());
    long exits = truth.at("/refcount_design/lazy_grabs_at_exit_mm").asLong();
    assertThat(report.exitsWithMm()).as("exits").isEqualTo(exits);
    // `perf sched record` does not record exec and exit.
    boolean scheduling = name(file).contains("perfsched");
    assertThat(report.lossy()).isEqualTo(scheduling);
    // An exec that fails leaves no event, and the mm made for it dies.
    long failed = truth.at("/final_drops/by_caller/__mmdrop<-free_bprm").asLong(0);
    assertThat(report.mmDeaths())
        .as("mm deaths")
        .isEqualTo(truth.at("/final_drops/exit_mmap").asLong() - failed - (scheduling ? 1 : 0));
    String arch = new Truth(truth).arch();
    long grabs = truth.at("/refcount_design/lazy_grabs_at_switch").asLong() + exits;
    assertThat(Recording.costs(report, "refcount", arch).lazyGrabs())
        .as("lazy grabs")
        .isCloseTo(grabs, within(Math.max(8, grabs * 4 / 100)));
    compareIpis(report, truth, arch);
  }

  /** The usual designs on the recorded architecture. */
  private static Replayer.Options options(JsonNode truth) {
    var arch = Arches.find(new Truth(truth).arch()).orElseThrow();
    return new Replayer.Options(Designs.USUAL, List.of(arch), null, null);
  }

  private static void compareIpis(ReplayReport report, JsonNode truth, String arch) {
    var shootdown = Recording.costs(report, "shootdown", arch);
    JsonNode real = truth.at("/shootdown_design_real");
    if (arch.equals("powerpc-hash")) {
      assertThat(shootdown.shootIpis()).as("IPIs").satisfies(n -> near(n, real, 3, IPIS));
      assertThat(shootdown.shootHandlers()).satisfies(n -> near(n, real, 3, HANDLERS));
      assertThat(shootdown.shootHits()).satisfies(n -> near(n, real, 10, HITS));
    } else if (arch.equals("powerpc-radix")) {
      long theirs = truth.at("/exit_flush_lazy_real/remote_ipis").asLong();
      assertThat(theirs).isPositive();
      assertThat(shootdown.exitFlushIpis())
          .as("exit flush IPIs")
          .isCloseTo(theirs, within(Math.max(10, theirs / 10)));
      assertThat(shootdown.shootIpis())
          .as("shoot IPIs")
          .isCloseTo(real.at(IPIS).asLong(), within(10L));
      assertThat(shootdown.shootHandlers()).satisfies(n -> near(n, real, 3, HANDLERS));
      assertThat(shootdown.shootHits()).satisfies(n -> near(n, real, 10, HITS));
    }
    long membarriers = sum(truth.at("/membarrier_private"));
    assertThat(report.membarrierCalls()).as("membarrier calls").isEqualTo(membarriers);
    if (membarriers > 0) {
      var ipis = report.membarrierIpis();
      assertThat(truth.at("/csd_queue_cpu/ipi_mb").asLong())
          .as("IPIs of membarrier")
          .isBetween(ipis.least(), ipis.most());
      assertThat(ipis.least()).as("something is certain").isPositive();
    }
  }

  private static Replayer.Span window(JsonNode truth) {
    return new Replayer.Span(
        nanoseconds(truth.at("/window/begin").asString()),
        nanoseconds(truth.at("/window/end").asString()));
  }

  private static long nanoseconds(String seconds) {
    return Long.parseLong(seconds.replace(".", "")) * 1000;
  }

  private static void compare(Path file) throws IOException {
    JsonNode truth = new ObjectMapper().readTree(file.toFile());
    var options = options(truth).between("LZ_BEGIN", "LZ_END");
    var report =
        Replay.run(
            sibling(file, ".trace.txt.gz"), sibling(file, ".tasks.txt"), options, bytes -> {});
    if (name(file).contains("lost")) {
      assertThat(report.lossy()).isTrue();
      return;
    }
    assertThat(report.lossy()).isFalse();
    assertThat(report.cpus()).isEqualTo(truth.at("/cpus").asInt());
    assertThat(report.events()).as("events").isEqualTo(sum(truth.at("/trace_events_in_window")));
    assertThat(report.unknownMmShare()).isLessThan(0.01);
    assertThat(report.switches().total()).isEqualTo(truth.at("/switches/total").asLong());
    long exits = truth.at("/refcount_design/lazy_grabs_at_exit_mm").asLong();
    assertThat(report.exitsWithMm()).as("exits").isEqualTo(exits);
    assertThat(report.mmDeaths())
        .as("mm deaths")
        .isEqualTo(truth.at("/final_drops/exit_mmap").asLong());

    String arch = new Truth(truth).arch();
    var refcount = Recording.costs(report, "refcount", arch);
    long grabs = truth.at("/refcount_design/lazy_grabs_at_switch").asLong() + exits;
    assertThat(refcount.lazyGrabs()).as("lazy grabs").isCloseTo(grabs, tolerance(file, grabs));
    long drops = truth.at("/refcount_design/lazy_drops_at_switch").asLong();
    assertThat(refcount.lazyDrops()).as("lazy drops").isCloseTo(drops, tolerance(file, drops));
    // An mm that a CPU borrowed before the recording began is not known to us.
    long frees = truth.at("/final_drops/__mmdrop").asLong();
    assertThat(refcount.finalDrops()).isCloseTo(frees, within((long) report.cpus()));

    compareIpis(report, truth, arch);
  }

  private static final String IPIS = "/remote_shoot_ipis";
  private static final String HANDLERS = "/do_shoot_lazy_tlb_calls";
  private static final String HITS = "/of_them_switched_away_from_the_mm";

  private static void near(long ours, JsonNode real, int percent, String what) {
    long theirs = real.at(what).asLong();
    assertThat(ours).as(what).isCloseTo(theirs, within(Math.max(3, theirs * percent / 100)));
  }

  private static Offset<Long> tolerance(Path file, long count) {
    String name = name(file);
    String workload = name.substring(name.lastIndexOf('-') + 1);
    if (EXACT.contains(workload)) {
      return within(0L);
    }
    return within(workload.equals("hop") ? count * 2 / 100 : Math.max(8, count * 4 / 100));
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }

  private static String name(Path truth) {
    return truth.getFileName().toString().replace(".truth.json", "");
  }

  private static Path sibling(Path truth, String ending) {
    return truth.resolveSibling(name(truth) + ending);
  }
}
