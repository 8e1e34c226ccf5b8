package dev.lazymm.report;

import dev.lazymm.live.LiveResult;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code live}: a line a run as they come, then what was found. */
public final class LiveText {
  private static final String ROW = "  %-8s %8s %9s %7s %5s  %s";
  private static final int MOST_ENDS = 8;

  private final Commands commands;
  private String kernel = "";

  public LiveText(Commands commands) {
    this.commands = commands;
  }

  /** {@return the line of a run, under a heading where design or architecture change} */
  public String line(Job job, LiveResult r) {
    StringBuilder out = new StringBuilder();
    String of = r.design() + " on " + r.arch();
    if (!of.equals(kernel)) {
      out.append(kernel.isEmpty() ? "" : "\n").append(of).append('\n');
      out.append(ROW.formatted("found", "rounds", "switches", "IPIs", "ends", "scenario"));
      out.append('\n');
      kernel = of;
    }
    String ends = (r.more() ? ">" : "") + r.ends().size();
    String head = ROW.formatted(word(r), r.rounds(), r.switches(), r.ipis(), ends, "");
    String broken =
        r.found().stream().map(f -> f.finding().name()).collect(Collectors.joining(" "));
    Text.hang(out, head, job.spelled() + (broken.isEmpty() ? "" : ": " + broken));
    if (r.stuck() != null) {
      Text.hang(out, "    ", "stood still: " + r.stuck());
    }
    return out.toString();
  }

  private static String word(LiveResult r) {
    return !r.found().isEmpty() ? "violated" : r.stuck() != null ? "stuck" : "nothing";
  }

  /** {@return what a run found, and how to see it again; empty if it found nothing} */
  public String found(Job job, LiveResult r) {
    if (r.found().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    Text.hang(
        out, "", "violated: %s on %s, scenario %s".formatted(r.design(), r.arch(), job.spelled()));
    for (LiveResult.Found f : r.found()) {
      String times = f.times() == 1 ? "" : ", in " + f.times() + " rounds";
      Text.hang(
          out,
          "  %-4s ".formatted(f.finding().name()),
          "%s (round %d%s)".formatted(f.finding().what(), f.round(), times));
    }
    out.append("  each of its executions, and how it comes to that:\n");
    Text.command(out, "    ", commands.check(job));
    return out.toString();
  }

  /** {@return the states in which the rounds of one run ended} */
  public static String ends(LiveResult r) {
    StringBuilder out = new StringBuilder("how rounds ended\n");
    for (LiveResult.End end : r.ends().subList(0, Math.min(MOST_ENDS, r.ends().size()))) {
      Text.hang(out, "%10d  ".formatted(end.times()), end.state());
    }
    if (r.ends().size() > MOST_ENDS) {
      out.append("            and %d other states\n".formatted(r.ends().size() - MOST_ENDS));
    }
    for (LiveResult.End exists : r.exists()) {
      Text.hang(out, "%10d  ".formatted(exists.times()), "exists: " + exists.state());
    }
    return out.toString();
  }

  /** {@return the last lines: the seed, where the threads ran, and what all this is worth} */
  public static String summary(List<LiveResult> results) {
    StringBuilder out = new StringBuilder();
    long violated = results.stream().filter(r -> !r.found().isEmpty()).count();
    long stuck = results.stream().filter(r -> r.word().equals("inconclusive")).count();
    Text.hang(
        out,
        "",
        "%d run%s: %d violated, %d inconclusive; %d rounds, %d switches"
            .formatted(
                results.size(),
                results.size() == 1 ? "" : "s",
                violated,
                stuck,
                results.stream().mapToLong(LiveResult::rounds).sum(),
                results.stream().mapToLong(LiveResult::switches).sum()));
    Map<String, Integer> placements = new LinkedHashMap<>();
    results.forEach(r -> placements.merge(r.placement(), 1, Integer::sum));
    List<String> places = new ArrayList<>();
    placements.forEach((where, n) -> places.add(where + " (" + n + ")"));
    Text.hang(out, "", "seed " + results.getFirst().seed() + "; " + String.join("; ", places));
    Text.hang(
        out,
        "",
        "Not yet calibrated: no number is shown as a prediction. Another run interleaves"
            + " otherwise, with the same seed too; that nothing was found proves nothing.");
    return out.toString();
  }
}
