package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FtraceTextReaderTest {
  private static final List<TraceEvent> PLAIN =
      List.of(
          new TraceEvent.Marker(5_000_100_000L, 0, 71, "BEGIN"),
          new TraceEvent.NewTask(5_000_200_000L, 0, 71, 72, "sh", 0x1200000),
          new TraceEvent.Fork(5_000_210_000L, 0, 71, 71, 72, "sh"),
          new TraceEvent.SchedSwitch(5_000_300_000L, 1, 0, 0, "swapper/1", 0, 72, "sh"),
          new TraceEvent.Exec(5_000_400_000L, 1, 72, 72, 72, "/bin/ls"),
          new TraceEvent.Membarrier(5_000_450_000L, 1, 72, 16, 0),
          new TraceEvent.Other(5_000_451_000L, 1, 72, "sys_membarrier"),
          new TraceEvent.Exit(5_000_500_000L, 1, 72, 72, "ls"),
          new TraceEvent.SchedSwitch(
              5_000_600_000L, 1, 72, 72, "ls", PrevState.ZOMBIE, 0, "swapper/1"));

  @Test
  void plain() {
    Texts.Reading reading = Texts.read(Texts.resource("plain.trace.txt"));
    assertThat(reading.events()).isEqualTo(PLAIN);
    assertThat(reading.summary())
        .isEqualTo(
            new TraceSummary(
                new TraceInfo("nop", 2, 9, 9),
                Clock.NANOSECONDS,
                21,
                9,
                0,
                5_000_100_000L,
                5_000_600_000L,
                0,
                false));
    assertThat(reading.summary().missingLines()).isZero();
  }

  @Test
  void windowsLineEnds() {
    String text = Texts.resource("plain.trace.txt").replace("\n", "\r\n");
    assertThat(Texts.read(text).events()).isEqualTo(PLAIN);
  }

  @Test
  void gzip(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.gz");
    Files.write(file, Texts.gzip(Texts.resource("plain.trace.txt")));
    List<TraceEvent> events = new ArrayList<>();
    FtraceTextReader.read(file, TraceSink.toEvents(events::add));
    assertThat(events).isEqualTo(PLAIN);
  }

  /** Two gzip members, from a pipe that never says that more is available. */
  @Test
  void gzipInPieces() throws IOException {
    String text = Texts.resource("plain.trace.txt");
    int half = text.length() / 2;
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(Texts.gzip(text.substring(0, half)));
    packed.write(Texts.gzip(text.substring(half)));
    List<TraceEvent> events = new ArrayList<>();
    Texts.run(dripping(packed.toByteArray()), TraceSink.toEvents(events::add));
    assertThat(events).isEqualTo(PLAIN);
  }

  @Test
  void aByteAtATime() {
    byte[] text = Texts.resource("plain.trace.txt").getBytes(StandardCharsets.UTF_8);
    List<TraceEvent> events = new ArrayList<>();
    Texts.run(dripping(text), TraceSink.toEvents(events::add));
    assertThat(events).isEqualTo(PLAIN);
  }

  @Test
  void lossy() {
    Texts.Reading reading = Texts.read(Texts.resource("lossy.trace.txt"));
    assertThat(reading.events())
        .containsExactly(
            new TraceEvent.BufferStarted(0, 2),
            new TraceEvent.SchedSwitch(
                1_000_001_000L, 2, 9, 9, "a", PrevState.INTERRUPTIBLE, 0, "swapper/2"),
            new TraceEvent.Lost(1_000_001_000L, 2, 17),
            new TraceEvent.Other(2_000_001_000L, 2, 0, "cpu_idle"),
            new TraceEvent.Lost(2_000_001_000L, 3, TraceEvent.Lost.UNKNOWN),
            new TraceEvent.Lost(2_000_001_000L, 3, TraceEvent.Lost.UNKNOWN),
            new TraceEvent.Other(3_000_001_000L, 3, 0, "cpu_idle"));
    assertThat(reading.summary().info().lossy()).isTrue();
    assertThat(reading.summary().lossy()).isTrue();
    assertThat(reading.summary().lostEvents()).isEqualTo(17);
    assertThat(reading.summary().events()).isEqualTo(3);
  }

  @Test
  void anyOneSignIsEnoughToBeLossy() {
    String event = "              wl-77      [001]    12.000001: ev: x\n";
    assertThat(Texts.read(Texts.HEAD + event).summary().lossy()).isFalse();
    assertThat(Texts.read(Texts.HEAD.replace("1/1", "1/2") + event).summary().lossy()).isTrue();
    assertThat(Texts.read(Texts.HEAD + event + "CPU:1 [3 EVENTS DROPPED]\n").summary().lossy())
        .isTrue();
  }

  @Test
  void linesOfTheEventBefore() {
    Texts.Reading reading = Texts.read(Texts.resource("stack.trace.txt"));
    assertThat(reading.events())
        .containsExactly(
            new TraceEvent.Marker(1_000_001_000L, 0, 5, "two"),
            new TraceEvent.Other(1_000_002_000L, 0, 5, "sched_waking"),
            new TraceEvent.Other(1_000_003_000L, 0, 5, "<stack"),
            new TraceEvent.Marker(1_000_004_000L, 0, 5, "END"));
    assertThat(reading.summary().skippedLines()).isEqualTo(3);
  }

  @Test
  void aCutAtALineIsVisible() {
    String text = Texts.resource("plain.trace.txt");
    String cut = text.substring(0, text.lastIndexOf("\n", text.length() - 2) + 1);
    assertThat(Texts.read(cut).summary().missingLines()).isEqualTo(1);
  }

  @Test
  void headWithoutEvents() {
    TraceSummary summary =
        Texts.read("# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:4\n#\n")
            .summary();
    assertThat(summary.events()).isZero();
    assertThat(summary.clock()).isEqualTo(Clock.UNKNOWN);
    assertThat(summary.info()).isEqualTo(new TraceInfo("nop", 4, 0, 0));
  }

  @Test
  void ticksWithoutHead() {
    TraceSummary summary =
        Texts.read("              wl-77      [100] d..2. 123456789: ev: x\n").summary();
    assertThat(summary.clock()).isEqualTo(Clock.TICKS);
    assertThat(summary.info()).isEqualTo(TraceInfo.NONE);
    assertThat(summary.lastTs()).isEqualTo(123456789);
  }

  @Test
  void cpuNumbersWithHoles() throws IOException {
    String text = Texts.HEAD + "              wl-77      [136] d..2. 12.000001: ev: x\n";
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    TraceSummary summary =
        FtraceTextReader.read(
            in, "t.txt", FtraceTextReader.CpuNumbers.WITH_HOLES, TraceSink.toEvents(_ -> {}));
    assertThat(summary.events()).isEqualTo(1);
  }

  /** A long text goes through the buffer many times; every line start meets every alignment. */
  @Test
  void longText() {
    StringBuilder text = new StringBuilder();
    int lines = 20_000;
    for (int i = 0; i < lines; i++) {
      text.append("              wl-77      [001]    12.000001: tracing_mark_write: ")
          .append("m".repeat(i % 97))
          .append('\n');
    }
    List<TraceEvent> events = Texts.events(text.toString());
    assertThat(events).hasSize(lines);
    for (int i = 0; i < lines; i++) {
      assertThat(events.get(i))
          .isEqualTo(new TraceEvent.Marker(12_000_001_000L, 1, 77, "m".repeat(i % 97)));
    }
  }

  @Test
  void makesNoObjectPerEvent() {
    long few = allocatedFor(1_000);
    long many = allocatedFor(50_000);
    assertThat(many - few).isLessThan(49_000);
  }

  /** {@return the bytes allocated to read switches between tasks whose names have spaces} */
  private static long allocatedFor(int events) {
    String line =
        "             a b-77      (    70) [001] d..2.    12.000001: sched_switch: prev_comm=a b"
            + " prev_pid=77 prev_prio=120 prev_state=D|K ==> next_comm=c d next_pid=78"
            + " next_prio=120\n";
    byte[] text = line.repeat(events).getBytes(StandardCharsets.UTF_8);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Texts.run(new ByteArrayInputStream(text), new TraceSink() {});
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Gives one byte a read and never says that more is available. */
  private static InputStream dripping(byte[] file) {
    return new ByteArrayInputStream(file) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(1, len));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }
}
