package dev.lazymm.trace;

import java.util.Arrays;

/**
 * Holds every event against those before it: a CPU that exists, a clock that did not change its
 * unit, a time that does not go back, neither on its CPU nor in the file, which the kernel merges
 * by time.
 */
final class OrderCheck {
  /** The largest CONFIG_NR_CPUS. */
  private static final int NR_CPUS = 8192;

  private final Lines lines;
  private final Columns columns;
  private final int cpuLimit;
  private final String source;
  private long[] lastOfCpu = new long[64];
  private Clock clock = Clock.UNKNOWN;
  private long firstTs;
  private long lastTs;
  private int lastCpu;

  /**
   * @param onlineCpus how many CPUs there are, {@link TraceInfo#UNKNOWN} if nobody says
   * @param source where the head says so
   */
  OrderCheck(Lines lines, Columns columns, int onlineCpus, String source) {
    this.source = source;
    this.lines = lines;
    this.columns = columns;
    this.cpuLimit = onlineCpus > 0 ? Math.min(onlineCpus, NR_CPUS) : NR_CPUS;
  }

  Clock clock() {
    return clock;
  }

  long firstTs() {
    return firstTs;
  }

  long lastTs() {
    return lastTs;
  }

  /** Checks the columns of the current line. */
  void event() {
    int cpu = columns.cpu;
    long ts = columns.ts;
    cpu(cpu, columns.cpuAt);
    if (clock != Clock.NANOSECONDS || columns.ticks) {
      unit();
    }
    if (ts < lastTs) {
      throw timeGoesBack();
    }
    lastTs = ts;
    if (cpu == TraceEvent.NO_CPU) {
      return;
    }
    lastCpu = cpu;
    if (cpu >= lastOfCpu.length) {
      lastOfCpu = Arrays.copyOf(lastOfCpu, NR_CPUS);
    }
    lastOfCpu[cpu] = ts;
  }

  /** Checks a CPU's number that stands at byte {@code at} of the current line. */
  void cpu(int cpu, int at) {
    if (cpu >= cpuLimit) {
      throw lines.error(
          at,
          "there is no CPU " + cpu,
          cpuLimit == NR_CPUS
              ? "a CPU from 0 to " + (NR_CPUS - 1)
              : "a CPU from 0 to "
                  + (cpuLimit - 1)
                  + ", as "
                  + source
                  + cpuLimit
                  + " in the head says");
    }
  }

  private void unit() {
    Clock unit = columns.ticks ? Clock.TICKS : Clock.NANOSECONDS;
    if (clock == Clock.UNKNOWN) {
      clock = unit;
      firstTs = columns.ts;
    } else if (clock != unit) {
      throw lines.error(
          columns.tsAt,
          "the unit of the time changes",
          clock == Clock.TICKS ? "ticks, as before" : "seconds with a fraction, as before");
    }
  }

  private TraceFormatException timeGoesBack() {
    int cpu = columns.cpu;
    boolean known = cpu >= 0 && cpu < lastOfCpu.length;
    long before = known ? lastOfCpu[cpu] : 0;
    boolean onItsCpu = columns.ts < before;
    String change = cpu < 0 ? "" : " from CPU " + lastCpu + " to CPU " + cpu;
    String where = onItsCpu ? " on CPU " + cpu : change;
    return lines.error(
        columns.tsAt,
        "time goes back"
            + where
            + ": "
            + show(columns.ts)
            + " after "
            + show(onItsCpu ? before : lastTs),
        "events in the order of time, as the file `trace` and `perf script` have them (`trace_pipe` may not)");
  }

  private String show(long ts) {
    return clock == Clock.TICKS
        ? Long.toString(ts)
        : "%d.%09d".formatted(ts / 1_000_000_000, ts % 1_000_000_000);
  }
}
