package dev.lazymm.trace;

import static dev.lazymm.trace.Label.label;

/** Reads the lines by which a text owns up to missing events. */
final class LostLine {
  private static final Label CPU = label("CPU:");
  private static final Label OPEN = label(" [");
  private static final Label LOST = label("LOST ");
  private static final Label EVENTS = label("EVENTS");
  private static final Label SPACE = label(" ");
  private static final Label PERF_LOST = label("PERF_RECORD_LOST");
  private static final Label PERF_SAMPLES = label("_SAMPLES");
  private static final Label PERF_COUNT = label(" lost ");

  private final Lines lines;
  private final Cursor cursor;

  /** The CPU whose events are missing, and where its number stands. */
  int cpu;

  int cpuAt;

  /** How many are missing, or {@link TraceEvent.Lost#UNKNOWN}. */
  long count;

  LostLine(Lines lines) {
    this.lines = lines;
    this.cursor = new Cursor(lines);
  }

  /** {@code CPU:2 [LOST 17 EVENTS]}, {@code CPU:2 [LOST EVENTS]} or trace-cmd's forms of them. */
  boolean read() {
    cursor.reset(lines.start, lines.end);
    if (!cursor.tryLabel(CPU)) {
      return false;
    }
    cpuAt = cursor.at;
    if (!cursor.tryNumber()) {
      return false;
    }
    cpu = cursor.number;
    if (!cursor.tryLabel(OPEN)) {
      return false;
    }
    cursor.tryLabel(LOST);
    count = TraceEvent.Lost.UNKNOWN;
    if (lines.bytes[cursor.at] != 'E') {
      count = cursor.count();
      cursor.label(SPACE);
    }
    cursor.label(EVENTS);
    return true;
  }

  /** {@code PERF_RECORD_LOST lost 17} of {@code perf script --show-lost-events}, behind columns. */
  boolean readPerf(Columns columns) {
    if (!PERF_LOST.isAt(lines.bytes, columns.nameAt)) {
      return false;
    }
    cursor.reset(columns.nameAt, lines.end);
    cursor.label(PERF_LOST);
    cursor.tryLabel(PERF_SAMPLES);
    cursor.label(PERF_COUNT);
    count = cursor.count();
    cpu = columns.cpu;
    cpuAt = columns.cpuAt;
    return true;
  }
}
