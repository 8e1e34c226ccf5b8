package dev.lazymm.trace;

/**
 * Finds what stands before the event's name in a line: {@code comm-PID (TGID) [CPU] flags time:}.
 *
 * <p>{@code trace_print_context} in {@code kernel/trace/trace_output.c} writes {@code "%16s-%-7d
 * "}, then with {@code record-tgid} {@code "(%7d) "} or {@code "(-------) "}, then {@code "[%03d]
 * "}, then with {@code irq-info} four to eight flag characters ({@code trace_print_lat_fmt}), then
 * seconds and microseconds or, with a clock that does not count nanoseconds, bare ticks.
 *
 * <p>{@code trace-cmd report} prints the same columns. The dash behind the comm is the line's byte
 * 16.
 */
final class FtraceColumns extends Columns {
  private static final int MAX_FLAGS = 12;

  FtraceColumns() {
    super("a line such as `  comm-PID [CPU] d..2. 12.345678: event: ...`");
  }

  @Override
  boolean readFrom(byte[] bytes, int dash) {
    if (bytes[dash] != '-') {
      return false;
    }
    int at = readPid(bytes, dash + 1);
    if (at < 0) {
      return false;
    }
    at = skipSpaces(bytes, at);
    if (bytes[at] == '(') {
      at = skipTgid(bytes, at);
      if (at < 0) {
        return false;
      }
    }
    if (bytes[at] != '[') {
      return fail(at, "[CPU]");
    }
    resemblesEvent = true;
    at = readCpu(bytes, at + 1);
    if (at < 0) {
      return false;
    }
    at = skipSpaces(bytes, at);
    if (!isDigit(bytes[at])) {
      at = skipFlags(bytes, at);
      if (at < 0) {
        return false;
      }
    }
    at = readTime(bytes, at);
    if (at < 0) {
      return false;
    }
    nameAt = skipSpaces(bytes, at);
    return true;
  }

  private int readPid(byte[] bytes, int from) {
    int at = from;
    long value = 0;
    while (isDigit(bytes[at]) && at - from < 10) {
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == from || bytes[at] != ' ' || value > Integer.MAX_VALUE) {
      return miss(at, "-PID and a space");
    }
    pid = (int) value;
    return at;
  }

  private int skipTgid(byte[] bytes, int open) {
    int at = open + 1;
    while (isDigit(bytes[at]) || bytes[at] == ' ' || bytes[at] == '-') {
      at++;
    }
    return bytes[at] == ')' ? skipSpaces(bytes, at + 1) : miss(at, "(TGID) or (-------)");
  }

  /** The flags begin with three characters that are not digits, so they are no time. */
  private int skipFlags(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] > ' ' && bytes[at] != ':' && at - from < MAX_FLAGS) {
      at++;
    }
    if (at == from || bytes[at] != ' ') {
      return miss(at, "flags such as d..2. or the time");
    }
    return skipSpaces(bytes, at);
  }
}
