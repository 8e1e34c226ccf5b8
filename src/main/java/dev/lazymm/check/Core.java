package dev.lazymm.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fewest events of a graph that a model does not allow: none can be left out without what is
 * left being possible. They are found by leaving out one after the other and asking again.
 *
 * @param graph the graph
 * @param events which of its events
 * @param conflict what is asked of the model besides, null if it is the graph alone
 * @param failing the names of the checks of the model's file that fail
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Core(Graph graph, boolean[] events, @Nullable Conflict conflict, List<String> failing) {
  /** {@return those of some events that are not possible, on which nothing but they bears} */
  static Core of(Weak weak, Graph g, boolean[] impossible, @Nullable Conflict conflict) {
    boolean[] core = impossible.clone();
    boolean more = true;
    while (more) {
      more = false;
      for (int e = g.size - 1; e >= 0; e--) {
        if (core[e] && !isOf(conflict, e)) {
          core[e] = false;
          if (isWhole(g, core) && !weak.judge(g, core, conflict)) {
            more = true;
          } else {
            core[e] = true;
          }
        }
      }
    }
    List<String> failing = weak.ask(g, core, conflict).judge().failing();
    return new Core(g, core, conflict, failing);
  }

  private static boolean isOf(@Nullable Conflict conflict, int e) {
    return switch (conflict) {
      case Conflict.OfGhosts two -> e == two.first() || e == two.second();
      case Conflict.WithAccess one -> e == one.access() || e == one.ghost();
      case null -> false;
    };
  }

  /**
   * Whether the events say of each other what the whole graph says: a read whose write is left out
   * is taken to read what was there at first, and no other write may stand between the two.
   */
  private static boolean isWhole(Graph g, boolean[] core) {
    for (int r = 0; r < g.size; r++) {
      if (Kind.isRead(g.kind[r]) && has(g, core, r) && g.rf[r] >= 0 && !has(g, core, g.rf[r])) {
        for (int i = g.coPos[g.rf[r]] - 2; i >= 0; i--) {
          if (has(g, core, g.co[g.cell[r]][i])) {
            return false;
          }
        }
      } else if (g.kind[r] == Kind.POLL && core[r] && g.rf[r] >= 0 && !core[g.rf[r]]) {
        return false;
      }
    }
    return true;
  }

  /** Whether an event is among some, or goes with one: as the other part, or as a lock's unlock. */
  static boolean has(Graph g, boolean[] core, int e) {
    if (core[e] || (g.kind[e] == Kind.RMW_W && has(g, core, g.readPart(e)))) {
      return true;
    }
    if (!g.succeeds(e)) {
      return false;
    }
    if (core[g.writePart(e)]) {
      return true;
    }
    int t = g.thread[e];
    for (int i = g.index[e] + 1; g.kind[e] == Kind.LOCK_R && i < g.length[t]; i++) {
      int next = g.po[t][i];
      if ((g.flags[next] & Graph.UNLOCK) != 0 && g.cell[next] == g.cell[e]) {
        return core[next];
      }
    }
    return false;
  }
}
