package dev.lazymm.trace;

/**
 * Finds what stands before the event's name in a line. Each format has its own order of columns;
 * what they share is the comm in front, of at most 15 bytes, padded on the left to 16.
 *
 * <p>A comm may contain anything, also what looks like all the rest. But it has at most 15 bytes
 * (TASK_COMM_LEN less the NUL) and is padded to 16, so it ends at the line's byte 16 in every text
 * that the tools print, and nothing has to be guessed. Only if the line cannot be read from there
 * (a mail program cut the leading spaces, somebody indented it) are the 16 ends tried that a comm
 * of 0 to 15 bytes behind the indentation allows, the last first: what looks like columns inside a
 * comm stands before the true ones.
 */
abstract class Columns {
  private static final int COMM_LEN = 16;
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;

  /** The columns of the line last read. */
  int pid;

  /** {@link TraceEvent#NO_CPU} if the line does not say. */
  int cpu;

  long ts;
  boolean ticks;

  /** Where the CPU's digits, the time and the event's name begin. */
  int cpuAt;

  int tsAt;
  int nameAt;

  /** How far the best attempt came when there are no columns, and what it missed there. */
  int failedAt;

  String missing;

  /** Whether a line without columns at least has a pid and the beginning of a CPU. */
  boolean resemblesEvent;

  private final String eventLine;

  Columns(String eventLine) {
    this.eventLine = eventLine;
    this.missing = eventLine;
  }

  /** {@return whether columns follow the comm that ends before byte {@code commEnd}} */
  abstract boolean readFrom(byte[] bytes, int commEnd);

  /** {@return whether {@code bytes[start, end)} has its columns where the tools print them} */
  final boolean readUsual(byte[] bytes, int start, int end) {
    int usual = start + COMM_LEN;
    failedAt = -1;
    resemblesEvent = false;
    return usual < end && readFrom(bytes, usual);
  }

  /** {@return whether {@code bytes[start, end)} has the columns of an event line} */
  final boolean read(byte[] bytes, int start, int end) {
    if (readUsual(bytes, start, end)) {
      return true;
    }
    int indented = skipSpaces(bytes, start);
    for (int at = Math.min(indented + COMM_LEN, end) - 1; at >= indented; at--) {
      if (readFrom(bytes, at)) {
        return true;
      }
    }
    if (!resemblesEvent) {
      failedAt = indented;
      missing = eventLine;
    }
    return false;
  }

  final int readCpu(byte[] bytes, int from) {
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

  final int readTime(byte[] bytes, int from) {
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

  final int miss(int at, String what) {
    fail(at, what);
    return -1;
  }

  final boolean fail(int at, String what) {
    if (at > failedAt) {
      failedAt = at;
      missing = what;
    }
    return false;
  }

  static int skipSpaces(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
