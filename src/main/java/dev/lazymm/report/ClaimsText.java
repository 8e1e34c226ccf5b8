package dev.lazymm.report;

import dev.lazymm.check.CheckResult;
import dev.lazymm.review.ClaimResult;
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
      Text.hang(out, "     found     ", r.found() + "; " + r.executions() + " executions");
      Text.hang(out, "     agrees    ", word(r.agreement()));
      costs(out, r.costs());
      r.commands().forEach(command -> Text.command(out, "     ", command));
    }
    return out.toString();
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
            case "do_exit_flush_lazy_tlb" -> "exit flush";
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

  static String word(ClaimResult.Agreement agreement) {
    return switch (agreement) {
      case YES -> "yes";
      case NO -> "NO";
      case UNKNOWN -> "inconclusive";
    };
  }
}
