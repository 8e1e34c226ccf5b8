package dev.lazymm.report;

import dev.lazymm.check.Violation;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.review.Mutation;
import dev.lazymm.review.NotCaught;
import dev.lazymm.review.RegressionResult;
import dev.lazymm.review.RegressionResult.Seen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code regressions --mutations}: everything put in, and what finds it. */
public final class MutationsText {
  private MutationsText() {}

  /** {@return bugs of the past, then each kernel's sites, then how many are caught} */
  public static String of(List<RegressionResult> past, List<Mutation> mutations) {
    StringBuilder out = new StringBuilder();
    out.append("bugs of the past\n");
    past.forEach(r -> bug(out, r));
    Map<String, List<Mutation>> kernels =
        mutations.stream()
            .collect(
                Collectors.groupingBy(Mutation::kernel, LinkedHashMap::new, Collectors.toList()));
    kernels.forEach((kernel, all) -> {
      out.append('\n').append(kernel).append(", each site weakened alone\n");
      all.forEach(m -> site(out, m));
    });
    out.append('\n');
    Text.hang(out, "", summary(past, mutations));
    return out.toString();
  }

  private static void bug(StringBuilder out, RegressionResult r) {
    String head =
        "  %-5s%-20s  "
            .formatted(
                r.regression().id(),
                r.regression().bug().isPlain() ? "(as it is)" : r.regression().bug().name());
    boolean caught = false;
    for (Seen seen : r.seen()) {
      String broken =
          seen.before().violations().stream()
              .map(Violation::invariant)
              .filter(i -> seen.run().broken().contains(i))
              .collect(Collectors.joining(" "));
      if (!broken.isEmpty()) {
        Text.hang(
            out,
            caught ? " ".repeat(head.length()) : head,
            "%s: %s, %s on %s (%s)"
                .formatted(
                    broken,
                    seen.run().scenario(),
                    seen.run().design(),
                    seen.run().arch(),
                    seen.before().model()));
        caught = true;
      }
    }
    if (!caught) {
      Text.hang(out, head, "NOT CAUGHT");
    } else if (r.agreement() == Agreement.NO) {
      Text.hang(out, " ".repeat(head.length()), "NOT AS EXPECTED IN ALL OF THEM");
    }
  }

  private static void site(StringBuilder out, Mutation m) {
    String head = "  %-20s%-8s  ".formatted(m.site(), m.form());
    for (Mutation.Caught c : m.caught()) {
      Text.hang(
          out,
          head,
          "%s: %s (%s)".formatted(c.invariant(), c.scenario(), String.join(", ", c.models())));
      head = " ".repeat(head.length());
    }
    NotCaught why = m.explained();
    if (m.caught().isEmpty()) {
      String not = m.open() ? "a bound was hit" : "not caught";
      Text.hang(out, head, why == null ? not.toUpperCase(Locale.ROOT) : not + ": " + why.why());
    } else if (why != null) {
      Text.hang(out, head, "CAUGHT, THOUGH SAID NOT TO BE: " + why.why());
    }
  }

  private static String summary(List<RegressionResult> past, List<Mutation> mutations) {
    long caught = mutations.stream().filter(m -> !m.caught().isEmpty()).count();
    long explained =
        mutations.stream().filter(m -> m.caught().isEmpty() && m.explained() != null).count();
    long wrong =
        mutations.stream().filter(m -> !m.open() && !m.isAsExpected()).count()
            + past.stream().filter(r -> r.agreement() == Agreement.NO).count();
    long open = mutations.stream().filter(Mutation::open).count();
    return String.format(
        Locale.ROOT,
        "%d bugs of the past; %d weaker sites: %d caught, %d not caught and explained, %d wrong%s",
        past.size(),
        mutations.size(),
        caught,
        explained,
        wrong,
        open == 0 ? "" : ", " + open + " not clear: a bound was hit");
  }
}
