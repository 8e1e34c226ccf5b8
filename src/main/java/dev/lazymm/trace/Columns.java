package dev.lazymm.trace;

/**
 * Finds what stands before the event's name in a line: {@code comm-PID (TGID) [CPU] flags time:}.
 *
 * <p>{@code trace_print_context} in {@code kernel/trace/trace_output.c} writes {@code "%16s-%-7d
 * "}, then with {@code record-tgid} {@code "(%7d) "} or {@code "(-------) "}, then {@code "[%03d]
 * "}, then with {@code irq-info} four to eight flag characters ({@code trace_print_lat_fmt}), then
 * seconds and microseconds or, with a clock that does not count nanoseconds, bare ticks.
 *
 * <p>A comm may contain anything, also what looks like all the rest: {@code x-1 [000] 1.5:} is a
 * legal name. But it has at most 15 bytes (TASK_COMM_LEN less the NUL) and is padded to 16, so the
 * dash is the line's byte 16 in every text from the kernel, and nothing has to be guessed. Only if
 * the line cannot be read from there (a mail program cut the leading spaces, somebody indented it)
 * are the 16 dashes tried that a comm of 0 to 15 bytes behind the indentation allows, the last
 * first: what looks like columns inside a comm stands before the true ones.
 */
final class Columns {
  private static final int COMM_LEN = 16;
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;
  private static final int MAX_FLAGS = 12;
  private static final String EVENT_LINE =
      "a line such as `  comm-PID [CPU] d..2. 12.345678: event: ...`";

  /** The columns of the line last read. */
  int pid;

  int cpu;
  long ts;
  boolean ticks;

  /** Where the CPU's digits, the time and the event's name begin. */
  int cpuAt;

  int tsAt;
  int nameAt;

  /** How far the best attempt came when there are no columns, and what it missed there. */
  int failedAt;

  String missing = EVENT_LINE;

  /** Whether a line without columns at least has a pid and the beginning of a CPU. */
  boolean resemblesEvent;

  /** {@return whether {@code bytes[start, end)} has the columns of an event line} */
  boolean read(byte[] bytes, int start, int end) {
    int usual = start + COMM_LEN;
    failedAt = -1;
    resemblesEvent = false;
    if (usual < end && bytes[usual] == '-' && readFrom(bytes, usual)) {
      return true;
    }
    int indented = skipSpaces(bytes, start);
    for (int dash = Math.min(indented + COMM_LEN, end) - 1; dash >= indented; dash--) {
      if (bytes[dash] == '-' && readFrom(bytes, dash)) {
        return true;
      }
    }
    if (!resemblesEvent) {
      failedAt = indented;
      missing = EVENT_LINE;
    }
    return false;
  }

  private boolean readFrom(byte[] bytes, int dash) {
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

  private int readCpu(byte[] bytes, int from) {
    int at = from;
    int value = 0;
    while (isDigit(bytes[at]) && at - from < 6) {
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == from || bytes[at] != ']') {
      return miss(at, "the CPU's number and ]");
    }
    cpu = value;
    cpuAt = from;
    return at + 1;
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

  private int readTime(byte[] bytes, int from) {
    int at = from;
    long value = 0;
    while (isDigit(bytes[at])) {
      int digit = bytes[at] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return miss(from, "a time below 2^63");
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == from) {
      return miss(at, "the time, as seconds.micros or ticks");
    }
    ticks = bytes[at] != '.';
    if (!ticks) {
      int point = at++;
      long nanos = 0;
      while (isDigit(bytes[at]) && at - point <= 9) {
        nanos = nanos * 10 + (bytes[at++] - '0');
      }
      if (at - point == 1 || value > MAX_SECONDS) {
        return miss(at, "1 to 9 digits after the point of a time below 2^63 ns");
      }
      value = value * 1_000_000_000 + nanos * powerOfTen(10 - (at - point));
    }
    if (bytes[at] != ':') {
      return miss(at, "a colon after the time");
    }
    ts = value;
    tsAt = from;
    return at + 1;
  }

  private static long powerOfTen(int exponent) {
    return switch (exponent) {
      case 0 -> 1;
      case 3 -> 1_000;
      default -> 10 * powerOfTen(exponent - 1);
    };
  }

  private int miss(int at, String what) {
    fail(at, what);
    return -1;
  }

  private boolean fail(int at, String what) {
    if (at > failedAt) {
      failedAt = at;
      missing = what;
    }
    return false;
  }

  private static int skipSpaces(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
