package dev.lazymm.trace;

import static dev.lazymm.trace.Label.label;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the text that people make of a recording, plain or gzip-compressed: ftrace text, what
 * {@code cat /sys/kernel/tracing/trace} prints; {@code perf script} text; {@code trace-cmd report}
 * text.
 *
 * <p>Streaming: one pass, constant memory, no object per event. The first event tells which text it
 * is, and all variants that the tools' options make are understood without being told: with and
 * without TGIDs, with and without flags, seconds or ticks. See {@link FtraceColumns}, {@link
 * PerfColumns} and {@link SchedParser} for how names that look like the rest of the line are told
 * apart, and for the sources that define the formats.
 *
 * <p>A file that is not sound ends in a {@link TraceFormatException}; the events before the fault
 * have then been delivered. That includes a file that was cut off, a CPU that the head does not
 * know, and time that goes back. Missing events that the file itself owns up to are no fault: they
 * are delivered as {@link TraceSink#lost} and told by {@link TraceSummary#lossy}.
 */
public final class FtraceTextReader {
  private static final Label BUFFER_OF_CPU = label("##### CPU ");
  private static final Label TRACER = label("# tracer:");
  private static final Label STARTED = label(" buffer started ");
  private static final Label STACK_LINE = label("=> ");

  /** Which CPU numbers a recording may have. */
  public enum CpuNumbers {
    /** Below the number of CPUs in the head. */
    BELOW_COUNT,

    /** Any: CPUs were taken offline, as with SMT off on POWER, and the numbers have holes. */
    WITH_HOLES
  }

  private final Lines lines;
  private final TraceSink sink;
  private final CpuNumbers cpuNumbers;
  private final Head head;
  private final Cursor cursor;
  private final LostLine lostLine;
  private Columns columns = new FtraceColumns();
  private EventParser parser;
  private OrderCheck order;
  private boolean perf;
  private boolean inBody;
  private boolean mayGoOn;
  private boolean lossy;
  private long events;
  private long skipped;
  private long lost;

  private FtraceTextReader(Lines lines, CpuNumbers cpuNumbers, TraceSink sink) {
    this.lines = lines;
    this.sink = sink;
    this.cpuNumbers = cpuNumbers;
    this.head = new Head(lines);
    this.cursor = new Cursor(lines);
    this.lostLine = new LostLine(lines);
    this.parser = new EventParser(lines, columns, false, sink);
    this.order = new OrderCheck(lines, columns, TraceInfo.UNKNOWN, "");
  }

  /**
   * Reads a file to its end.
   *
   * @throws TraceFormatException if it is not sound; events before the fault have been delivered
   * @throws IOException if the file cannot be opened or read
   */
  public static TraceSummary read(Path file, TraceSink sink) throws IOException {
    return read(file, CpuNumbers.BELOW_COUNT, sink);
  }

  /** As {@link #read(Path, TraceSink)}, with a choice. */
  public static TraceSummary read(Path file, CpuNumbers cpuNumbers, TraceSink sink)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), cpuNumbers, sink);
    }
  }

  /**
   * Reads a stream, for example standard input, to its end and leaves it open.
   *
   * @param name what errors call it
   * @throws TraceFormatException if it is not sound; events before the fault have been delivered
   * @throws IOException if the stream cannot be read
   */
  public static TraceSummary read(
      InputStream in, String name, CpuNumbers cpuNumbers, TraceSink sink) throws IOException {
    try (InputStream text = TraceInput.open(in, name)) {
      return new FtraceTextReader(new Lines(text, name), cpuNumbers, sink).run(name);
    }
  }

  private TraceSummary run(String name) throws IOException {
    while (lines.advance()) {
      line();
    }
    if (!inBody) {
      if (head.info().equals(TraceInfo.NONE)) {
        boolean empty = lines.number == 0;
        throw TraceFormatException.ofFile(
            name,
            empty ? "the file is empty" : "there is neither a head nor an event in the file",
            "ftrace text, `perf script` text or `trace-cmd report` text");
      }
      beginBody();
    }
    return new TraceSummary(
        head.info(),
        order.clock(),
        lines.number,
        events,
        skipped,
        order.firstTs(),
        order.lastTs(),
        lost,
        lossy || head.info().lossy());
  }

  private void line() {
    if (lines.start == lines.end) {
      return;
    }
    switch (lines.bytes[lines.start]) {
      case '#' -> comment();
      case 'C' -> {
        if (lostLine.read()) {
          missing();
        } else {
          event();
        }
      }
      default -> event();
    }
  }

  private void event() {
    boolean known = inBody || head.saysFtrace();
    if (!(known ? columns.read(lines.bytes, lines.start, lines.end) : recognise())) {
      noEvent();
      return;
    }
    if (!inBody) {
      beginBody();
    }
    order.event();
    if (perf && lostLine.readPerf(columns)) {
      missing();
      return;
    }
    events++;
    mayGoOn = parser.parse();
  }

  /** The first event tells whose text it is: columns in their usual place before indented ones. */
  private boolean recognise() {
    Columns ftrace = columns;
    Columns script = new PerfColumns();
    byte[] bytes = lines.bytes;
    if (ftrace.readUsual(bytes, lines.start, lines.end)) {
      return true;
    }
    boolean usual = script.readUsual(bytes, lines.start, lines.end);
    if (!usual && ftrace.read(bytes, lines.start, lines.end)) {
      return true;
    }
    if (usual || script.read(bytes, lines.start, lines.end)) {
      columns = script;
      perf = true;
      parser = new EventParser(lines, script, true, sink);
      return true;
    }
    columns = script.resemblesEvent && !ftrace.resemblesEvent ? script : ftrace;
    return false;
  }

  private void beginBody() {
    inBody = true;
    TraceInfo info = head.info();
    boolean holes = cpuNumbers == CpuNumbers.WITH_HOLES;
    order =
        new OrderCheck(lines, columns, holes ? TraceInfo.UNKNOWN : info.cpus(), head.cpuSource());
    sink.header(info);
  }

  private void comment() {
    cursor.reset(lines.start, lines.end);
    if (cursor.tryLabel(BUFFER_OF_CPU)) {
      int at = cursor.at;
      int cpu = cursor.number();
      cursor.label(STARTED);
      missing(cpu, at);
      sink.bufferStarted(order.lastTs(), cpu);
    } else if (!inBody) {
      head.read();
    } else if (cursor.tryLabel(TRACER)) {
      throw lines.error(lines.start, "a second recording begins here", "one recording in a file");
    }
  }

  private void missing() {
    missing(lostLine.cpu, lostLine.cpuAt);
    lost += Math.max(0, lostLine.count);
    sink.lost(order.lastTs(), lostLine.cpu, lostLine.count);
  }

  private void missing(int cpu, int at) {
    if (!inBody) {
      beginBody();
    }
    order.cpu(cpu, at);
    lossy = true;
  }

  /** A line without columns is a fault unless it continues the event before. */
  private void noEvent() {
    if (!inBody && head.readReport()) {
      return;
    }
    cursor.reset(lines.start, lines.end);
    boolean indented = perf && lines.bytes[lines.start] == '\t';
    cursor.skipSpaces();
    boolean stack = events > 0 && (indented || cursor.tryLabel(STACK_LINE));
    boolean blank = cursor.at >= lines.end;
    if (stack || blank || (mayGoOn && !columns.resemblesEvent && isText())) {
      skipped += blank ? 0 : 1;
      return;
    }
    throw lines.error(
        columns.failedAt,
        columns.resemblesEvent ? columns.missing + " is missing" : "this is not an event",
        columns.missing);
  }

  private boolean isText() {
    for (int i = lines.start; i < lines.end; i++) {
      if (lines.bytes[i] >= 0 && lines.bytes[i] < ' ' && lines.bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
