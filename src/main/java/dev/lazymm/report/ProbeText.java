package dev.lazymm.report;

import dev.lazymm.review.Speed;
import java.util.Locale;

/** The text of {@code probe}. */
public final class ProbeText {
  private static final double MIB = 1024.0 * 1024;

  private ProbeText() {}

  /** {@return a paragraph about a measurement} */
  public static String of(Speed s, long heapBytes) {
    StringBuilder out = new StringBuilder();
    Text.hang(out, "", s.program());
    line(
        out,
        "  %,.0f executions/s on one thread, %,.0f in the best round",
        s.perSecond(),
        s.best());
    if (s.rounds() == 0) {
      line(out, "  the time was too short to explore it whole");
    } else {
      line(
          out,
          "  %,d executions of up to %d events%s, explored %,d times",
          s.executions(),
          s.events(),
          expected(s),
          s.rounds());
    }
    line(out, "  heap afterwards: %.0f MiB", heapBytes / MIB);
    return out.toString();
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String expected(Speed s) {
    return s.expected() == null
        ? ""
        : s.expected() == s.executions() ? ", as expected" : ", EXPECTED " + s.expected();
  }
}
