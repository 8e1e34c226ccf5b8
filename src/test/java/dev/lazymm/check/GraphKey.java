package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Writes an execution graph in the canonical form of {@link Interleavings}. A wait that fails is no
 * event there.
 */
final class GraphKey {
  private final Graph g;
  private final int[] place;
  private final String[] names;
  private final StringBuilder text = new StringBuilder();

  private GraphKey(Explorer explorer, Graph g) {
    this.g = g;
    place = new int[g.size];
    names = new String[g.cells()];
    for (int c = 0; c < names.length; c++) {
      names[c] = name(explorer.footprint().cellOf(c));
    }
  }

  static String of(Explorer explorer, Graph g) {
    GraphKey key = new GraphKey(explorer, g);
    key.threads();
    key.coherence();
    return key.text.toString();
  }

  private void threads() {
    for (int t = 0; t < g.threads; t++) {
      int n = 0;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        place[e] = g.kind[e] == Kind.RMW_W ? n - 1 : n;
        if (listed(e)) {
          n++;
        }
      }
    }
    for (int t = 0; t < g.threads; t++) {
      text.append(t == 0 ? "" : " | ").append(t).append(':');
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        if (listed(e)) {
          text.append(' ');
          event(e);
        }
      }
    }
  }

  private void coherence() {
    for (char kind : new char[] {'x', 'l', 'd'}) {
      for (int c = 0; c < names.length; c++) {
        if (g.coLength[c] > 0 && names[c].charAt(0) == kind) {
          text.append(" | ").append(names[c]).append(':');
          for (int base = 0, end; base <= g.coLength[c]; base = end + 1) {
            end = g.adds.last(c, base);
            if (end > 0) {
              text.append(' ');
              if (base > 0) {
                at(g.coAt(c, base));
              }
              adds(c, base, end);
            }
          }
        }
      }
    }
  }

  private boolean listed(int e) {
    return switch (g.kind[e]) {
      case Kind.READ, Kind.RMW_R, Kind.WRITE, Kind.ADD, Kind.SEND -> true;
      case Kind.AWAIT -> g.satisfies(e, g.value[e]);
      case Kind.LOCK_R -> g.succeeds(e);
      case Kind.POLL -> g.rf[e] != Graph.NONE;
      default -> false;
    };
  }

  private void at(int e) {
    if (e == Graph.INIT) {
      text.append("init");
    } else {
      text.append(g.thread[e]).append('.').append(place[e]);
    }
  }

  /** The ADDs between two places in co, by thread. */
  private void adds(int c, int after, int last) {
    if (after < last) {
      IntStream.range(after, last)
          .map(p -> g.co[c][p])
          .boxed()
          .sorted(
              Comparator.<Integer>comparingInt(e -> g.thread[e]).thenComparingInt(e -> place[e]))
          .forEach(e -> {
            text.append('+');
            at(e);
          });
    }
  }

  /** What a read sees: a write, and the ADDs since. */
  private void seen(int e) {
    int c = g.cell[e];
    if (g.rf[e] == Graph.NONE) {
      text.append("none");
    } else if (!Kind.isRead(g.kind[e]) || !g.adds.in(c)) {
      at(g.rf[e]);
    } else {
      int base = g.adds.base(c, g.cut[e]);
      at(g.coAt(c, base));
      adds(c, base, g.cut[e]);
    }
  }

  private static String name(Cell cell) {
    String field = cell.field();
    return field.startsWith("done ") ? "d" + field.substring(5).replace("->", ".") : field;
  }

  private void event(int e) {
    switch (g.kind[e]) {
      case Kind.READ -> read('R', e);
      case Kind.AWAIT -> read('A', e);
      case Kind.RMW_R, Kind.LOCK_R -> {
        boolean succeeds = g.succeeds(e);
        read(!succeeds ? 'F' : g.kind[e] == Kind.LOCK_R ? 'L' : 'U', e);
        if (succeeds) {
          text.append(',').append(g.rmwResult(e));
        }
      }
      case Kind.ADD -> write('+', e);
      case Kind.WRITE -> write('W', e);
      case Kind.SEND -> {
        Send send = (Send) Objects.requireNonNull(g.payload[e]);
        text.append("S(").append(g.cell[e]).append(',').append(send.ipi().name());
      }
      default -> {
        text.append("T(");
        seen(e);
      }
    }
    text.append(')');
  }

  private void read(char letter, int e) {
    text.append(letter).append('(').append(names[g.cell[e]]).append(',');
    seen(e);
    text.append(',').append(g.value[e]);
  }

  private void write(char letter, int e) {
    text.append(letter).append('(').append(names[g.cell[e]]).append(',').append(g.value[e]);
  }
}
