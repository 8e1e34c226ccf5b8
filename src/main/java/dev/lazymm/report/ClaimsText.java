package dev.lazymm.report;

import dev.lazymm.check.CheckResult;
import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.PartResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The text of {@code claims}. */
public final class ClaimsText {
  private ClaimsText() {}

  /** {@return a paragraph for each claim} */
  public static String of(List<ClaimResult> results) {
    StringBuilder out = new StringBuilder();
    for (ClaimResult r : results) {
      out.append(out.isEmpty() ? "" : "\n");
      Text.hang(out, r.claim().id() + "  ", r.claim().claim());
      Text.hang(out, "     modes     ", r.claim().modes());
      Text.hang(out, "     expected  ", r.claim().expected());
      Text.hang(out, "     agrees    ", word(r.agreement()) + executions(r));
      if (!r.claim().differs().isEmpty()) {
        Text.hang(out, "     differs   ", r.claim().differs());
      }
      costs(out, r.costs());
      counts(out, r.parts());
      r.parts().forEach(p -> part(out, p));
    }
    return out.toString();
  }

  private static String executions(ClaimResult r) {
    return r.checks() == 0 ? "" : "; " + r.checks() + " checks, " + r.executions() + " executions";
  }

  private static void part(StringBuilder out, PartResult part) {
    String bad =
        switch (part.agreement()) {
          case NO -> "NOT EXPECTED: ";
          case UNKNOWN -> "inconclusive: ";
          case YES, DIFFERS, UNJUDGED -> "";
        };
    Text.hang(out, "   - ", part.part().asks() + ": " + bad + part.found());
    if (!part.command().isEmpty()) {
      Text.command(out, "     ", part.command());
    }
    PartResult.Witnessed witness = part.witness();
    if (witness != null) {
      Text.hang(out, "     ", witness.what() + ", in " + witness.steps() + " steps:");
      Text.command(out, "     ", witness.command());
    }
  }

  /** What was counted, a table for each thing that is. */
  private static void counts(StringBuilder out, List<PartResult> parts) {
    out.append(CountText.of(parts.stream().flatMap(p -> p.counts().stream()).toList(), false));
  }

  /** What one execution costs: IPIs to other CPUs, and flushes that reach them without. */
  private static void costs(StringBuilder out, List<ClaimResult.Cost> costs) {
    if (costs.isEmpty()) {
      return;
    }
    Set<String> counted = new TreeSet<>();
    costs.forEach(c -> counted.addAll(c.ranges().keySet()));
    Table table = new Table("       ");
    table.row(heads(counted));
    for (ClaimResult.Cost c : costs) {
      List<String> cells = new ArrayList<>(List.of(c.design(), c.arch()));
      counted.forEach(what -> cells.add(range(c.ranges().get(what))));
      table.row(cells.toArray(String[]::new));
    }
    out.append("     IPIs to other CPUs in one execution, fewest-most\n").append(table.text(2));
  }

  /** The kernel's names are too long for a table of several. */
  private static String[] heads(Set<String> counted) {
    List<String> heads = new ArrayList<>(List.of("", ""));
    for (String what : counted) {
      heads.add(
          switch (what) {
            case "flush_tlb_func" -> "flush";
            case "__ipi_flush_tlb_range_asid" -> "sbi";
            case "do_exit_flush_lazy_tlb" -> "exit";
            case "do_shoot_lazy_tlb" -> "shoot";
            default -> what;
          });
    }
    return heads.toArray(String[]::new);
  }

  private static String range(CheckResult.@Nullable Range range) {
    return range == null
        ? "0"
        : range.least() == range.most()
            ? String.valueOf(range.least())
            : range.least() + "-" + range.most();
  }

  /** {@return the word for it in reports} */
  public static String word(ClaimResult.Agreement agreement) {
    return switch (agreement) {
      case YES -> "yes";
      case DIFFERS -> "no, as below";
      case NO -> "NO";
      case UNKNOWN -> "inconclusive";
      case UNJUDGED -> "not judged";
    };
  }
}
