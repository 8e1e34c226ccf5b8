package dev.lazymm.report;

import dev.lazymm.litmus.run.Soundness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether models allow what a first one forbids, as a table. */
public final class SoundnessText {
  private SoundnessText() {}

  /** {@return the table; below it the tests that models allow, and what has no mapping} */
  public static String of(Soundness all) {
    StringBuilder out = new StringBuilder();
    Soundness.Promises promises = all.promises();
    Text.hang(
        out,
        "",
        "of %d tests %s forbids %d and allows %d; %d have data races, %d are not known"
            .formatted(
                promises.forbidden() + promises.allowed() + promises.racy() + promises.unknown(),
                all.first(),
                promises.forbidden(),
                promises.allowed(),
                promises.racy(),
                promises.unknown()));
    Text.hang(out, "", "of what " + all.first() + " forbids:");
    int width = all.rows().stream().mapToInt(r -> r.model().length()).max().orElse(0);
    String row = "  %-" + width + "s %10s %10s %10s %10s%n";
    out.append(row.formatted("", "forbidden", "allowed", "not known", "no mapping"));
    for (Soundness.Row r : all.rows()) {
      int asked = r.forbidden() + r.allowed().size() + r.open();
      out.append(
          row.formatted(
              r.model(),
              r.forbidden(),
              r.allowed().size(),
              r.open(),
              promises.forbidden() - asked));
    }
    for (Soundness.Row r : all.rows()) {
      if (!r.allowed().isEmpty()) {
        Text.hang(out, "", r.model() + " allows:");
        Text.hang(out, "  ", String.join(", ", r.allowed()));
      }
    }
    reasons(all.rows())
        .forEach((text, models) -> {
          Text.hang(out, "", String.join(", ", models) + ":");
          Text.hang(out, "  ", text);
        });
    return out.toString();
  }

  /** {@return what is not mapped, and the models of which that is so} */
  private static Map<String, List<String>> reasons(List<Soundness.Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                SoundnessText::reasons,
                LinkedHashMap::new,
                Collectors.mapping(Soundness.Row::model, Collectors.toList())));
  }

  private static String reasons(Soundness.Row row) {
    int none = row.notMapped().values().stream().mapToInt(Integer::intValue).sum();
    String tests = row.covered() + " tests covered";
    return none == 0
        ? tests
        : "%s, %d without a mapping: %s"
            .formatted(
                tests,
                none,
                row.notMapped().entrySet().stream()
                    .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", ")));
  }
}
