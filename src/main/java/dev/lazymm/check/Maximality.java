package dev.lazymm.check;

import dev.lazymm.machine.Cond;

/**
 * Whether an event is as the explorer adds it by default, seen from a revisit by write (or SEND) w.
 * What counts as there when event e came is Previous(e): the events added up to e, and the prefix
 * of w; and if the read that is revisited goes on to see ADDs that it has seen, its own prefix.
 *
 * <ul>
 *   <li>A read reads the co-last write of Previous.
 *   <li>With ADDs: it sees all of Previous that it would see in Previous, and nothing else. An ADD
 *       is seen by nobody in Previous, and no other write of Previous comes after it.
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

  private Graph g;
  private int w;
  private int r;

  Maximality(Graph graph) {
    g = graph;
  }

  /**
   * From here it is about revisits by a write or SEND.
   *
   * @param write the write or SEND
   * @param reader the read whose prefix counts as there, too; NONE if there is none
   */
  void of(Graph graph, int write, int reader) {
    g = graph;
    w = write;
    r = reader;
  }

  /** {@return whether event e, which is not in what counts as there, is maximal} */
  boolean holds(int e) {
    return switch (g.kind[e]) {
      case Kind.READ, Kind.RMW_R, Kind.AWAIT, Kind.LOCK_R ->
          g.adds.in(g.cell[e]) ? seesAll(e) : readIn(e, e) == lastOf(g.cell[e], e);
      case Kind.ADD -> isUnseen(e);
      case Kind.WRITE, Kind.RMW_W -> isLastAndUnread(e);
      case Kind.SEND -> g.taker[e] == Graph.NONE || !isPrevious(g.taker[e], e);
      case Kind.POLL -> g.rf[e] == defaultTaken(e);
      default -> true;
    };
  }

  private boolean isPrevious(int x, int e) {
    return x <= e || g.inPrefix(x, w) || (r != Graph.NONE && g.inPrefix(x, r));
  }

  /** What read r reads when e comes, without what it was given in place by e or since. */
  private int readIn(int read, int e) {
    int from = g.rf[read];
    int before = g.prevRf[read];
    while (before != Graph.NONE && (from == e || !isPrevious(from, e))) {
      int older = g.prevRf[from];
      from = before;
      before = older;
    }
    return from;
  }

  /** The co-last write of Previous(e). */
  private int lastOf(int c, int e) {
    int p = g.coLength[c];
    while (p > 0 && !isPrevious(g.coAt(c, p), e)) {
      p--;
    }
    return g.coAt(c, p);
  }

  /**
   * Whether read e sees all of Previous(e) that comes after its source. If it sees more, that came
   * later and is seen by an event of its Previous: it is itself not maximal.
   */
  private boolean seesAll(int e) {
    int c = g.cell[e];
    int from = readIn(e, e);
    int p = from == g.rf[e] ? g.cut[e] : g.position(from);
    return p == g.position(lastOf(c, e));
  }

  private boolean isUnseen(int e) {
    int c = g.cell[e];
    int base = g.adds.base(c, g.coPos[e]);
    for (int p = g.coPos[e] + 1; p <= g.coLength[c]; p++) {
      if (!g.adds.isAt(c, p) && isPrevious(g.coAt(c, p), e)) {
        return false;
      }
    }
    for (int i = 0; i < g.readsLength[c]; i++) {
      int read = g.reads[c][i];
      if (isPrevious(read, e)
          && readIn(read, e) == g.rf[read]
          && g.cut[read] >= g.coPos[e]
          && g.adds.base(c, g.cut[read]) == base) {
        return false;
      }
    }
    return true;
  }

  /** The value of a cell in Previous(e). */
  private long lastValue(int c, int e) {
    long sum = 0;
    int p = g.coLength[c];
    while (p > 0) {
      boolean there = isPrevious(g.coAt(c, p), e);
      if (there && !g.adds.isAt(c, p)) {
        break;
      }
      sum += there ? g.value[g.coAt(c, p)] : 0;
      p--;
    }
    return sum + g.written(g.coAt(c, p), c);
  }

  private boolean isLastAndUnread(int e) {
    int c = g.cell[e];
    if (g.coPos[e] == 0) {
      return true; // not placed yet: the write part of a conflict
    }
    return lastOf(c, e) == e && isUnread(e);
  }

  /** {@return whether nobody in Previous(e) reads write e} */
  boolean isUnread(int e) {
    int c = g.cell[e];
    for (int i = 0; i < g.readsLength[c]; i++) {
      int read = g.reads[c][i];
      if (isPrevious(read, e) && sees(read, e)) {
        return false;
      }
    }
    return true;
  }

  /** Whether r reads write e, which is the last in Previous(e), or ADDs that follow it. */
  private boolean sees(int read, int e) {
    int from = readIn(read, e);
    int c = g.cell[e];
    boolean adds = from == g.rf[read] && from >= 0 && g.adds.in(c);
    return adds ? g.adds.base(c, g.cut[read]) == g.coPos[e] : from == e;
  }

  private int defaultTaken(int e) {
    boolean waits = g.cell[e] >= 0 || (g.flags[e] & Graph.FORCED) != 0;
    if (!waits || isSatisfied(e)) {
      return Graph.NONE;
    }
    int t = g.thread[e];
    int lowest = Graph.NONE;
    for (int i = 0; i < g.sendsLength[t]; i++) {
      int s = g.sends[t][i];
      boolean open = g.taker[s] == Graph.NONE || g.index[g.taker[s]] >= g.index[e];
      if (open && s != w && isPrevious(s, e) && g.comesBefore(s, lowest)) {
        lowest = s;
      }
    }
    return lowest;
  }

  /** Whether what the CPU of poll e waits for is there in Previous(e). */
  private boolean isSatisfied(int e) {
    int c = g.cell[e];
    if (c < 0) {
      return false;
    }
    long v = lastValue(c, e);
    return g.op[e] == Frame.OP_LOCK ? v == 0 : COND[g.op[e]].test(v, g.operand[e]);
  }
}
