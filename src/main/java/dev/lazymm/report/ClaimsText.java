package dev.lazymm.report;

import dev.lazymm.review.ClaimResult;
import java.util.List;

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
      r.commands().forEach(command -> Text.command(out, "     ", command));
    }
    return out.toString();
  }

  /** {@return the word for it in reports} */
  public static String word(ClaimResult.Agreement agreement) {
    return switch (agreement) {
      case YES -> "yes";
      case NO -> "NO";
      case UNKNOWN -> "inconclusive";
    };
  }
}
