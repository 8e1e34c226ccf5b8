package dev.lazymm.check;

import java.util.Arrays;
import java.util.Collection;

/**
 * A graph with barriers that its code does not have: what it would be if it had them, and all else
 * came out the same.
 *
 * @param graph that graph; in what order its events were added says nothing
 * @param renamed the number in it of each event of the other
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Strengthened(Graph graph, int[] renamed) {
  private static final Barrier.Kind[] FENCES = {
    Barrier.Kind.MB, Barrier.Kind.RMB, Barrier.Kind.WMB
  };

  /** {@return a graph with barriers} */
  static Strengthened of(Graph g, Collection<Spot> spots) {
    boolean[] all = new boolean[g.size];
    Arrays.fill(all, true);
    Graph to = g.without(all);
    int[] renamed = new int[g.size];
    Arrays.fill(renamed, Graph.NONE);
    int[] done = new int[g.threads];
    boolean more = true;
    while (more) {
      more = false;
      for (int t = 0; t < g.threads; t++) {
        while (done[t] < g.length[t] && isReady(g, g.po[t][done[t]], renamed)) {
          add(g, g.po[t][done[t]], to, renamed, spots);
          done[t]++;
          more = true;
        }
      }
    }
    for (int c = 0; c < g.cells(); c++) {
      for (int i = 0; i < g.coLength[c]; i++) {
        to.place(renamed[g.co[c][i]], i + 1);
      }
    }
    return new Strengthened(to, renamed);
  }

  private static boolean isReady(Graph g, int e, int[] renamed) {
    return g.rf[e] < 0 || renamed[g.rf[e]] != Graph.NONE;
  }

  private static void add(Graph g, int e, Graph to, int[] renamed, Collection<Spot> spots) {
    int t = g.thread[e];
    int flags = g.flags[e];
    for (int op = 0; op < FENCES.length; op++) {
      if (spots.contains(new Spot(FENCES[op], t, g.index[e]))) {
        int fence = to.add(t, Kind.FENCE, -1, flags & Graph.IN_HANDLER);
        to.op[fence] = op;
      }
    }
    if (spots.contains(new Spot(Barrier.Kind.ACQUIRE, t, g.index[e]))) {
      flags = (flags | Graph.ACQUIRE) & ~Graph.NO_RETURN;
    }
    if (spots.contains(new Spot(Barrier.Kind.RELEASE, t, g.index[e]))) {
      flags = (flags | Graph.RELEASE) & ~Graph.NO_RETURN;
    }
    int n = to.add(t, g.kind[e], g.cell[e], flags);
    renamed[e] = n;
    to.value[n] = g.value[e];
    to.op[n] = g.op[e];
    to.operand[n] = g.operand[e];
    to.expected[n] = g.expected[e];
    to.payload[n] = g.payload[e];
    if (Kind.isRead(g.kind[e])) {
      to.setRf(n, g.rf[e] < 0 ? g.rf[e] : renamed[g.rf[e]]);
      if (g.programIndex(e) < g.index[e]) {
        to.operand[n] = to.index[renamed[g.po[t][g.programIndex(e)]]] + 1L; // its LOAD
      }
    } else if (g.kind[e] == Kind.POLL && g.rf[e] != Graph.NONE) {
      to.setTaken(n, renamed[g.rf[e]]);
    } else if (g.kind[e] == Kind.DEPENDS) {
      to.operand[n] = to.index[renamed[g.po[t][(int) g.operand[e]]]];
    }
  }
}
