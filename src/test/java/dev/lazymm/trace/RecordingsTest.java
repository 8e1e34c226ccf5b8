package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Recordings of real kernels, held to what really happened in them. They are not part of the source
 * tree: the environment variable LAZYMM_DATA names the directory that has them in {@code traces/}.
 */
class RecordingsTest {
  private static final String TEXT = ".trace.txt.gz";
  private static final String TASKS = ".tasks.txt";

  @TestFactory
  Stream<DynamicTest> countsAreThoseOfTheTruth() throws IOException {
    return files(TEXT).stream()
        .map(file -> DynamicTest.dynamicTest(name(file, TEXT), () -> countsAreTrue(file)));
  }

  @TestFactory
  Stream<DynamicTest> taskLists() throws IOException {
    return files(TASKS).stream()
        .map(file ->
            DynamicTest.dynamicTest(
                name(file, TASKS),
                () -> {
                  TaskList list = TaskList.read(file);
                  assertThat(list.find(1)).get().matches(task -> !task.kthread());
                  assertThat(list.find(2)).get().matches(task -> task.kthread());
                }));
  }

  @Test
  void idle() throws IOException {
    Reading reading = Reading.of(traces().resolve("x86-612-idle" + TEXT));
    assertThat(reading.inside).containsEntry("sched_switch", 48710L);
    assertThat(reading.summary.info()).isEqualTo(new TraceInfo("nop", 4, 137383, 137383));
  }

  @Test
  void perfThatLostEvents() throws IOException {
    Path file = traces().resolve("x86-612-c3-lost-perf.perf-script.txt.gz");
    Map<String, Long> counts = new HashMap<>();
    TraceSink lost =
        new TraceSink() {
          @Override
          public void lost(long ts, int cpu, long count) {
            counts.merge("lost", count, Long::sum);
          }
        };
    // perf itself sorts wrongly where it lost much.
    assertThatExceptionOfType(TraceFormatException.class)
        .isThrownBy(() -> FtraceTextReader.read(file, lost))
        .withMessageContaining("time goes back from CPU 2 to CPU 0");
    assertThat(counts.getOrDefault("lost", 0L)).isPositive();
  }

  private static void countsAreTrue(Path file) throws IOException {
    String truth = Files.readString(file.resolveSibling(name(file, TEXT) + ".truth.json"));
    Reading reading = Reading.of(file);
    boolean lossy = name(file, TEXT).contains("lost");
    assertThat(reading.summary.lossy()).isEqualTo(lossy);
    assertThat(reading.window.complete()).isEqualTo(!lossy);
    assertThat(reading.summary.missingLines()).isZero();
    assertThat(reading.summary.skippedLines()).isZero();
    assertThat(reading.everywhere).isEqualTo(counts(truth, "trace_events_in_file"));
    assertThat(reading.deadSwitches).isEqualTo(reading.everywhere.get("sched_process_exit"));
    if (!lossy) {
      assertThat(reading.window.begin().orElseThrow()).isEqualTo(nanos(truth, "begin"));
      assertThat(reading.window.end().orElseThrow()).isEqualTo(nanos(truth, "end"));
      assertThat(reading.inside).isEqualTo(counts(truth, "trace_events_in_window"));
      long switches = Long.parseLong(value(truth, "\"total\": (\\d+)"));
      assertThat(reading.inside).containsEntry("sched_switch", switches);
    }
  }

  /** A recording, counted by the names of its events. */
  private static final class Reading {
    private final Map<String, Long> inside = new HashMap<>();
    private final Map<String, Long> everywhere = new HashMap<>();
    private final MarkerWindow window =
        new MarkerWindow(
            "LZ_BEGIN",
            "LZ_END",
            TraceSink.toEvents(event -> count(event, true)),
            TraceSink.toEvents(event -> count(event, false)));
    private final TraceSummary summary;
    private long deadSwitches;

    private Reading(Path file) throws IOException {
      summary = FtraceTextReader.read(file, window);
      window.finish();
    }

    static Reading of(Path file) throws IOException {
      return new Reading(file);
    }

    private void count(TraceEvent event, boolean isInside) {
      String name =
          switch (event) {
            case TraceEvent.SchedSwitch e -> {
              assertThat(e.prevPid()).isEqualTo(e.pid());
              deadSwitches += e.dead() ? 1 : 0;
              yield "sched_switch";
            }
            case TraceEvent.NewTask _ -> "task_newtask";
            case TraceEvent.Fork e -> {
              assertThat(e.parentPid()).isEqualTo(e.pid());
              yield "sched_process_fork";
            }
            case TraceEvent.Exec _ -> "sched_process_exec";
            case TraceEvent.Exit _ -> "sched_process_exit";
            case TraceEvent.Membarrier _ -> "sys_membarrier";
            case TraceEvent.Marker _ -> "tracing_mark_write";
            case TraceEvent.Other e when e.name().equals("sys_membarrier") ->
                "sys_membarrier -> 0x0";
            case TraceEvent.Other e -> e.name();
            case TraceEvent.Lost _, TraceEvent.BufferStarted _ -> "";
          };
      if (!name.isEmpty()) {
        everywhere.merge(name, 1L, Long::sum);
        if (isInside) {
          inside.merge(name, 1L, Long::sum);
        }
      }
    }
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.list(traces())) {
      List<Path> chosen = all.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
      assertThat(chosen).isNotEmpty();
      return chosen;
    }
  }

  private static Path traces() {
    @Nullable String data = System.getenv("LAZYMM_DATA");
    if (data == null) {
      return abort(
          "NOT TESTED AGAINST REAL RECORDINGS: LAZYMM_DATA is not set; it names the directory that"
              + " contains traces/");
    }
    return Path.of(data, "traces");
  }

  private static String name(Path file, String suffix) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - suffix.length());
  }

  private static long nanos(String json, String key) {
    return Long.parseLong(value(json, "\"" + key + "\": \"([\\d.]+)\"").replace(".", "")) * 1000;
  }

  /** The numbers of one flat object of the JSON. */
  private static Map<String, Long> counts(String json, String key) {
    Map<String, Long> counts = new HashMap<>();
    Matcher entry =
        Pattern.compile("\"([^\"]+)\": (\\d+)")
            .matcher(value(json, "\"" + key + "\": \\{([^}]*)}"));
    while (entry.find()) {
      counts.put(entry.group(1), Long.parseLong(entry.group(2)));
    }
    return counts;
  }

  private static String value(String json, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(json);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
