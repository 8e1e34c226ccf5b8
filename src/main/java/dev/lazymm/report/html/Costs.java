package dev.lazymm.report.html;

import dev.lazymm.replay.ReplayReport;
import dev.lazymm.review.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A replayed recording, as a page shows it.
 *
 * @param name the recording, as the user calls it
 * @param size how much it is, and what is unknown of it
 * @param warnings what is wrong with it, each a sentence
 * @param measures the columns of each architecture's table
 * @param switches what kinds of switches there were
 * @param arches the architectures
 */
public record Costs(
    String name,
    String size,
    List<String> warnings,
    List<String> measures,
    List<Count> switches,
    List<Arch> arches) {
  /** A count. */
  public record Count(String what, long value) {}

  /** An architecture's table and its chart. */
  public record Arch(String name, List<Row> rows, Bars chart) {}

  /** A design's counts, one for each measure. */
  public record Row(String design, List<Long> counts) {}

  private static final Map<String, ToLongFunction<ReplayReport.Costs>> MEASURES = measureList();

  private static Map<String, ToLongFunction<ReplayReport.Costs>> measureList() {
    Map<String, ToLongFunction<ReplayReport.Costs>> measures = new LinkedHashMap<>();
    measures.put("lazy grabs", ReplayReport.Costs::lazyGrabs);
    measures.put("lazy drops", ReplayReport.Costs::lazyDrops);
    measures.put("final drops", ReplayReport.Costs::finalDrops);
    measures.put("full barriers", ReplayReport.Costs::fullBarriers);
    measures.put("shoot IPIs", ReplayReport.Costs::shootIpis);
    measures.put("shoot handlers", ReplayReport.Costs::shootHandlers);
    measures.put("shoot hits", ReplayReport.Costs::shootHits);
    return measures;
  }

  static Costs of(Recording recording, Anchors anchors) {
    ReplayReport r = recording.report();
    List<Arch> arches = new ArrayList<>();
    r.designs().values().stream()
        .flatMap(byArch -> byArch.keySet().stream())
        .distinct()
        .forEach(arch -> arches.add(arch(arch, r, anchors)));
    return new Costs(
        recording.name(),
        String.format(
            Locale.ROOT,
            "%d events on %d CPUs; the mm is unknown at %.2f %% of the switches%s",
            r.events(),
            r.cpus(),
            100 * r.unknownMmShare(),
            window(recording)),
        warnings(recording),
        List.copyOf(MEASURES.keySet()),
        switches(r),
        arches);
  }

  private static String window(Recording recording) {
    String from = recording.options().fromMarker();
    String to = recording.options().toMarker();
    return from == null && to == null
        ? ""
        : "; counted from %s to %s".formatted(marker(from, "the start"), marker(to, "the end"));
  }

  private static String marker(@Nullable String text, String absent) {
    return text == null ? absent : "the marker \"" + text + '"';
  }

  private static List<String> warnings(Recording recording) {
    List<String> warnings = new ArrayList<>();
    if (!recording.tasksKnown()) {
      warnings.add("No task list: a task's mm is unknown until it is forked or runs a program.");
    }
    recording.reasons().forEach(reason -> warnings.add("The counts may be off: " + reason + "."));
    String fault = recording.fault();
    if (fault != null) {
      warnings.add(fault);
    }
    return warnings;
  }

  private static List<Count> switches(ReplayReport r) {
    ReplayReport.Switches s = r.switches();
    return List.of(
        new Count("switches", s.total()),
        new Count("user \u2192 kernel: a borrow begins", s.userToKernel()),
        new Count("kernel \u2192 user, same mm: it ends", s.kernelToUserSameMm()),
        new Count("kernel \u2192 user, other mm: it ends", s.kernelToUserOtherMm()),
        new Count("kernel \u2192 kernel: it is handed on", s.kernelToKernel()),
        new Count("user \u2192 user, same mm", s.userToUserSameMm()),
        new Count("user \u2192 user, other mm", s.userToUserOtherMm()),
        new Count("exits of tasks with an mm", r.exitsWithMm()),
        new Count("mms that died (mm_users 1 \u2192 0)", r.mmDeaths()));
  }

  private static Arch arch(String arch, ReplayReport r, Anchors anchors) {
    List<Row> rows = new ArrayList<>();
    Map<String, Map<String, Long>> chart = new LinkedHashMap<>();
    MEASURES.keySet().forEach(measure -> chart.put(measure, new LinkedHashMap<>()));
    r.designs()
        .forEach((design, byArch) -> {
          ReplayReport.Costs costs = byArch.get(arch);
          if (costs != null) {
            rows.add(
                new Row(
                    design, MEASURES.values().stream().map(m -> m.applyAsLong(costs)).toList()));
            MEASURES.forEach((name, measure) ->
                chart
                    .computeIfAbsent(name, n -> new LinkedHashMap<>())
                    .put(design, measure.applyAsLong(costs)));
          }
        });
    String title = "What each design costs on " + arch;
    return new Arch(arch, rows, Bars.of(anchors.of("chart", arch), title, chart));
  }
}
