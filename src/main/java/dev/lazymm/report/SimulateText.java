package dev.lazymm.report;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Job;
import dev.lazymm.review.Simulated;
import dev.lazymm.simulate.HotLine;
import dev.lazymm.simulate.Tally;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of {@code simulate}: a line a job as they come; of one run alone, everything. */
public final class SimulateText {
  private static final String ROW = "  %-9s %6s %9s %9s %6s  %s";
  private static final int MOST_CPUS = 8;

  private final MachineModel machine;
  private final BiFunction<Job, Long, String> command;
  private Designs.@Nullable Entry design;
  private Arches.@Nullable Entry arch;

  /**
   * @param command the command that shows a job with a seed again
   */
  public SimulateText(MachineModel machine, BiFunction<Job, Long, String> command) {
    this.machine = machine;
    this.command = command;
  }

  /** {@return the line of a job, under a heading where design or architecture change} */
  public String line(Simulated done) {
    StringBuilder out = new StringBuilder();
    Job job = done.job();
    if (job.design() != design || job.arch() != arch) {
      out.append(design == null ? "" : "\n");
      design = job.design();
      arch = job.arch();
      out.append(design.name() + " on " + arch.name() + "\n");
      String head = ROW.formatted("result", "runs", "transfers", "atomics", "IPIs", "scenario");
      out.append(head).append('\n');
    }
    Tally t = done.total();
    String head = ROW.formatted(word(done), done.runs(), t.transfers(), t.atomics(), t.ipis(), "");
    String broken =
        done.found().stream().map(f -> f.finding().invariant()).collect(Collectors.joining(" "));
    Text.hang(out, head, job.spelled() + (broken.isEmpty() ? "" : ": " + broken));
    return out.toString();
  }

  private static String word(Simulated done) {
    return done.violated() > 0 ? "violated" : "ok";
  }

  /** {@return the gravest that went wrong, and how to see it again; empty if nothing did} */
  public String findings(Simulated done) {
    if (done.found().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    Job job = done.job();
    Simulated.Found first = done.found().getFirst();
    Text.hang(
        out,
        "",
        "%s violated: %s on %s, scenario %s, %d of %s"
            .formatted(
                first.finding().invariant(),
                job.design().name(),
                job.arch().name(),
                job.spelled(),
                first.runs(),
                runs(done.runs())));
    Text.hang(out, "  ", first.finding().what());
    Text.command(out, "  ", command.apply(job, first.seed()));
    for (Simulated.Found more : done.found().subList(1, done.found().size())) {
      String where =
          more.seed() == first.seed() && more.runs() == first.runs()
              ? ""
              : " (%d, seed %d)".formatted(more.runs(), more.seed());
      String head = "  also %s%s: ".formatted(more.finding().invariant(), where);
      Text.hang(out, head, more.finding().what());
    }
    return out.toString();
  }

  /** {@return what one run did, counted, and how it ended} */
  public String detail(Simulated done) {
    Tally t = done.last().tally();
    StringBuilder out = new StringBuilder();
    out.append("cache lines\n");
    Table lines = new Table("  ");
    row(lines, "in the own cache", t.hits());
    row(lines, "from the same socket", t.fromSocket());
    row(lines, "from another socket", t.fromRemote());
    row(lines, "from memory", t.fromMemory());
    row(lines, "had to queue", t.queued());
    row(lines, "copies invalidated", t.invalidations());
    out.append(lines.text(1));
    out.append("operations\n");
    Table table = new Table("  ");
    row(table, "all", t.operations());
    row(table, "atomics", t.atomics());
    row(table, "full barriers", t.fullFences());
    row(table, "lighter barriers", t.lightFences());
    row(table, "IPIs", t.ipis());
    row(table, "handlers run", t.handlers());
    row(table, "waits", t.waits());
    row(table, "roots loaded", t.rootLoads());
    row(table, "TLB flushes, local", t.flushesLocal());
    row(table, "TLB flushes, broadcast", t.flushesBroadcast());
    row(table, "allocated", t.allocs());
    row(table, "freed", t.frees());
    out.append(table.text(1));
    out.append("lines that moved most\n");
    Table hot = new Table("  ");
    for (HotLine line : done.last().hottest()) {
      row(hot, line.name(), line.transfers());
    }
    out.append(hot.text(1));
    end(out, done);
    return out.toString();
  }

  private static void row(Table table, String what, long n) {
    table.row(what, Long.toString(n));
  }

  private static void end(StringBuilder out, Simulated done) {
    out.append(done.last().ended() ? "at the end\n" : "where it stopped\n");
    Table table = new Table("  ");
    table.row("CPU", "current", "mm", "active_mm", "root");
    for (EndOfRun.OfCpu c : EndOfRun.cpus(done.prepared(), done.last().state(), MOST_CPUS)) {
      table.row("CPU " + c.cpu(), c.current(), c.mm(), c.activeMm(), c.root());
    }
    out.append(table.text(5));
    int more = done.prepared().memory().cpus() - MOST_CPUS;
    if (more > 0) {
      out.append("  and " + more + " more\n");
    }
    for (EndOfRun.OfMm mm : EndOfRun.mms(done.prepared(), done.last().state())) {
      String counts =
          mm.count() == null ? "" : ", mm_count %d, mm_users %d".formatted(mm.count(), mm.users());
      out.append("  " + mm.mm() + ": " + mm.state() + counts + "\n");
    }
    Text.hang(
        out,
        "  ",
        String.format(
            Locale.ROOT,
            "simulated time %.1f us: uncalibrated, not a prediction",
            done.last().picoseconds() / 1e6));
  }

  /** {@return the last lines: how many were run, and what that says} */
  public String summary(List<Simulated> all, long firstSeed, long seeds) {
    long runs = all.stream().mapToLong(Simulated::runs).sum();
    long violated = all.stream().mapToLong(Simulated::violated).sum();
    StringBuilder out = new StringBuilder();
    String which =
        seeds == 1
            ? "seed " + firstSeed
            : "seeds %d to %d".formatted(firstSeed, firstSeed + seeds - 1);
    Text.hang(
        out,
        "",
        "%s, %s: %d ok, %d violated".formatted(runs(runs), which, runs - violated, violated));
    Text.hang(out, "machine: ", EndOfRun.machine(machine));
    if (violated == 0) {
      Text.hang(
          out,
          "",
          "A run is one interleaving; ./lazymm check looks at all of them. Times are not"
              + " calibrated, so none is shown as a prediction.");
    }
    return out.toString();
  }

  private static String runs(long n) {
    return n == 1 ? "1 run" : n + " runs";
  }
}
