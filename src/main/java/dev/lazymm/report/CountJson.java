package dev.lazymm.report;

import dev.lazymm.count.Count;
import dev.lazymm.review.Counted;
import java.util.List;

/** What {@code count --json} writes. */
public record CountJson(int schemaVersion, List<Row> counts) {
  /** What one design does on one architecture in one episode. */
  public record Row(
      String episode, String title, boolean registered, String design, String arch, Count count) {}

  /** {@return the document about these counts} */
  public static CountJson of(List<Counted> counted) {
    return new CountJson(Json.SCHEMA_VERSION, rows(counted));
  }

  static List<Row> rows(List<Counted> counted) {
    return counted.stream()
        .map(c ->
            new Row(
                c.episode().name(),
                c.episode().title(),
                c.registered(),
                c.design(),
                c.arch(),
                c.count()))
        .toList();
  }
}
