package dev.lazymm.litmus.convert;

import java.util.List;

/** Writes threads side by side, as a litmus test has them. */
final class Columns {
  private Columns() {}

  static String of(List<List<String>> threads) {
    int[] widths = new int[threads.size()];
    int rows = 0;
    for (int t = 0; t < widths.length; t++) {
      widths[t] = Math.max(2, longest(threads.get(t)));
      rows = Math.max(rows, threads.get(t).size());
    }
    StringBuilder out = new StringBuilder();
    for (int row = -1; row < rows; row++) {
      for (int t = 0; t < widths.length; t++) {
        List<String> lines = threads.get(t);
        String cell = row < 0 ? "P" + t : row < lines.size() ? lines.get(row) : "";
        out.append(t == 0 ? " " : " | ").append(cell).repeat(" ", widths[t] - cell.length());
      }
      out.append(" ;\n");
    }
    return out.toString();
  }

  private static int longest(List<String> lines) {
    return lines.stream().mapToInt(String::length).max().orElse(0);
  }
}
