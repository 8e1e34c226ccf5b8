package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import dev.lazymm.check.MemoryModel.View;
import dev.lazymm.machine.Cond;
import java.util.Arrays;

/**
 * Backward revisits: when a write (or a SEND) is added, earlier reads (or polls) that did not see it
 * may read it after all, in a graph from which everything added since then is deleted, but for what
 * the write needs.
 *
 * <p>Many graphs lead to the same revisited graph. Exactly one of them is taken: the one in which
 * every deleted event, and the revisited read, is <em>maximal</em>, that is, as the explorer adds it
 * by default: a read reads the co-last write, a write stands co-last and nobody has read it. Last
 * means last in Previous(e): the events added up to e, and the prefix of the revisiting write. The
 * rule does not depend on which read is revisited, so the first deleted event that fails it ends the
 * search.
 *
 * <p>A read part that is blocked on a lock stays as its thread's last event and is given its value
 * in place when the lock is freed; {@code prevRf} keeps what it read before. Owned by one worker.
 */
final class Revisits {
  private static final Cond[] COND = Cond.values();

  private final MemoryModel model;
  private boolean[] deleted = new boolean[64];
  private int[] renamed = new int[64];

  Revisits(MemoryModel model) {
    this.model = model;
  }

  /**
   * Notes the revisits that write {@code w}, the latest event, can do; it need not be in co yet.
   *
   * @param latest reads added after this one are not revisited
   * @param conflict the read part that has consumed what w's own read part reads, or NONE: the one
   *     read that may be given a value it does not want
   */
  void ofWrite(Frame frame, int w, int latest, int conflict) {
    Graph g = frame.graph;
    int c = g.cell[w];
    for (int e = w - 1; e >= 0; e--) {
      if (g.inPrefix(e, w)) {
        continue;
      }
      if (!maximal(g, e, w)) {
        return;
      }
      if (e <= latest && Kind.isRead(g.kind[e]) && g.cell[e] == c) {
        if (e == conflict || mayRead(g, e, w)) {
          frame.push(Choice.REVISIT, w + 1, g.thread[e], e, w);
        }
      }
    }
  }

  private static boolean mayRead(Graph g, int e, int w) {
    return switch (g.kind[e]) {
      case Kind.LOCK_R -> g.satisfies(e, g.value[w]) && g.succeeds(e);
      default -> true;
    };
  }

  /** Notes the polls that SEND {@code s}, the latest event, can interrupt. */
  void ofSend(Frame frame, int s) {
    Graph g = frame.graph;
    int target = g.cell[s];
    for (int e = s - 1; e >= 0; e--) {
      if (g.inPrefix(e, s)) {
        continue;
      }
      if (!maximal(g, e, s)) {
        return;
      }
      if (g.kind[e] == Kind.POLL && g.thread[e] == target) {
        frame.push(Choice.REVISIT, s + 1, target, e, s);
      }
    }
  }

  // ---- maximality ------------------------------------------------------------------------------

  private boolean maximal(Graph g, int e, int w) {
    return switch (g.kind[e]) {
      case Kind.READ, Kind.RMW_R, Kind.AWAIT -> readsLast(g, e, w);
      case Kind.LOCK_R -> lockMaximal(g, e, w);
      case Kind.WRITE, Kind.RMW_W -> writeMaximal(g, e, w);
      case Kind.SEND -> untaken(g, e, e, w);
      case Kind.POLL -> pollMaximal(g, e, w);
      default -> true;
    };
  }

  private static boolean previous(Graph g, int x, int e, int w) {
    return x <= e || g.inPrefix(x, w);
  }

  private static boolean readsLast(Graph g, int e, int w) {
    int from = g.rf[e];
    if (!previous(g, from, e, w)) {
      return false;
    }
    int c = g.cell[e];
    for (int p = g.coLength[c]; p > g.position(from); p--) {
      if (previous(g, g.coAt(c, p), e, w)) {
        return false;
      }
    }
    return true;
  }

  /** The co-last write of Previous(e). */
  private static int lastOf(Graph g, int c, int e, int w) {
    int p = g.coLength[c];
    while (p > 0 && !previous(g, g.coAt(c, p), e, w)) {
      p--;
    }
    return g.coAt(c, p);
  }

  private static boolean lockMaximal(Graph g, int e, int w) {
    int from = g.rf[e];
    if (previous(g, from, e, w)) {
      return readsLast(g, e, w);
    }
    // Given its value in place: by default it is blocked.
    return g.prevRf[e] != Graph.NONE && g.prevRf[e] == lastOf(g, g.cell[e], e, w);
  }

  private static boolean writeMaximal(Graph g, int e, int w) {
    int c = g.cell[e];
    if (g.coPos[e] == 0) {
      return true;
    }
    for (int p = g.coLength[c]; p > g.coPos[e]; p--) {
      if (previous(g, g.coAt(c, p), e, w)) {
        return false;
      }
    }
    for (int i = 0; i < g.readsLength[c]; i++) {
      int r = g.reads[c][i];
      boolean reads = g.rf[r] == e && g.prevRf[r] == Graph.NONE || g.prevRf[r] == e;
      if (reads && previous(g, r, e, w)) {
        return false;
      }
    }
    return true;
  }

  private static boolean untaken(Graph g, int send, int e, int w) {
    int t = g.cell[send];
    for (int i = 0; i < g.length[t]; i++) {
      int p = g.po[t][i];
      if (g.kind[p] == Kind.POLL && g.rf[p] == send && previous(g, p, e, w)) {
        return false;
      }
    }
    return true;
  }

  private static boolean pollMaximal(Graph g, int e, int w) {
    boolean waits = g.cell[e] >= 0 || (g.flags[e] & Graph.FORCED) != 0;
    int taken = g.rf[e];
    if (!waits || satisfied(g, e, w)) {
      return taken == Graph.NONE;
    }
    if (taken != Graph.NONE && !previous(g, taken, e, w)) {
      return false;
    }
    int t = g.thread[e];
    for (int s = 0; s < g.size; s++) {
      if (g.kind[s] == Kind.SEND
          && g.cell[s] == t
          && s != w
          && (taken == Graph.NONE || comesBefore(g, s, taken))
          && previous(g, s, e, w)
          && untakenBefore(g, s, e)) {
        return false;
      }
    }
    return true;
  }

  /** Forced polls take the SEND of the lowest thread first, in its order. */
  static boolean comesBefore(Graph g, int s, int other) {
    return g.thread[s] < g.thread[other]
        || g.thread[s] == g.thread[other] && g.index[s] < g.index[other];
  }

  private static boolean untakenBefore(Graph g, int send, int e) {
    int t = g.thread[e];
    for (int i = 0; i < g.index[e]; i++) {
      int p = g.po[t][i];
      if (g.kind[p] == Kind.POLL && g.rf[p] == send) {
        return false;
      }
    }
    return true;
  }

  /** Whether what the thread of poll {@code e} waits for is there in Previous(e). */
  private static boolean satisfied(Graph g, int e, int w) {
    int c = g.cell[e];
    if (c < 0) {
      return false;
    }
    long v = g.written(lastOf(g, c, e, w), c);
    return g.op[e] == Explorer.OP_LOCK ? v == 0 : COND[g.op[e]].test(v, g.operand[e]);
  }

  // ---- the revisited graph ---------------------------------------------------------------------

  /**
   * Builds the graph in which {@code r} reads {@code w}, without what is deleted.
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
    int newR = copy.copyOf(g, deleted, r, renamed);
    for (int t = 0; t < g.threads; t++) {
      if (t != g.thread[r] && t != g.thread[w] && copy.length[t] == g.length[t]) {
        target.inherit(frame, t);
      }
    }
    target.forgetTruncated();
    return newR;
  }
}
