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
    out.append(
        String.format(
            Locale.ROOT,
            "  %,.0f executions/s on %s, %,.0f in the best round\n",
            s.perSecond(),
            s.workers() == 1 ? "one thread" : s.workers() + " threads",
            s.best()));
    out.append(
        String.format(
            Locale.ROOT,
            "  %,.0f a second of processor time, %,.0f in the first round\n",
            s.perCpuSecond(),
            s.first()));
    if (s.rounds() == 0) {
      out.append("  the time was too short to explore it whole\n");
    } else {
      out.append(
          String.format(
              Locale.ROOT,
              "  %,d executions of up to %d events%s, explored %,d times\n",
              s.executions(),
              s.events(),
              expected(s),
              s.rounds()));
    }
    out.append(String.format(Locale.ROOT, "  heap afterwards: %.0f MiB\n", heapBytes / MIB));
    return out.toString();
  }

  private static String expected(Speed s) {
    return s.expected() == null
        ? ""
        : s.expected() == s.executions() ? ", as expected" : ", EXPECTED " + s.expected();
  }
}
