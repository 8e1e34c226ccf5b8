package dev.lazymm.report;

import dev.lazymm.check.Invariants;
import dev.lazymm.review.Done;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks as one table: a line for each architecture, a column for each design, and what is broken
 * in any of the scenarios under any of the models. Designs that do not fit beside the others come
 * in a table below. It tells no times, so that it can be compared.
 */
public final class CheckMatrix {
  private static final String HOLDS = "holds";
  private static final String BOUND = "bound";

  private final Map<String, Map<String, String>> cells = new LinkedHashMap<>(); // by design, arch
  private final StringBuilder out = new StringBuilder();

  private CheckMatrix() {}

  /** {@return the table, and how many checks are in it} */
  public static String of(List<Done> done) {
    CheckMatrix matrix = new CheckMatrix();
    matrix.fill(done);
    matrix.tables();
    return matrix.out + CheckText.summary(done) + CheckText.leftOut(done);
  }

  private void fill(List<Done> done) {
    Map<String, Map<String, List<Done>>> by =
        done.stream()
            .collect(
                Collectors.groupingBy(
                    d -> d.result().design(),
                    LinkedHashMap::new,
                    Collectors.groupingBy(Done::on, LinkedHashMap::new, Collectors.toList())));
    by.forEach((design, arches) -> {
      Map<String, String> column = new LinkedHashMap<>();
      arches.forEach((arch, checks) -> column.put(arch, cell(checks)));
      cells.put(design, column);
    });
  }

  /** What some scenario breaks, the gravest first. */
  private static String cell(List<Done> done) {
    TreeSet<String> broken =
        new TreeSet<>(Comparator.<String>comparingInt(Invariants.names()::indexOf));
    done.forEach(d -> d.violations().forEach(v -> broken.add(v.invariant())));
    if (broken.isEmpty()) {
      return done.stream().anyMatch(Done::inconclusive) ? BOUND : HOLDS;
    }
    return String.join(" ", broken);
  }

  private void tables() {
    int first =
        cells.values().stream()
            .flatMap(column -> column.keySet().stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    List<String> table = new ArrayList<>();
    int width = first;
    for (String design : cells.keySet()) {
      if (!table.isEmpty() && width + 2 + width(design) > Text.WIDTH) {
        table(first, table);
        table.clear();
        width = first;
      }
      table.add(design);
      width += 2 + width(design);
    }
    table(first, table);
  }

  private int width(String design) {
    return Stream.concat(Stream.of(design), column(design).values().stream())
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  private Map<String, String> column(String design) {
    return cells.getOrDefault(design, Map.of());
  }

  private void table(int first, List<String> designs) {
    row(first, "", designs, designs);
    column(designs.getFirst())
        .keySet()
        .forEach(arch ->
            row(
                first,
                arch,
                designs,
                designs.stream().map(d -> column(d).getOrDefault(arch, "")).toList()));
    out.append('\n');
  }

  private void row(int first, String head, List<String> designs, List<String> words) {
    StringBuilder line = new StringBuilder(Text.ascii(head));
    pad(line, first);
    for (int i = 0; i < words.size(); i++) {
      int start = line.length();
      line.append("  ").append(words.get(i));
      pad(line, start + 2 + width(designs.get(i)));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static void pad(StringBuilder line, int to) {
    line.append(" ".repeat(Math.max(0, to - line.length())));
  }
}
