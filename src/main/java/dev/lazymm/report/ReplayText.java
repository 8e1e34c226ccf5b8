package dev.lazymm.report;

import dev.lazymm.replay.ReplayReport;
import dev.lazymm.review.Recording;
import dev.lazymm.review.Truth;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The text of {@code replay}, one screen. */
public final class ReplayText {
  private static final long TOO_WIDE = 10_000_000;

  private ReplayText() {}

  /** {@return everything that was counted} */
  public static String of(Recording recording) {
    ReplayReport r = recording.report();
    StringBuilder out = new StringBuilder();
    head(out, recording);
    ReplayReport.Switches s = r.switches();
    out.append('\n');
    Table switches = new Table("");
    switches.row("switches", number(s.total()));
    switches.row("  user -> kernel: a borrow begins", number(s.userToKernel()));
    switches.row("  kernel -> user, same mm: it ends", number(s.kernelToUserSameMm()));
    switches.row("  kernel -> user, other mm: it ends", number(s.kernelToUserOtherMm()));
    switches.row("  kernel -> kernel: it is handed on", number(s.kernelToKernel()));
    switches.row("  user -> user, same mm", number(s.userToUserSameMm()));
    switches.row("  user -> user, other mm", number(s.userToUserOtherMm()));
    switches.row("exits of tasks with an mm", number(r.exitsWithMm()));
    switches.row("mms that died (mm_users 1 -> 0)", number(r.mmDeaths()));
    if (r.membarrierCalls() > 0) {
      ReplayReport.Interval ipis = r.membarrierIpis();
      switches.row("membarrier calls", number(r.membarrierCalls()));
      switches.row("  their IPIs, at least", number(ipis.least()));
      switches.row("  their IPIs, at most", number(ipis.most()));
    }
    out.append(switches.text(1)).append('\n').append(costs(r));
    return out.toString();
  }

  /** Says what was replayed, and how far it can be trusted. */
  static void head(StringBuilder out, Recording recording) {
    ReplayReport r = recording.report();
    String window = "";
    if (recording.options().fromMarker() != null || recording.options().toMarker() != null) {
      window =
          ", from %s to %s"
              .formatted(
                  marker(recording.options().fromMarker(), "the start"),
                  marker(recording.options().toMarker(), "the end"));
    }
    Text.hang(out, "", "replay of " + recording.name() + window);
    Text.hang(
        out,
        "  ",
        String.format(
            Locale.ROOT,
            "%d events, %d CPUs; mm unknown at %.2f %% of the switches",
            r.events(),
            r.cpus(),
            100 * r.unknownMmShare()));
    if (!recording.tasksKnown()) {
      Text.hang(
          out, "  NO TASK LIST: ", "a task's mm is unknown until it is forked or runs a program");
    }
    if (r.lossy()) {
      String what = recording.fault() == null ? "  LOSSY: " : "  INCOMPLETE: ";
      Text.hang(out, what, String.join("; ", recording.reasons()));
    }
  }

  /** {@return what each design did, a table for each architecture} */
  static String costs(ReplayReport r) {
    StringBuilder out = new StringBuilder();
    List<String> arches =
        r.designs().values().stream().flatMap(m -> m.keySet().stream()).distinct().toList();
    Table table = new Table("");
    table.row("", "lazy", "lazy", "final", "full", "shoot", "shoot", "shoot");
    table.row("", "grabs", "drops", "drops", "barriers", "IPIs", "handlers", "hits");
    for (String arch : arches) {
      table.row(arch);
      for (Map.Entry<String, Map<String, ReplayReport.Costs>> design : r.designs().entrySet()) {
        ReplayReport.Costs c = design.getValue().get(arch);
        if (c != null) {
          table.row(
              "  " + design.getKey(),
              number(c.lazyGrabs()),
              number(c.lazyDrops()),
              number(c.finalDrops()),
              number(c.fullBarriers()),
              number(c.shootIpis()),
              number(c.shootHandlers()),
              number(c.shootHits()));
        }
      }
    }
    return out.append(table.text(1)).append(exitFlushes(r, arches)).toString();
  }

  /** {@return the IPIs of exit_flush_lazy_tlbs; nothing if none were sent} */
  private static String exitFlushes(ReplayReport r, List<String> arches) {
    Table table = new Table("");
    for (String arch : arches) {
      for (Map.Entry<String, Map<String, ReplayReport.Costs>> design : r.designs().entrySet()) {
        ReplayReport.Costs c = design.getValue().get(arch);
        if (c != null && c.exitFlushIpis() > 0) {
          String what = "exit flush IPIs (%s, %s)".formatted(design.getKey(), arch);
          table.row(what, number(c.exitFlushIpis()));
        }
      }
    }
    return table.text(1);
  }

  /** {@return our counts beside the kernel's} */
  public static String truth(List<Truth.Row> rows) {
    Table table = new Table("");
    table.row("predicted beside true", "predicted", "true", "off by", "%");
    for (Truth.Row row : rows) {
      Double percent = row.percent();
      table.row(
          row.what(),
          number(row.predicted()),
          number(row.real()),
          String.format(Locale.ROOT, "%+d", row.difference()),
          percent == null ? "-" : String.format(Locale.ROOT, "%.2f", percent));
    }
    return table.text(1);
  }

  private static String marker(@org.jspecify.annotations.Nullable String text, String absent) {
    return text == null ? absent : '"' + text + '"';
  }

  /** Exact up to seven digits, which fit; longer ones are exact in JSON only. */
  private static String number(long n) {
    return n < TOO_WIDE
        ? Long.toString(n)
        : n < TOO_WIDE * 1000
            ? String.format(Locale.ROOT, "%.1fM", n / 1e6)
            : String.format(Locale.ROOT, "%.1fG", n / 1e9);
  }
}
