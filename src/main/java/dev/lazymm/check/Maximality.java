package dev.lazymm.check;

import dev.lazymm.machine.Cond;

/**
 * Whether an event is as the explorer adds it by default, seen from a revisit by write (or SEND) w.
 * What counts as there when event e came is Previous(e): the events added up to e, and the prefix
 * of w.
 *
 * <ul>
 *   <li>A read reads the co-last write of Previous.
 *   <li>A write stands co-last in Previous and nobody in it reads from it; a SEND is not taken in
 *       it.
 *   <li>What an await, or a lock's read part, was given in place does not count if it is not in
 *       Previous: what it read before does.
 *   <li>A poll takes nothing; that of a CPU that waits, or is halted, and does not find in Previous
 *       what it waits for, takes the lowest SEND of Previous that it can take.
 * </ul>
 */
final class Maximality {
  private static final Cond[] COND = Cond.values();

  private Maximality() {}

  /** {@return whether event e, which is not in the prefix of w, is maximal} */
  static boolean holds(Graph g, int e, int w) {
    return switch (g.kind[e]) {
      case Kind.READ, Kind.RMW_R, Kind.AWAIT, Kind.LOCK_R ->
          readIn(g, e, e, w) == lastOf(g, g.cell[e], e, w);
      case Kind.WRITE, Kind.RMW_W -> isLastAndUnread(g, e, w);
      case Kind.SEND -> g.taker[e] == Graph.NONE || !isPrevious(g, g.taker[e], e, w);
      case Kind.POLL -> g.rf[e] == defaultTaken(g, e, w);
      default -> true;
    };
  }

  private static boolean isPrevious(Graph g, int x, int e, int w) {
    return x <= e || g.inPrefix(x, w);
  }

  /** What read r reads when e comes, without what it was given in place by e or since. */
  private static int readIn(Graph g, int r, int e, int w) {
    int from = g.rf[r];
    int before = g.prevRf[r];
    while (before != Graph.NONE && (from == e || !isPrevious(g, from, e, w))) {
      int older = g.prevRf[from];
      from = before;
      before = older;
    }
    return from;
  }

  /** The co-last write of Previous(e). */
  private static int lastOf(Graph g, int c, int e, int w) {
    int p = g.coLength[c];
    while (p > 0 && !isPrevious(g, g.coAt(c, p), e, w)) {
      p--;
    }
    return g.coAt(c, p);
  }

  private static boolean isLastAndUnread(Graph g, int e, int w) {
    int c = g.cell[e];
    if (g.coPos[e] == 0) {
      return true; // not placed yet: the write part of a conflict
    }
    if (lastOf(g, c, e, w) != e) {
      return false;
    }
    for (int i = 0; i < g.readsLength[c]; i++) {
      int r = g.reads[c][i];
      if (isPrevious(g, r, e, w) && readIn(g, r, e, w) == e) {
        return false;
      }
    }
    return true;
  }

  private static int defaultTaken(Graph g, int e, int w) {
    boolean waits = g.cell[e] >= 0 || (g.flags[e] & Graph.FORCED) != 0;
    if (!waits || isSatisfied(g, e, w)) {
      return Graph.NONE;
    }
    int t = g.thread[e];
    int lowest = Graph.NONE;
    for (int i = 0; i < g.sendsLength[t]; i++) {
      int s = g.sends[t][i];
      boolean open = g.taker[s] == Graph.NONE || g.index[g.taker[s]] >= g.index[e];
      if (open && s != w && isPrevious(g, s, e, w) && g.comesBefore(s, lowest)) {
        lowest = s;
      }
    }
    return lowest;
  }

  /** Whether what the CPU of poll e waits for is there in Previous(e). */
  private static boolean isSatisfied(Graph g, int e, int w) {
    int c = g.cell[e];
    if (c < 0) {
      return false;
    }
    long v = g.written(lastOf(g, c, e, w), c);
    return g.op[e] == Frame.OP_LOCK ? v == 0 : COND[g.op[e]].test(v, g.operand[e]);
  }
}
