package dev.lazymm.report.html;

import dev.lazymm.check.Invariants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Designs by architectures, any number of each.
 *
 * @param arches the columns
 * @param rows a row a design
 * @param legend what the names mean that are broken anywhere, the gravest first
 */
public record Matrix(List<String> arches, List<Row> rows, List<Meaning> legend) {
  /** A design; as many cells as there are architectures. */
  public record Row(String design, List<@Nullable Cell> cells) {}

  /** What an invariant says. */
  public record Meaning(String invariant, String about) {}

  /**
   * A verdict.
   *
   * @param verdict {@code holds}, {@code violated} or {@code inconclusive}
   * @param counts in how many scenarios what is broken; may be empty
   * @param target the name of the place that shows why; empty if there is nothing to show
   * @param sites what is needed, in words; empty if that was not asked
   */
  public record Cell(
      String design,
      String arch,
      String verdict,
      Map<String, Integer> counts,
      String target,
      String sites) {
    /** One of which nobody asked what is needed. */
    Cell(String design, String arch, String verdict, Map<String, Integer> counts, String target) {
      this(design, arch, verdict, counts, target, "");
    }

    /** {@return in how many scenarios what is broken: {@code I1 31, WARN 31}} */
    public String broken() {
      return Matrix.broken(counts);
    }

    /** {@return a sign for those who tell no colours} */
    public String sign() {
      return switch (verdict) {
        case "holds" -> "\u2713";
        case "violated" -> "\u2717";
        default -> "?";
      };
    }
  }

  /** {@return the matrix of these cells; what nobody asked for stays empty} */
  static Matrix of(List<Cell> cells) {
    Set<String> arches = new LinkedHashSet<>();
    Map<String, Map<String, Cell>> designs = new LinkedHashMap<>();
    for (Cell cell : cells) {
      arches.add(cell.arch());
      designs.computeIfAbsent(cell.design(), d -> new LinkedHashMap<>()).put(cell.arch(), cell);
    }
    List<Row> rows = new ArrayList<>();
    designs.forEach((design, byArch) -> {
      List<@Nullable Cell> row = new ArrayList<>();
      arches.forEach(arch -> row.add(byArch.get(arch)));
      rows.add(new Row(design, row));
    });
    return new Matrix(List.copyOf(arches), rows, legend(cells));
  }

  private static List<Meaning> legend(List<Cell> cells) {
    return Invariants.names().stream()
        .filter(name -> cells.stream().anyMatch(cell -> cell.counts().containsKey(name)))
        .map(name -> new Meaning(name, Example.meaning(name)))
        .toList();
  }

  static String broken(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
