package dev.lazymm.trace;

import static dev.lazymm.trace.Label.label;

import java.nio.charset.StandardCharsets;

/** Collects what the comment lines before the first event say. */
final class Head {
  private static final Label ENTRIES = label("# entries-in-buffer/entries-written:");
  private static final Label SLASH = label("/");
  private static final Label ONLINE = label("#P:");
  private static final Label PERF_ONLINE = label("# nrcpus online : ");
  private static final Label REPORT_CPUS = label("cpus=");
  private static final Label REPORT_VERSION = label("version = ");
  private static final Label REPORT_CPU = label("CPU ");
  private static final Label REPORT_EMPTY = label(" is empty");
  private static final String TRACER = "# tracer:";
  private static final String LATENCY = " latency trace v";

  private final Lines lines;
  private final Cursor cursor;
  private TraceInfo info = TraceInfo.NONE;
  private String cpuSource = "";

  Head(Lines lines) {
    this.lines = lines;
    this.cursor = new Cursor(lines);
  }

  /** {@return what has been said so far} */
  TraceInfo info() {
    return info;
  }

  /** {@return whether it names a tracer, as only the kernel's own text does} */
  boolean saysFtrace() {
    return !info.tracer().isEmpty();
  }

  /** {@return what stands before the number of CPUs in the head} */
  String cpuSource() {
    return cpuSource;
  }

  /** {@return whether the current line is one that trace-cmd report begins with, and read} */
  boolean readReport() {
    cursor.reset(lines.start, lines.end);
    if (cursor.tryLabel(REPORT_CPUS)) {
      cpus(cursor.number(), "cpus=");
    } else if (cursor.tryLabel(REPORT_VERSION)) {
      cursor.number();
    } else if (cursor.tryLabel(REPORT_CPU)) {
      cursor.number();
      cursor.label(REPORT_EMPTY);
    } else {
      return false;
    }
    if (cursor.at != lines.end) {
      throw lines.error(cursor.at, "the line does not end here", "a line end");
    }
    return true;
  }

  private void cpus(int count, String source) {
    info = new TraceInfo(info.tracer(), count, info.entriesInBuffer(), info.entriesWritten());
    cpuSource = source;
  }

  /** Reads the current line, which begins with {@code #}. */
  void read() {
    int length = lines.end - lines.start;
    String text = new String(lines.bytes, lines.start, length, StandardCharsets.UTF_8);
    if (text.contains(LATENCY)) {
      throw lines.error(
          lines.start,
          "this text was made with the option latency-format",
          "the default format: echo 0 > /sys/kernel/tracing/options/latency-format");
    }
    if (text.startsWith(TRACER)) {
      String tracer = text.substring(TRACER.length()).strip();
      info = new TraceInfo(tracer, info.cpus(), info.entriesInBuffer(), info.entriesWritten());
      return;
    }
    cursor.reset(lines.start, lines.end);
    if (cursor.tryLabel(PERF_ONLINE)) {
      cpus(cursor.number(), "nrcpus online : ");
    } else if (cursor.tryLabel(ENTRIES)) {
      cursor.skipSpaces();
      long inBuffer = cursor.count();
      cursor.label(SLASH);
      long written = cursor.count();
      cursor.skipSpaces();
      cursor.label(ONLINE);
      info = new TraceInfo(info.tracer(), TraceInfo.UNKNOWN, inBuffer, written);
      cpus(cursor.number(), "#P:");
    }
  }
}
