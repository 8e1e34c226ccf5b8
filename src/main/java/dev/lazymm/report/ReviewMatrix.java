package dev.lazymm.report;

import dev.lazymm.check.Invariants;
import dev.lazymm.review.Minimality;
import dev.lazymm.review.Review;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Designs by architectures, two answers a cell: {@code ok 7/22}, safe, and 7 of 22 sites needed;
 * {@code I1 4/20}, the gravest that is broken. Architectures of one family stand side by side; those
 * that do not fit beside the others stand below.
 */
final class ReviewMatrix {
  private static final Set<String> CONDITIONS =
      Set.of(Invariants.NEVER, Invariants.ALWAYS, Invariants.EXISTS);

  private final Map<String, Map<String, String>> cells = new LinkedHashMap<>(); // by arch, design
  private final Set<String> designs = new LinkedHashSet<>();
  private final Review review;

  ReviewMatrix(Review review) {
    this.review = review;
    Map<String, String> minimal = new LinkedHashMap<>();
    review.minimal().forEach(m -> minimal.put(m.design() + " " + m.arch(), sites(m)));
    Map<String, List<Review.Row>> families = new LinkedHashMap<>();
    review
        .rows()
        .forEach(
            r ->
                families
                    .computeIfAbsent(r.arch().split("-", 2)[0], f -> new ArrayList<>())
                    .add(r));
    families.values().stream()
        .flatMap(List::stream)
        .forEach(r ->
            cells
                .computeIfAbsent(r.arch(), a -> new LinkedHashMap<>())
                .put(r.design(), cell(r, minimal.getOrDefault(r.design() + " " + r.arch(), ""))));
    review.rows().forEach(r -> designs.add(r.design()));
  }

  private static String cell(Review.Row row, String sites) {
    return (code(row) + " " + sites).stripTrailing();
  }

  private static String sites(Minimality m) {
    return m.scenarios() == 0
        ? "-"
        : m.needed().size() + "/" + m.sites() + (m.open().isEmpty() ? "" : "?");
  }

  private static String code(Review.Row row) {
    return switch (row.verdict()) {
      case "holds" -> "ok";
      case "violated" -> {
        String gravest = row.broken().keySet().iterator().next();
        yield CONDITIONS.contains(gravest) ? "S" : gravest.equals("WARN") ? "W" : gravest;
      }
      default -> "?";
    };
  }

  // ---- text ------------------------------------------------------------------------------------

  String text() {
    StringBuilder out = new StringBuilder();
    List<String> left = new ArrayList<>(cells.keySet());
    int label = designs.stream().mapToInt(String::length).max().orElse(0);
    while (!left.isEmpty()) {
      List<String> some = new ArrayList<>();
      int width = label;
      while (!left.isEmpty() && (some.isEmpty() || width + 1 + width(left.getFirst()) <= Text.WIDTH)) {
        width += 1 + width(left.getFirst());
        some.add(left.removeFirst());
      }
      out.append(out.isEmpty() ? "" : "\n");
      block(out, label, some);
    }
    legend(out);
    return out.toString();
  }

  private void block(StringBuilder out, int label, List<String> arches) {
    List<List<String>> heads = arches.stream().map(a -> head(a, width(a))).toList();
    int high = heads.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < high; i++) {
      StringBuilder line = new StringBuilder(" ".repeat(label));
      for (int c = 0; c < arches.size(); c++) {
        int at = i - high + heads.get(c).size();
        append(line, at < 0 ? "" : heads.get(c).get(at), width(arches.get(c)));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    for (String design : designs) {
      StringBuilder line = new StringBuilder(design).append(" ".repeat(label - design.length()));
      for (String arch : arches) {
        append(line, cells.getOrDefault(arch, Map.of()).getOrDefault(design, ""), width(arch));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static void append(StringBuilder line, String text, int width) {
    line.append(' ').append(text).append(" ".repeat(width - text.length()));
  }

  private int width(String arch) {
    int cell =
        cells.getOrDefault(arch, Map.of()).values().stream()
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return Math.max(cell, parts(arch).stream().mapToInt(String::length).max().orElse(0));
  }

  /** A name in parts that end at its dashes. */
  private static List<String> parts(String arch) {
    return List.of(arch.split("(?<=-)", -1));
  }

  private static List<String> head(String arch, int width) {
    List<String> lines = new ArrayList<>();
    for (String part : parts(arch)) {
      if (!lines.isEmpty() && lines.getLast().length() + part.length() <= width) {
        lines.add(lines.removeLast() + part);
      } else {
        lines.add(part);
      }
    }
    return lines;
  }

  private void legend(StringBuilder out) {
    out.append('\n');
    List<String> words = new ArrayList<>();
    words.add("ok: everything holds");
    if (review.rows().stream().anyMatch(r -> r.verdict().equals("inconclusive"))) {
      words.add("?: a bound was hit");
    }
    if (review.rows().stream().anyMatch(r -> r.verdict().equals("violated"))) {
      words.add(
          "else the gravest that is broken (./lazymm list invariants), W for WARN, S for a"
              + " scenario's own condition");
    }
    Text.hang(out, "safe? ", String.join("; ", words));
    Text.hang(
        out,
        "minimal? ",
        "7/22: of 22 sites 7 are needed, as something breaks without; of a design that is broken,"
            + " in the scenarios that hold; -: none does");
  }
}
