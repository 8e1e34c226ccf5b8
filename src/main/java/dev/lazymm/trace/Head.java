package dev.lazymm.trace;

import static dev.lazymm.trace.Label.label;

import java.nio.charset.StandardCharsets;

/** Collects what the comment lines before the first event say. */
final class Head {
  private static final Label ENTRIES = label("# entries-in-buffer/entries-written:");
  private static final Label SLASH = label("/");
  private static final Label ONLINE = label("#P:");
  private static final String TRACER = "# tracer:";
  private static final String LATENCY = " latency trace v";

  private final Lines lines;
  private final Cursor cursor;
  private TraceInfo info = TraceInfo.NONE;

  Head(Lines lines) {
    this.lines = lines;
    this.cursor = new Cursor(lines);
  }

  /** {@return what has been said so far} */
  TraceInfo info() {
    return info;
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
    if (cursor.tryLabel(ENTRIES)) {
      cursor.skipSpaces();
      long inBuffer = cursor.count();
      cursor.label(SLASH);
      long written = cursor.count();
      cursor.skipSpaces();
      cursor.label(ONLINE);
      info = new TraceInfo(info.tracer(), cursor.number(), inBuffer, written);
    }
  }
}
