package dev.lazymm.report;

import dev.lazymm.check.Probe;
import java.util.Locale;

/** The text of {@code probe}. */
public final class ProbeText {
  private ProbeText() {}

  /** {@return a paragraph about a measurement} */
  public static String of(Probe.Speed s, long heapBytes) {
    StringBuilder out = new StringBuilder();
    Text.hang(
        out,
        s.program() + ": ",
        String.format(
            Locale.ROOT,
            "%,.0f executions/s on one thread; %d CPUs, up to %d events; %,d executions in %.1f s,"
                + " %,d times whole; heap afterwards %.0f MiB",
            s.rate(),
            s.cpus(),
            s.events(),
            s.executions(),
            s.nanos() / 1e9,
            s.rounds(),
            heapBytes / (1024.0 * 1024)));
    return out.toString();
  }
}
