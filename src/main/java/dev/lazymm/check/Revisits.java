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
  private boolean[] deleted = new boolean[64];
  private int[] renamed = new int[64];

  /**
   * Notes the revisits that write {@code w}, the latest event, can do; it need not be in co yet.
   *
   * @param latest reads added after this one are not revisited
   * @param conflict the read part that has consumed what w's own read part reads, or NONE: the one
   *     read part of a lock that may be given a value it does not want
   * @return the await that is to read w in place, or NONE
   */
  int ofWrite(Frame frame, int w, int latest, int conflict) {
    Graph g = frame.graph;
    int c = g.cell[w];
    int waiting = Graph.NONE;
    boolean nothingDeleted = conflict == Graph.NONE && isLast(g, w);
    for (int e = w - 1; e >= 0; e--) {
      if (g.inPrefix(e, w)) {
        continue;
      }
      if (!Maximality.holds(g, e, w)) {
        break;
      }
      if (e <= latest && Kind.isRead(g.kind[e]) && g.cell[e] == c) {
        if (nothingDeleted && isWaiting(g, e)) {
          waiting = e;
        } else if (e == conflict || mayRead(g, e, w)) {
          frame.push(Choice.REVISIT, w + 1, g.thread[e], e, w);
        }
      }
      nothingDeleted = false;
    }
    return waiting;
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
      if (!Maximality.holds(g, e, s)) {
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
   * @param target receives the new graph; its last event is w
   * @return the new stamp of r
   */
  int build(Frame frame, int r, int w, Frame target) {
    Graph g = frame.graph;
    if (deleted.length < g.size) {
      deleted = new boolean[2 * g.size];
      renamed = new int[2 * g.size];
    }
    Arrays.fill(deleted, 0, g.size, false);
    for (int e = r + 1; e < w; e++) {
      deleted[e] = !g.inPrefix(e, w);
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
