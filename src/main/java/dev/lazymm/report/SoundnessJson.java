package dev.lazymm.report;

import dev.lazymm.litmus.run.Soundness;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether models allow what a first one forbids: the summary of {@code --sound --json}. */
public record SoundnessJson(
    String first,
    boolean holds,
    int forbidden,
    int allowed,
    int racy,
    int unknown,
    List<RowJson> models) {
  /** Of what the first model forbids, what another forbids, allows and leaves open. */
  public record RowJson(
      String model,
      int covered,
      int forbidden,
      List<String> allowed,
      int open,
      Map<String, Integer> withoutMapping) {
    private static RowJson of(Soundness.Row row) {
      return new RowJson(
          row.model(),
          row.covered(),
          row.forbidden(),
          row.allowed(),
          row.open(),
          new TreeMap<>(row.notMapped()));
    }
  }

  static SoundnessJson of(Soundness all) {
    Soundness.Promises promises = all.promises();
    return new SoundnessJson(
        all.first(),
        all.holds(),
        promises.forbidden(),
        promises.allowed(),
        promises.racy(),
        promises.unknown(),
        all.rows().stream().map(RowJson::of).toList());
  }
}
