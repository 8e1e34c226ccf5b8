package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The locations of a {@link Shape}: cells, one an IPI, and one for two ghosts of a {@link
 * Conflict}; and the coherence order of each.
 */
final class ShapePlaces {
  private static final int OF_GHOSTS = -1;

  private final ShapeIds ids;
  private final Graph g;
  private final int[] original;
  private final Execution x;

  /** Of each location its place in the list, by what it is: a cell, a SEND past them, ghosts. */
  private final Map<Integer, Integer> places = new LinkedHashMap<>();

  private final List<String> names = new ArrayList<>();
  private final List<Long> initial = new ArrayList<>();

  /**
   * @param original the event of the execution that each event of the graph is
   */
  ShapePlaces(ShapeIds ids, int[] original, Execution x) {
    this.ids = ids;
    g = ids.g;
    this.original = original.clone();
    this.x = x;
  }

  /** {@return the location that an access is to} */
  int of(int e) {
    return switch (g.kind[e]) {
      case Kind.SEND -> of(g.cells() + e, "ipi to CPU " + g.cell[e], 0);
      case Kind.POLL -> of(g.cells() + g.rf[e], "ipi to CPU " + g.thread[e], 0);
      default -> {
        Cell cell = x.cell(original[e]);
        long start = cell.isPointer() ? 0 : g.written(Graph.INIT, g.cell[e]);
        yield of(g.cell[e], cell.toString(), start);
      }
    };
  }

  /** {@return the location that two ghosts have for themselves, or that of the access one meets} */
  int ofGhost() {
    return switch (ids.conflict) {
      case Conflict.WithAccess one -> of(one.access());
      case Conflict.OfGhosts two when Kind.isAccess(g.kind[two.first()]) && isRace(two) ->
          of(OF_GHOSTS, x.cell(original[two.first()]).toString(), 0);
      case Conflict.OfGhosts two -> of(OF_GHOSTS, "memory of " + object(two), 0);
      case null -> throw new IllegalStateException("there is no ghost");
    };
  }

  /** Whether two accesses stand for themselves, and not beside what is no access. */
  private boolean isRace(Conflict.OfGhosts two) {
    return Kind.isAccess(g.kind[two.second()]) && g.cell[two.first()] == g.cell[two.second()];
  }

  /** {@return the name of the object that two ghosts are about} */
  String object(Conflict.OfGhosts two) {
    for (int e : new int[] {two.second(), two.first()}) {
      int kind = g.kind[e];
      if (g.cell[e] >= 0 && kind >= Kind.HOLD && kind != Kind.WARN) {
        return x.memory().object(g.cell[e]).name();
      }
    }
    return "it";
  }

  private int of(int what, String name, long start) {
    return places.computeIfAbsent(
        what,
        _ -> {
          names.add(name);
          initial.add(start);
          return names.size() - 1;
        });
  }

  // ---- coherence -------------------------------------------------------------------------------

  /** {@return those that were asked for, in the order in which they were} */
  List<Shape.Location> all() {
    List<Shape.Location> all = new ArrayList<>();
    for (int what : places.keySet()) {
      int place = all.size();
      all.add(new Shape.Location(names.get(place), initial.get(place), writes(what)));
    }
    return all;
  }

  private List<Integer> writes(int what) {
    List<Integer> list = new ArrayList<>();
    if (what >= g.cells()) {
      list.add(ids.of(what - g.cells()));
    } else if (what != OF_GHOSTS) {
      ofCell(what, list);
    } else if (ids.conflict instanceof Conflict.OfGhosts two) {
      if (two.secondWrites()) {
        list.add(ids.second);
      }
      if (two.firstWrites()) {
        list.add(ids.first);
      }
    }
    return list;
  }

  private void ofCell(int c, List<Integer> list) {
    int ghostAt =
        ids.conflict instanceof Conflict.WithAccess one && g.cell[one.access()] == c ? at(one) : -1;
    for (int i = 0; i <= g.coLength[c]; i++) {
      if (i == ghostAt) {
        list.add(ids.first);
      }
      if (i < g.coLength[c] && ids.of(g.co[c][i]) >= 0) {
        list.add(ids.of(g.co[c][i]));
      }
    }
  }

  private int at(Conflict.WithAccess one) {
    int e = one.access();
    boolean isWrite = Kind.isWrite(g.kind[e]);
    if (one.ghostFirst()) {
      return isWrite ? g.coPos[e] - 1 : g.coLength[g.cell[e]];
    }
    return g.position(isWrite ? e : g.rf[e]);
  }
}
