package dev.lazymm.report;

import dev.lazymm.replay.ReplayReport;
import dev.lazymm.review.Recording;
import dev.lazymm.review.Truth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code replay --json} writes.
 *
 * @param reasons why the counts may be off; empty if they are not lossy
 * @param fault the message about what is wrong with the file, which was counted up to there; null
 *     if nothing is
 * @param truth our counts beside the kernel's; null unless asked for
 */
public record ReplayJson(
    int schemaVersion,
    String trace,
    long events,
    int cpus,
    boolean lossy,
    double unknownMmShare,
    long exitsWithMm,
    long mmDeaths,
    ReplayReport.Switches switches,
    long membarrierCalls,
    ReplayReport.Interval membarrierIpis,
    Map<String, Map<String, ReplayReport.Costs>> designs,
    List<String> reasons,
    @Nullable String fault,
    @Nullable List<TruthJson> truth) {
  /** A count of ours beside the kernel's. */
  public record TruthJson(
      String what, long predicted, long real, long difference, @Nullable Double percent) {}

  /** {@return the document about a replayed recording} */
  public static ReplayJson of(Recording recording, @Nullable List<Truth.Row> truth) {
    ReplayReport r = recording.report();
    return new ReplayJson(
        Json.SCHEMA_VERSION,
        recording.name(),
        r.events(),
        r.cpus(),
        r.lossy(),
        r.unknownMmShare(),
        r.exitsWithMm(),
        r.mmDeaths(),
        r.switches(),
        r.membarrierCalls(),
        r.membarrierIpis(),
        r.designs(),
        recording.reasons(),
        recording.fault(),
        truth == null ? null : truth.stream().map(ReplayJson::truth).toList());
  }

  private static TruthJson truth(Truth.Row row) {
    return new TruthJson(row.what(), row.predicted(), row.real(), row.difference(), row.percent());
  }
}
