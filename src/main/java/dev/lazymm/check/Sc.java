package dev.lazymm.check;

import java.util.Arrays;

/**
 * Sequential consistency: po, rf, co and fr together are acyclic (Lamport 1979; Shasha and Snir
 * 1988). A new event is po-last in its thread, so what it may read or follow in co is a suffix of
 * co: everything from the latest write of the cell that happens before it. Owned by one worker.
 */
final class Sc implements MemoryModel {
  private int[] done = new int[0];
  private int[] todo = new int[0];

  @Override
  public String name() {
    return "sc";
  }

  @Override
  public boolean needsFences() {
    return false;
  }

  @Override
  public void before(Graph g, int thread, int count, View view, int[] before) {
    int n = g.threads;
    if (done.length < n) {
      done = new int[n];
      todo = new int[n];
    }
    boolean all = view == View.ALL;
    Arrays.fill(done, 0, n, 0);
    Arrays.fill(todo, 0, n, 0);
    todo[thread] = count;
    boolean more = true;
    while (more) {
      more = false;
      for (int t = 0; t < n; t++) {
        while (done[t] < todo[t]) {
          more = true;
          int e = g.po[t][done[t]++];
          int k = g.kind[e];
          if (Kind.isRead(k) || k == Kind.POLL) {
            require(g, g.rf[e]);
          } else if (Kind.isWrite(k)) {
            followCo(g, e, view, all);
          }
        }
      }
    }
    System.arraycopy(done, 0, before, 0, n);
  }

  /** The writes co-before {@code e}, and the reads that are fr-before it. */
  private void followCo(Graph g, int e, View view, boolean all) {
    int c = g.cell[e];
    int p = g.coPos[e] - 1;
    if (p < 0) {
      return; // not placed yet
    }
    while (p > 0 && !all && !view.has(g, g.coAt(c, p))) {
      p--;
    }
    int pred = g.coAt(c, p);
    require(g, pred);
    int[] reads = g.reads[c];
    for (int i = g.readsLength[c] - 1; i >= 0; i--) {
      int r = reads[i];
      if (g.rf[r] == pred && (all || view.has(g, r))) {
        require(g, r);
      }
    }
  }

  private void require(Graph g, int e) {
    if (e >= 0) {
      int t = g.thread[e];
      if (g.index[e] >= todo[t]) {
        todo[t] = g.index[e] + 1;
      }
    }
  }

  @Override
  public int earliest(Graph g, int thread, int count, int cell, View view) {
    int n = g.coLength[cell];
    if (n == 0) {
      return 0;
    }
    int last = count == 0 ? Graph.NONE : g.po[thread][count - 1];
    int floor = 0; // what po and rf alone say; often enough
    for (int p = n; p > 0; p--) {
      int w = g.co[cell][p - 1];
      if (last >= 0 && g.inPrefix(w, last)) {
        floor = p;
        break;
      }
    }
    if (floor == n) {
      return n;
    }
    before(g, thread, count, view, todo2(g));
    for (int p = n; p > floor; p--) {
      int w = g.co[cell][p - 1];
      if (g.index[w] < scratch[g.thread[w]]) {
        return p;
      }
    }
    return floor;
  }

  private int[] scratch = new int[0];

  private int[] todo2(Graph g) {
    if (scratch.length < g.threads) {
      scratch = new int[g.threads];
    }
    return scratch;
  }
}
