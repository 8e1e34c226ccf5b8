package dev.lazymm.trace;

import static dev.lazymm.trace.Label.label;

/**
 * Reads the part of an event line behind the time: looks at the event's name, leaves the
 * scheduler's events to {@link SchedParser} and reads the others itself.
 *
 * <p>The formats are those of {@code print_syscall_enter} in {@code kernel/trace/trace_syscalls.c}
 * and of {@code trace_print_print} in {@code kernel/trace/trace_output.c}.
 */
final class EventParser {
  private static final Label SCHED_SWITCH = label("sched_switch");
  private static final Label TASK_NEWTASK = label("task_newtask");
  private static final Label PROCESS_FORK = label("sched_process_fork");
  private static final Label PROCESS_EXEC = label("sched_process_exec");
  private static final Label PROCESS_EXIT = label("sched_process_exit");
  private static final Label SYS_MEMBARRIER = label("sys_membarrier");
  private static final Label ENTER_MEMBARRIER = label("sys_enter_membarrier");
  private static final Label MARK_WRITE = label("tracing_mark_write");
  private static final Label PRINT = label("print");

  private static final Label COMMAND = label("cmd: ");
  private static final Label FLAGS = label(", flags: ");
  private static final Label CPU_ID = label(", cpu_id: ");

  private final Lines lines;
  private final byte[] bytes;
  private final Columns columns;
  private final boolean grouped;
  private final TraceSink sink;
  private final Cursor cursor;
  private final SchedParser sched;
  private final TraceText text = new TraceText();

  /**
   * @param grouped whether names have a group before them, as in {@code sched:sched_switch:}
   */
  EventParser(Lines lines, Columns columns, boolean grouped, TraceSink sink) {
    this.grouped = grouped;
    this.lines = lines;
    this.bytes = lines.bytes;
    this.columns = columns;
    this.sink = sink;
    this.cursor = new Cursor(lines);
    this.sched = new SchedParser(lines, columns, sink);
  }

  /**
   * Hands the current line to the sink; its columns have been read.
   *
   * @return whether the event's text may go on in further lines without columns
   */
  boolean parse() {
    int from = columns.nameAt;
    int to = nameEnd(from);
    if (grouped && bytes[to] == ':' && bytes[to + 1] > ' ') {
      from = to + 1;
      to = nameEnd(from);
    }
    if (bytes[to] == ':') {
      return withColon(from, to);
    } else if (bytes[to] == '(' && named(SYS_MEMBARRIER, from, to)) {
      membarrier(to + 1, ')');
      return false;
    }
    return unknown(from, to);
  }

  private int nameEnd(int from) {
    int to = from;
    while (bytes[to] > ' ' && bytes[to] != ':' && bytes[to] != '(') {
      to++;
    }
    return to;
  }

  private boolean withColon(int from, int to) {
    if (named(SCHED_SWITCH, from, to)) {
      sched.schedSwitch(to + 1);
    } else if (named(PROCESS_FORK, from, to)) {
      sched.fork(to + 1);
    } else if (named(PROCESS_EXEC, from, to)) {
      sched.exec(to + 1);
    } else if (named(PROCESS_EXIT, from, to)) {
      sched.exit(to + 1);
    } else if (named(TASK_NEWTASK, from, to)) {
      sched.newTask(to + 1);
    } else if (named(PRINT, from, to)) {
      return printed(to + 1);
    } else if (named(ENTER_MEMBARRIER, from, to)) {
      membarrier(skipSpaces(to + 1), bytes[lines.end]);
    } else {
      return unknown(from, to);
    }
    return false;
  }

  private boolean unknown(int from, int to) {
    if (MARK_WRITE.isAt(bytes, from) && marker(to)) {
      return true;
    }
    if (from == to) {
      throw lines.error(from, "the event's name is missing", "a name and a colon");
    }
    sink.other(columns.ts, columns.cpu, columns.pid, text.set(bytes, from, to));
    return false;
  }

  private void membarrier(int from, int close) {
    cursor.reset(from, lines.end);
    cursor.label(COMMAND);
    long command = cursor.hex();
    cursor.label(FLAGS);
    long flags = cursor.hex();
    if (cursor.tryLabel(CPU_ID)) {
      cursor.hex();
    }
    if (bytes[cursor.at] != close) {
      throw lines.error(cursor.at, "the call does not end here", close == ')' ? ")" : "a line end");
    }
    sink.membarrier(columns.ts, columns.cpu, columns.pid, command, flags);
  }

  /** {@code print:}, with which trace-cmd begins a marker. */
  private boolean printed(int from) {
    int at = skipSpaces(from);
    boolean named = MARK_WRITE.isAt(bytes, at) && marker(at + MARK_WRITE.bytes.length);
    return named || markerText(at);
  }

  /**
   * The function's name may be followed by an offset, an address or a compiler's suffix; without a
   * colon it is the function itself, seen by the function tracer.
   */
  private boolean marker(int from) {
    int at = from;
    while (bytes[at] != ':' && at < lines.end) {
      at++;
    }
    return at < lines.end && markerText(bytes[at + 1] == ' ' ? at + 2 : at + 1);
  }

  private boolean markerText(int from) {
    int to = lines.end;
    while (to > from && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
      to--;
    }
    text.set(bytes, from, Math.max(from, to));
    sink.marker(columns.ts, columns.cpu, columns.pid, text);
    return true;
  }

  private int skipSpaces(int from) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  private boolean named(Label name, int from, int to) {
    return to - from == name.bytes.length && name.isAt(bytes, from);
  }
}
