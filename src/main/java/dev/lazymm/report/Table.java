package dev.lazymm.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in text: columns as wide as they need to be, numbers to the right. */
final class Table {
  private static final String GAP = "  ";

  private final String indent;
  private final List<String[]> rows = new ArrayList<>();

  Table(String indent) {
    this.indent = indent;
  }

  /** Adds a row; all rows have as many cells. */
  void row(String... cells) {
    rows.add(cells);
  }

  /**
   * {@return the table, each line ended}
   *
   * @param left how many columns stand to the left; the others stand to the right
   */
  String text(int left) {
    int columns = rows.stream().mapToInt(r -> r.length).max().orElse(0);
    List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths.set(i, Math.max(widths.get(i), row[i].length()));
      }
    }
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(widths.get(i) - row[i].length());
        line.append(i == 0 ? "" : GAP);
        line.append(i < left ? row[i] + space : space + row[i]);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
