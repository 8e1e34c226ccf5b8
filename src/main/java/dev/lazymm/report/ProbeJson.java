package dev.lazymm.report;

import dev.lazymm.review.Speed;
import org.jspecify.annotations.Nullable;

/**
 * What {@code probe --json} writes; the components are those of {@link Speed}.
 *
 * @param heapBytes what was on the heap afterwards, garbage collected
 */
public record ProbeJson(
    int schemaVersion,
    String program,
    long executions,
    @Nullable Long expected,
    long rounds,
    double executionsPerSecond,
    double bestExecutionsPerSecond,
    double firstExecutionsPerSecond,
    double executionsPerCpuSecond,
    int events,
    long heapBytes) {
  /** {@return the document about a measurement} */
  public static ProbeJson of(Speed s, long heapBytes) {
    return new ProbeJson(
        Json.SCHEMA_VERSION,
        s.program(),
        s.executions(),
        s.expected(),
        s.rounds(),
        s.perSecond(),
        s.best(),
        s.first(),
        s.perCpuSecond(),
        s.events(),
        heapBytes);
  }
}
