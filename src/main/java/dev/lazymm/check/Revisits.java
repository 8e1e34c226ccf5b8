package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.Arrays;

/**
 * Backward revisits: when a write (or a SEND) is added, earlier reads (or polls) that did not see
 * it may read it after all, in a graph from which everything added since then is deleted, but for
 * what the write needs.
 *
 * <p>Many graphs lead to the same revisited graph. Exactly one of them is taken: the one in which
 * every deleted event, and the revisited read, is maximal ({@link Maximality}). As a default choice
 * can be made in every graph, that one is always there. The rule does not depend on which read is
 * revisited, so the first deleted event that fails it ends the search.
 *
 * <p>Owned by one explorer.
 */
final class Revisits {
  /** Of a {@link Choice#REVISIT}: the read keeps what it sees. */
  static final long KEEPING = 1;

  private final Maximality maximality = new Maximality(new Graph(1, new long[0]));
  private boolean[] deleted = new boolean[64];
  private int[] renamed = new int[64];

  /**
   * Notes the revisits that write {@code w}, the latest event, can do; it need not be in co yet.
   *
   * @param latest reads added after this one are not revisited
   * @param conflict the read part that has consumed what w's own read part reads, or NONE: the one
   *     read part of a lock that may be given a value it does not want
   * @return the await that is to read w in place, or NONE; always NONE if the cell has ADDs, as
   *     what it read before would then not be told by one event
   */
  int ofWrite(Frame frame, int w, int latest, int conflict) {
    Graph g = frame.graph;
    int c = g.cell[w];
    int waiting = Graph.NONE;
    boolean adds = g.adds.in(c);
    boolean nothingDeleted = conflict == Graph.NONE && !adds && isLast(g, w);
    boolean allMaximal = true;
    for (int e = w - 1; e >= 0; e--) {
      if (g.inPrefix(e, w)) {
        continue;
      }
      if (allMaximal) {
        maximality.of(g, w, Graph.NONE);
        allMaximal = maximality.holds(e);
      }
      if (!allMaximal && !adds) {
        break;
      }
      if (e <= latest && Kind.isRead(g.kind[e]) && g.cell[e] == c) {
        if (nothingDeleted && isWaiting(g, e)) {
          waiting = e;
        } else if (e == conflict || mayRead(g, e, w)) {
          if (allMaximal) {
            frame.push(Choice.REVISIT, w + 1, g.thread[e], e, w);
          }
          if (adds && mayAdd(g, e, w)) {
            frame.push(Choice.REVISIT, w + 1, g.thread[e], e, w, KEEPING);
          }
        }
      }
      nothingDeleted = false;
    }
    return waiting;
  }

  /**
   * Whether read r, which sees ADDs or a write that were added after it and that w does not need,
   * may go on to see them when it is to read w. They are kept with what they need. The last of all
   * that are so seen revisits r last: by thread, and among those that no other of them needs.
   */
  private boolean mayAdd(Graph g, int r, int w) {
    int c = g.cell[w];
    boolean keeps = false;
    for (int p = g.cut[r]; p >= g.adds.base(c, g.cut[r]); p--) {
      int x = g.coAt(c, p);
      if (x > r && !g.inPrefix(x, w)) {
        keeps = true;
        if (g.thread[x] > g.thread[w] && isNeededByNone(g, x, r)) {
          return false;
        }
      }
    }
    if (!keeps) {
      return false;
    }
    maximality.of(g, w, r);
    int own = g.succeeds(r) ? g.writePart(r) : Graph.NONE; // stands where r says
    for (int e = w - 1; e > r; e--) {
      if (!g.inPrefix(e, w) && !g.inPrefix(e, r)) {
        if (e == own ? !maximality.isUnread(e) : !maximality.holds(e)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether none of the other events that read r sees, and that came after it, needs x. */
  private static boolean isNeededByNone(Graph g, int x, int r) {
    int c = g.cell[r];
    for (int p = g.cut[r]; p >= g.adds.base(c, g.cut[r]); p--) {
      int y = g.coAt(c, p);
      if (y > r && y != x && g.inPrefix(x, y)) {
        return false;
      }
    }
    return true;
  }

  /** Whether w is to be the last in co. */
  private static boolean isLast(Graph g, int w) {
    return g.kind[w] != Kind.RMW_W || g.rf[g.readPart(w)] == g.coLast(g.cell[w]);
  }

  /** Whether e is an await that failed. */
  private static boolean isWaiting(Graph g, int e) {
    return g.kind[e] == Kind.AWAIT && !g.satisfies(e, g.value[e]);
  }

  /** A lock's blocked read part is given its value in place instead. */
  private static boolean mayRead(Graph g, int e, int w) {
    return g.kind[e] != Kind.LOCK_R || (g.value[e] == 0 && g.value[w] == 0);
  }

  /** Notes the polls that SEND {@code s}, the latest event, can interrupt. */
  void ofSend(Frame frame, int s) {
    Graph g = frame.graph;
    int target = g.cell[s];
    for (int e = s - 1; e >= 0; e--) {
      if (g.inPrefix(e, s)) {
        continue;
      }
      maximality.of(g, s, Graph.NONE);
      if (!maximality.holds(e)) {
        return;
      }
      if (g.kind[e] == Kind.POLL && g.thread[e] == target) {
        frame.push(Choice.REVISIT, s + 1, target, e, s);
      }
    }
  }

  /**
   * Builds the graph in which {@code r} is to read {@code w}, without what is deleted.
   *
   * @param frame the graph, cut back to w; w is not in co
   * @param keeping whether what r needs now is not deleted
   * @param target receives the new graph; its last event is w
   * @return the new stamp of r
   */
  int build(Frame frame, int r, int w, boolean keeping, Frame target) {
    Graph g = frame.graph;
    if (deleted.length < g.size) {
      deleted = new boolean[2 * g.size];
      renamed = new int[2 * g.size];
    }
    Arrays.fill(deleted, 0, g.size, false);
    for (int e = r + 1; e < w; e++) {
      deleted[e] = !g.inPrefix(e, w) && !(keeping && g.inPrefix(e, r));
    }
    target.clear();
    Graph copy = target.graph;
    copy.copyOf(g, deleted, renamed);
    for (int t = 0; t < g.threads; t++) {
      if (t != g.thread[r] && t != g.thread[w] && copy.length[t] == g.length[t]) {
        target.inherit(frame, t);
      }
    }
    target.forgetTruncated();
    return renamed[r];
  }
}
