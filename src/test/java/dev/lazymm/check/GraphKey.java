package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes an execution graph in the canonical form of {@link Interleavings}. A wait that fails is no
 * event there.
 */
final class GraphKey {
  private GraphKey() {}

  static String of(Explorer explorer, Graph g) {
    int[] place = new int[g.size];
    List<String> parts = new ArrayList<>();
    for (int t = 0; t < g.threads; t++) {
      int n = 0;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        place[e] = g.kind[e] == Kind.RMW_W ? n - 1 : n;
        if (listed(g, e)) {
          n++;
        }
      }
    }
    for (int t = 0; t < g.threads; t++) {
      StringBuilder line = new StringBuilder(t + ":");
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        if (listed(g, e)) {
          line.append(' ').append(event(explorer, g, e, place));
        }
      }
      parts.add(line.toString());
    }
    List<String> co = new ArrayList<>();
    for (char kind : new char[] {'x', 'l', 'd'}) {
      for (int c = 0; c < g.cells(); c++) {
        String name = name(explorer, c);
        if (g.coLength[c] > 0 && name.charAt(0) == kind) {
          StringBuilder line = new StringBuilder(name + ":");
          for (int base = 0, end; base <= g.coLength[c]; base = end + 1) {
            end = g.adds.last(c, base);
            if (end > 0) {
              String write = base == 0 ? "" : at(g, g.coAt(c, base), place);
              line.append(' ').append(write).append(adds(g, c, base, end, place));
            }
          }
          co.add(line.toString());
        }
      }
    }
    parts.addAll(co);
    return String.join(" | ", parts);
  }

  private static boolean listed(Graph g, int e) {
    return switch (g.kind[e]) {
      case Kind.READ, Kind.RMW_R, Kind.WRITE, Kind.ADD, Kind.SEND -> true;
      case Kind.AWAIT -> g.satisfies(e, g.value[e]);
      case Kind.LOCK_R -> g.succeeds(e);
      case Kind.POLL -> g.rf[e] != Graph.NONE;
      default -> false;
    };
  }

  private static String at(Graph g, int e, int[] place) {
    return e == Graph.INIT ? "init" : g.thread[e] + "." + place[e];
  }

  /** The ADDs between two places in co, by thread. */
  private static String adds(Graph g, int c, int after, int last, int[] place) {
    return IntStream.range(after, last)
        .map(p -> g.co[c][p])
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(e -> g.thread[e]).thenComparingInt(e -> place[e]))
        .map(e -> "+" + at(g, e, place))
        .collect(Collectors.joining());
  }

  /** What a read sees: a write, and the ADDs since. */
  private static String seen(Graph g, int e, int[] place) {
    int c = g.cell[e];
    if (!Kind.isRead(g.kind[e]) || !g.adds.in(c)) {
      return at(g, g.rf[e], place);
    }
    int base = g.adds.base(c, g.cut[e]);
    return at(g, g.coAt(c, base), place) + adds(g, c, base, g.cut[e], place);
  }

  private static String name(Explorer explorer, int dense) {
    Cell cell = explorer.footprint().cellOf(dense);
    String field = cell.field();
    return field.startsWith("done ") ? "d" + field.substring(5).replace("->", ".") : field;
  }

  private static String event(Explorer explorer, Graph g, int e, int[] place) {
    String rf = g.rf[e] == Graph.NONE ? "none" : seen(g, e, place);
    return switch (g.kind[e]) {
      case Kind.READ -> "R(" + name(explorer, g.cell[e]) + "," + rf + "," + g.value[e] + ")";
      case Kind.AWAIT -> "A(" + name(explorer, g.cell[e]) + "," + rf + "," + g.value[e] + ")";
      case Kind.RMW_R, Kind.LOCK_R -> {
        String letter = !g.succeeds(e) ? "F" : g.kind[e] == Kind.LOCK_R ? "L" : "U";
        String written = g.succeeds(e) ? "," + g.rmwResult(e) : "";
        yield letter
            + "("
            + name(explorer, g.cell[e])
            + ","
            + rf
            + ","
            + g.value[e]
            + written
            + ")";
      }
      case Kind.ADD -> "+(" + name(explorer, g.cell[e]) + "," + g.value[e] + ")";
      case Kind.WRITE -> "W(" + name(explorer, g.cell[e]) + "," + g.value[e] + ")";
      case Kind.SEND -> {
        Send send = (Send) java.util.Objects.requireNonNull(g.payload[e]);
        yield "S(" + g.cell[e] + "," + send.ipi().name() + ")";
      }
      default -> "T(" + rf + ")";
    };
  }
}
