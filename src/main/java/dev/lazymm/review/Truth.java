package dev.lazymm.review;

import dev.lazymm.replay.ReplayReport;
import dev.lazymm.replay.Replayer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a recorded kernel really did, counted by its function tracer while the recording was made,
 * beside what the replay of the recording counts.
 */
public final class Truth {
  /**
   * One count.
   *
   * @param what what was counted
   * @param predicted our count
   * @param real the kernel's
   */
  public record Row(String what, long predicted, long real) {
    /** {@return how much the prediction is above the truth} */
    public long difference() {
      return predicted - real;
    }

    /** {@return the difference as a share of the truth; null if that is 0 and we are off} */
    public @Nullable Double percent() {
      if (real == 0) {
        return difference() == 0 ? 0.0 : null;
      }
      return 100.0 * difference() / real;
    }
  }

  private final JsonNode truth;

  /**
   * @param truth the document, as {@code NAME.truth.json} holds it
   */
  public Truth(JsonNode truth) {
    this.truth = truth;
  }

  /** {@return the architecture of ours that is nearest to the recorded machine} */
  public String arch() {
    if (!truth.at("/arch").asString("").startsWith("ppc")) {
      return "x86-eager";
    }
    return truth.at("/mmu").asString("").equals("radix") ? "powerpc-radix" : "powerpc-hash";
  }

  /** {@return the time in which the kernel was counted, in nanoseconds; null if nobody says} */
  public Replayer.@Nullable Span window() {
    String begin = truth.at("/window/begin").asString("");
    String end = truth.at("/window/end").asString("");
    return begin.isEmpty() || end.isEmpty()
        ? null
        : new Replayer.Span(nanoseconds(begin), nanoseconds(end));
  }

  private static long nanoseconds(String seconds) {
    return new BigDecimal(seconds).movePointRight(9).longValue();
  }

  /** {@return every count that both sides have} */
  public List<Row> compare(ReplayReport report) {
    List<Row> rows = new ArrayList<>();
    add(rows, "switches", report.switches().total(), "/switches/total");
    add(rows, "exits with an mm", report.exitsWithMm(), "/refcount_design/lazy_grabs_at_exit_mm");
    add(rows, "mm deaths (mm_users 1 -> 0)", report.mmDeaths(), "/final_drops/exit_mmap");
    if (report.membarrierCalls() > 0) {
      ReplayReport.Interval ipis = report.membarrierIpis();
      add(rows, "membarrier IPIs, at least", ipis.least(), MEMBARRIER);
      add(rows, "membarrier IPIs, at most", ipis.most(), MEMBARRIER);
    }
    costs(rows, report, "refcount", "lazy grabs", ReplayReport.Costs::lazyGrabs, GRABS);
    costs(rows, report, "refcount", "lazy drops", ReplayReport.Costs::lazyDrops, DROPS);
    costs(rows, report, "shootdown", "shoot IPIs", ReplayReport.Costs::shootIpis, IPIS);
    costs(rows, report, "shootdown", "shoot handlers", ReplayReport.Costs::shootHandlers, CALLS);
    costs(rows, report, "shootdown", "shoot hits", ReplayReport.Costs::shootHits, HITS);
    costs(
        rows,
        report,
        "shootdown",
        "exit flush IPIs",
        ReplayReport.Costs::exitFlushIpis,
        List.of("/exit_flush_lazy_real/remote_ipis"));
    return rows;
  }

  private static final String MEMBARRIER = "/csd_queue_cpu/ipi_mb";
  private static final List<String> GRABS =
      List.of("/refcount_design/lazy_grabs_at_switch", "/refcount_design/lazy_grabs_at_exit_mm");
  private static final List<String> DROPS = List.of("/refcount_design/lazy_drops_at_switch");
  private static final List<String> IPIS = List.of("/shootdown_design_real/remote_shoot_ipis");
  private static final List<String> CALLS =
      List.of("/shootdown_design_real/do_shoot_lazy_tlb_calls");
  private static final List<String> HITS =
      List.of("/shootdown_design_real/of_them_switched_away_from_the_mm");

  private void costs(
      List<Row> rows,
      ReplayReport report,
      String design,
      String what,
      ToLongFunction<ReplayReport.Costs> count,
      List<String> places) {
    Map<String, ReplayReport.Costs> arches = report.designs().getOrDefault(design, Map.of());
    ReplayReport.Costs costs = arches.get(arch());
    if (costs != null) {
      String name = "%s (%s, %s)".formatted(what, design, arch());
      add(rows, name, count.applyAsLong(costs), places.toArray(String[]::new));
    }
  }

  private void add(List<Row> rows, String what, long predicted, String... places) {
    long real = 0;
    for (String place : places) {
      JsonNode node = truth.at(place);
      if (!node.isIntegralNumber()) {
        return;
      }
      real += node.asLong();
    }
    rows.add(new Row(what, predicted, real));
  }
}
