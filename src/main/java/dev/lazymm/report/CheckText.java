package dev.lazymm.report;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of {@code check}: a line a result as they come, then the counterexamples. */
public final class CheckText {
  private static final String ROW = "  %-12s %10s %6s  %s";

  private final Commands commands;
  private Designs.@Nullable Entry design;
  private Arches.@Nullable Entry arch;
  private @Nullable Model model;

  public CheckText(Commands commands) {
    this.commands = commands;
  }

  /** {@return the line of a result, under a heading where design, architecture or model change} */
  public String line(Done done) {
    StringBuilder out = new StringBuilder();
    Job job = done.job();
    CheckResult r = done.result();
    if (job.design() != design || job.arch() != arch || job.model() != model) {
      out.append(design == null ? "" : "\n");
      design = job.design();
      arch = job.arch();
      model = job.model();
      out.append(r.design() + " on " + done.on() + ", model " + done.model() + "\n");
      out.append(ROW.formatted("verdict", "executions", "events", "scenario")).append('\n');
    }
    String broken =
        done.violations().stream().map(Violation::invariant).collect(Collectors.joining(" "));
    String head = ROW.formatted(r.verdict().word(), r.executions(), r.bound().events(), "");
    Text.hang(out, head, job.spelled() + (broken.isEmpty() ? "" : ": " + broken));
    if (r.verdict() instanceof Verdict.Inconclusive(String why)) {
      Text.hang(out, "    ", why);
    }
    return out.toString();
  }

  /** {@return the gravest counterexample of a result, drawn; empty if nothing is broken} */
  public String counterexample(Done done) {
    if (done.violations().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    Violation first = done.violations().getFirst();
    CheckResult r = done.result();
    Text.hang(
        out,
        "",
        "%s violated: %s on %s%s, scenario %s"
            .formatted(
                first.invariant(),
                r.design(),
                done.on(),
                done.unusualModel(),
                done.job().spelled()));
    Text.hang(out, "  ", first.what());
    first.savedBy().forEach(saved -> Text.hang(out, "  ", saved.text()));
    out.append('\n').append(ExecutionPicture.draw(first.witness(), false)).append('\n');
    Text.command(out, "  ", commands.explain(done.job(), first.invariant()));
    for (Violation more : done.violations().subList(1, done.violations().size())) {
      Text.hang(out, "  also " + more.invariant() + ": ", more.what());
      more.savedBy().forEach(saved -> Text.hang(out, "    ", saved.text()));
    }
    return out.toString();
  }

  /** {@return what the verdicts leave out, a line a thing; empty if nothing} */
  public static String leftOut(List<Done> done) {
    StringBuilder out = new StringBuilder();
    Map<String, Set<String>> models = new LinkedHashMap<>();
    for (Done d : done) {
      for (String what : d.result().bound().leftOut()) {
        models.computeIfAbsent(what, w -> new LinkedHashSet<>()).add(d.result().model());
      }
    }
    models.forEach((what, of) ->
        Text.hang(out, "", "outside the bound (" + String.join(", ", of) + "): " + what));
    return out.toString();
  }

  /** {@return the last line: how many of each verdict, and the bound} */
  public static String summary(List<Done> done) {
    long violated = done.stream().filter(d -> !d.violations().isEmpty()).count();
    long inconclusive = done.stream().filter(Done::inconclusive).count();
    long executions = done.stream().mapToLong(d -> d.result().executions()).sum();
    long blocked = done.stream().mapToLong(d -> d.result().blocked()).sum();
    StringBuilder out = new StringBuilder();
    Text.hang(
        out,
        "",
        String.format(
            Locale.ROOT,
            "%d check%s: %d hold, %d violated, %d inconclusive; %d executions, %d blocked",
            done.size(),
            done.size() == 1 ? "" : "s",
            done.size() - violated - inconclusive,
            violated,
            inconclusive,
            executions,
            blocked));
    return out.toString();
  }
}
