package dev.lazymm.report;

import dev.lazymm.count.Count;
import dev.lazymm.review.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code count}: a table for each episode. */
public final class CountText {
  private CountText() {}

  /**
   * {@return a table for each episode}
   *
   * @param sites whether to say beside it at which sites and fields
   */
  public static String of(List<Counted> rows, boolean sites) {
    Map<String, List<Counted>> byEpisode = new LinkedHashMap<>();
    for (Counted row : new LinkedHashSet<>(rows)) {
      String title =
          row.episode().name()
              + ": "
              + row.episode().title()
              + (row.registered() ? "; registered for membarrier" : "");
      byEpisode.computeIfAbsent(title, t -> new ArrayList<>()).add(row);
    }
    StringBuilder out = new StringBuilder();
    byEpisode.forEach((title, some) -> {
      out.append(out.isEmpty() || !sites ? "" : "\n");
      Text.hang(out, sites ? "" : "   ", title);
      out.append(table(some));
      if (sites) {
        sites(out, some);
      }
    });
    return out.toString();
  }

  private static String table(List<Counted> rows) {
    Table table = new Table("   ");
    table.row("", "", "RMW", "MB", "store", "IPI", "vain", "scan");
    for (Counted row : rows) {
      Count c = row.count();
      table.row(
          row.design(),
          row.arch(),
          number(c.rmws()),
          number(c.barriers()),
          number(c.stores()),
          number(c.ipis()),
          number(c.inVain()),
          String.valueOf(c.scanned()));
    }
    return table.text(2);
  }

  private static String number(Map<String, Integer> counted) {
    return String.valueOf(Count.total(counted));
  }

  private static void sites(StringBuilder out, List<Counted> rows) {
    for (Counted row : rows) {
      List<String> words = new ArrayList<>();
      words(words, "RMW", row.count().rmws());
      words(words, "MB", row.count().barriers());
      words(words, "store", row.count().stores());
      words(words, "IPI", row.count().ipis());
      Text.hang(out, "   ", row.design() + " on " + row.arch() + ": " + String.join("; ", words));
    }
  }

  private static void words(List<String> words, String what, Map<String, Integer> counted) {
    if (!counted.isEmpty()) {
      words.add(
          counted.entrySet().stream()
              .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " " + e.getValue()))
              .collect(Collectors.joining(", ", what + " ", "")));
    }
  }
}
