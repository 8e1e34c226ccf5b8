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
  public boolean isWeak() {
    return false;
  }

  @Override
  public boolean leavesAddsUnordered() {
    return true;
  }

  @Override
  public void before(Graph g, int thread, int count, int[] before) {
    find(g, thread, count);
    System.arraycopy(done, 0, before, 0, g.threads);
  }

  /** Leaves in {@code done} how many events of each thread happen before a point of one. */
  private void find(Graph g, int thread, int count) {
    int n = g.threads;
    if (done.length < n) {
      done = new int[n];
      todo = new int[n];
    }
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
          if (Kind.isRead(k)) {
            followRf(g, e);
          } else if (k == Kind.POLL) {
            require(g, g.rf[e]);
          } else if (Kind.isWrite(k)) {
            followCo(g, e);
          }
        }
      }
    }
  }

  /** What a read sees. */
  private void followRf(Graph g, int e) {
    int c = g.cell[e];
    if (!g.adds.in(c)) {
      require(g, g.rf[e]);
    } else if (g.rf[e] != Graph.NONE) {
      requireFrom(g, c, g.adds.base(c, g.cut[e]), g.cut[e]);
    }
  }

  private void requireFrom(Graph g, int c, int first, int last) {
    for (int p = first; p <= last; p++) {
      require(g, g.coAt(c, p));
    }
  }

  /** Where there are ADDs: what is seen before the set that {@code e} is in, and who sees it. */
  private void followCuts(Graph g, int e) {
    int c = g.cell[e];
    int last = g.coPos[e] - 1;
    if (g.kind[e] == Kind.ADD) {
      last = g.adds.cutBefore(c, last);
    }
    int base = g.adds.base(c, last);
    requireFrom(g, c, base, last);
    int[] reads = g.reads[c];
    for (int i = g.readsLength[c] - 1; i >= 0; i--) {
      int r = reads[i];
      if (g.rf[r] != Graph.NONE && g.cut[r] >= base && g.cut[r] <= last) {
        require(g, r);
      }
    }
  }

  /** The write co-before {@code e}, and the reads that are fr-before it. */
  private void followCo(Graph g, int e) {
    int c = g.cell[e];
    if (g.coPos[e] == 0) {
      return; // not placed yet
    }
    if (g.adds.in(c)) {
      followCuts(g, e);
      return;
    }
    int pred = g.coAt(c, g.coPos[e] - 1);
    require(g, pred);
    int[] reads = g.reads[c];
    for (int i = g.readsLength[c] - 1; i >= 0; i--) {
      if (g.rf[reads[i]] == pred) {
        require(g, reads[i]);
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
  public boolean isConsistent(Graph g) {
    return true; // earliest says all
  }

  @Override
  public boolean mayRead(Graph g, int thread, int cell, int place) {
    return true;
  }

  @Override
  public boolean orders(Graph g, int e, int f) {
    return true;
  }

  @Override
  public int earliest(Graph g, int thread, int count, int cell) {
    int n = g.coLength[cell];
    int[] co = g.co[cell];
    int floor = n; // what po and rf alone say; often enough
    while (floor > 0 && (count == 0 || !g.inPrefix(co[floor - 1], g.po[thread][count - 1]))) {
      floor--;
    }
    if (floor == n) {
      return n;
    }
    find(g, thread, count);
    int p = n;
    while (p > floor && g.index[co[p - 1]] >= done[g.thread[co[p - 1]]]) {
      p--;
    }
    return p;
  }
}
