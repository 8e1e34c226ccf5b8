package dev.lazymm.report;

import dev.lazymm.live.LiveResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code live --json} writes.
 *
 * @param calibrated whether numbers may be taken for predictions: no
 */
public record LiveJson(int schemaVersion, long seed, boolean calibrated, List<Run> results) {
  /** One run; the components are those of {@link LiveResult}. */
  public record Run(
      String design,
      String arch,
      String scenario,
      String result,
      String placement,
      long rounds,
      long switches,
      long ipis,
      List<LiveResult.End> ends,
      boolean more,
      List<LiveResult.End> exists,
      List<Found> found,
      @Nullable String stuck) {}

  /** Something that must not be. */
  public record Found(String invariant, String what, long round, long times) {}

  /** {@return the document about some runs, at least one} */
  public static LiveJson of(List<LiveResult> results) {
    List<Run> runs = results.stream().map(LiveJson::run).toList();
    return new LiveJson(Json.SCHEMA_VERSION, results.getFirst().seed(), false, runs);
  }

  private static Run run(LiveResult r) {
    List<Found> found =
        r.found().stream()
            .map(f -> new Found(f.finding().name(), f.finding().what(), f.round(), f.times()))
            .toList();
    return new Run(
        r.design(),
        r.arch(),
        r.scenario(),
        r.word(),
        r.placement(),
        r.rounds(),
        r.switches(),
        r.ipis(),
        r.ends(),
        r.more(),
        r.exists(),
        found,
        r.stuck());
  }
}
