package dev.lazymm.cli;

import dev.lazymm.litmus.run.Finding;
import java.util.EnumMap;
import java.util.Map;

/** What became of how many litmus tests. */
final class LitmusSummary {
  private final Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
  private boolean inconclusive;

  void add(Finding finding) {
    counts.merge(finding.kind(), 1, Integer::sum);
    inconclusive |= finding.isInconclusive();
  }

  private int count(Finding.Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** {@return the last line if nothing was expected} */
  String alone() {
    int tests = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "%d %s, %s".formatted(tests, tests == 1 ? "test" : "tests", rest());
  }

  /** {@return the last lines if something was expected, by the name of where that stands} */
  String expected(String where) {
    int unlisted = count(Finding.Kind.ALONE);
    String without = unlisted == 0 ? "" : "%d not in %s%n".formatted(unlisted, where);
    return without + both("agree", "disagree");
  }

  /** {@return the last line if two models were compared} */
  String compared() {
    return both("same", "differ");
  }

  private String both(String good, String bad) {
    return "%d %s, %d %s, %s"
        .formatted(count(Finding.Kind.AGREES), good, count(Finding.Kind.DISAGREES), bad, rest());
  }

  private String rest() {
    return "%d errors, %d timeouts"
        .formatted(count(Finding.Kind.ERROR), count(Finding.Kind.TIMEOUT));
  }

  int code() {
    if (count(Finding.Kind.ERROR) > 0) {
      return Exit.USAGE;
    }
    if (count(Finding.Kind.DISAGREES) > 0) {
      return Exit.VIOLATED;
    }
    return inconclusive ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }
}
