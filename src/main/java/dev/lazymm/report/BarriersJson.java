package dev.lazymm.report;

import dev.lazymm.barriers.Baseline;
import dev.lazymm.barriers.Cell;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.barriers.Relaxed;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.count.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code barriers --json} writes. */
public record BarriersJson(
    int schemaVersion,
    String design,
    String arch,
    List<CellJson> cells,
    List<RelaxedJson> together,
    Map<String, List<String>> leftOut,
    int scenarios,
    long checks,
    long executions,
    long replays,
    boolean inconclusive) {
  /**
   * A site weakened alone in one way under one model.
   *
   * @param answer needed, not-needed, inconclusive, no-difference or not-reached
   * @param scenario where something breaks; null if nothing does
   * @param broken all scenarios in which something broke; the first only unless {@code --deep}
   * @param of how many scenarios come by it
   */
  public record CellJson(
      String site,
      String form,
      String model,
      boolean whatIf,
      String answer,
      @Nullable String scenario,
      @Nullable String invariant,
      @Nullable String what,
      List<String> broken,
      int of) {}

  /**
   * What can be weakened together.
   *
   * @param fullBarriers how many of an idle round trip are left, and of how many
   * @param readModifyWrites how many atomics on mm_count it has
   */
  public record RelaxedJson(
      String model,
      Map<String, String> weakened,
      List<String> needed,
      List<String> kept,
      boolean complete,
      int fullBarriers,
      int fullBarriersAsWritten,
      int readModifyWrites) {}

  /** {@return the document} */
  public static BarriersJson of(Necessity n) {
    String arch = n.question().arch().name();
    Map<String, List<String>> leftOut = new TreeMap<>();
    for (Baseline b : n.baselines()) {
      if (b.isBroken()) {
        leftOut
            .computeIfAbsent(b.subject().spelled(), s -> new ArrayList<>())
            .add(b.model().name());
      }
    }
    return new BarriersJson(
        1,
        n.question().design().name(),
        arch,
        n.cells().stream().map(c -> cell(c, arch)).toList(),
        n.relaxed().stream().map(r -> relaxed(r, n)).toList(),
        leftOut,
        n.question().subjects().size(),
        n.checks(),
        n.executions(),
        n.replays(),
        n.inconclusive());
  }

  private static CellJson cell(Cell c, String arch) {
    Cell.Finding f = c.finding();
    return new CellJson(
        c.site(),
        c.form().word(),
        c.model().name(),
        c.model().isWhatIf(arch),
        c.answer().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        f == null ? null : f.subject().spelled(),
        f == null ? null : f.invariant(),
        f == null ? null : f.what(),
        c.broken(),
        c.scenarios());
  }

  private static RelaxedJson relaxed(Relaxed r, Necessity n) {
    Map<String, String> weakened = new TreeMap<>();
    for (Map.Entry<String, Weakening> e : r.weakened().forms().entrySet()) {
      weakened.put(e.getKey(), e.getValue().word());
    }
    return new RelaxedJson(
        r.model().name(),
        weakened,
        r.needed(),
        r.kept().stream().map(Relaxed.Kept::site).toList(),
        r.complete(),
        n.fullBarriers(r.weakened()),
        n.fullBarriers(Weakenings.NONE),
        Count.total(n.roundTrip().rmws()));
  }
}
