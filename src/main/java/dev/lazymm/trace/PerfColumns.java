package dev.lazymm.trace;

/**
 * Finds what stands before the event's name in a line of {@code perf script}: {@code comm tid [cpu]
 * time: group:name:}.
 *
 * <p>{@code perf_sample__fprintf_start} in {@code tools/perf/builtin-script.c} writes {@code "%16s
 * "}, then {@code "%7d "} or, with the fields pid and tid both, {@code "%7d/%-7d "}, then {@code
 * "[%03d] "} if CPUs were recorded, then the time; {@code process_event} puts the event's name
 * behind it, and its period in between where that was asked for. The tid is -1 for a task whose
 * exit perf has seen already.
 */
final class PerfColumns extends Columns {
  PerfColumns() {
    super("a line such as `  comm  PID [CPU] 12.345678: sched:event: ...`");
  }

  @Override
  boolean readFrom(byte[] bytes, int commEnd) {
    if (bytes[commEnd] != ' ') {
      return false;
    }
    int at = readTid(bytes, skipSpaces(bytes, commEnd));
    if (at < 0) {
      return false;
    }
    at = skipSpaces(bytes, at);
    cpu = TraceEvent.NO_CPU;
    cpuAt = at;
    if (bytes[at] == '[') {
      resemblesEvent = true;
      at = readCpu(bytes, at + 1);
      if (at < 0) {
        return false;
      }
      at = skipSpaces(bytes, at);
    }
    at = readTime(bytes, at);
    if (at < 0) {
      return false;
    }
    if (ticks) {
      return fail(tsAt, "the time, as seconds.micros");
    }
    resemblesEvent = true;
    nameAt = skipPeriod(bytes, skipSpaces(bytes, at));
    return true;
  }

  /** {@code TID} or {@code TGID/TID}. */
  private int readTid(byte[] bytes, int from) {
    int at = readId(bytes, from);
    if (at >= 0 && bytes[at] == '/') {
      at = readId(bytes, at + 1);
    }
    return at < 0 || bytes[at] == ' ' ? at : miss(at, "a space behind the PID");
  }

  private int readId(byte[] bytes, int from) {
    int at = bytes[from] == '-' ? from + 1 : from;
    int digits = at;
    long value = 0;
    while (isDigit(bytes[at]) && at - digits < 10) {
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == digits || value > Integer.MAX_VALUE) {
      return miss(at, "the PID");
    }
    pid = digits > from ? TraceEvent.NO_PID : (int) value;
    return at;
  }

  private static int skipPeriod(byte[] bytes, int from) {
    int at = from;
    while (isDigit(bytes[at])) {
      at++;
    }
    return at > from && bytes[at] == ' ' ? skipSpaces(bytes, at) : from;
  }
}
