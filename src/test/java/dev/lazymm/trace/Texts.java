package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads texts that are written down in a test. */
final class Texts {
  /** What a recording of two CPUs begins with. */
  static final String HEAD = "# tracer: nop\n#\n# entries-in-buffer/entries-written: 1/1   #P:2\n";

  private Texts() {}

  /** A whole reading: what was delivered, and how it ended. */
  record Reading(List<TraceEvent> events, TraceSummary summary) {}

  static Reading read(String text) {
    List<TraceEvent> events = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new Reading(events, run(in, TraceSink.toEvents(events::add)));
  }

  static List<TraceEvent> events(String text) {
    return read(text).events();
  }

  /** The one event of a line. */
  static TraceEvent event(String line) {
    List<TraceEvent> events = events(line + "\n");
    if (events.size() != 1) {
      throw new AssertionError(events);
    }
    return events.getFirst();
  }

  static TraceFormatException fails(String text) {
    return fails(text.getBytes(StandardCharsets.UTF_8), new ArrayList<>());
  }

  /** The fault of a file; what was delivered before goes to {@code events}. */
  static TraceFormatException fails(byte[] file, List<TraceEvent> events) {
    return assertThatExceptionOfType(TraceFormatException.class)
        .isThrownBy(() -> run(new ByteArrayInputStream(file), TraceSink.toEvents(events::add)))
        .actual();
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static String resource(String name) {
    try (InputStream in = Texts.class.getResourceAsStream("/trace/" + name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TraceSummary run(InputStream in, TraceSink sink) {
    try {
      return FtraceTextReader.read(in, "t.txt", FtraceTextReader.CpuNumbers.BELOW_COUNT, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
