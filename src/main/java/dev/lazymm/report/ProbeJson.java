package dev.lazymm.report;

import dev.lazymm.check.Probe;

/**
 * What {@code probe --json} writes.
 *
 * @param rounds how often the program was explored whole
 * @param heapBytes what was on the heap afterwards, garbage collected
 */
public record ProbeJson(
    int schemaVersion,
    String program,
    int cpus,
    int events,
    long executions,
    long rounds,
    double seconds,
    double executionsPerSecond,
    long heapBytes) {
  /** {@return the document about a measurement} */
  public static ProbeJson of(Probe.Speed s, long heapBytes) {
    return new ProbeJson(
        Json.SCHEMA_VERSION,
        s.program(),
        s.cpus(),
        s.events(),
        s.executions(),
        s.rounds(),
        s.nanos() / 1e9,
        s.rate(),
        heapBytes);
  }
}
