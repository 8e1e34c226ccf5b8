package dev.lazymm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which events of a graph a question to a memory model is about.
 *
 * <p>Whatever a model takes for an order comes of program order, reads-from, coherence and
 * from-reads; so where it forbids something, there is a cycle of these, and all that the model
 * finds wrong is in the events of that cycle: in a strongly connected part of the graph. Where
 * there is none the graph is consistent, as under SC; where there is one only its events need be
 * judged. (That nothing comes between the halves of an atomic operation is no such cycle; graphs
 * are grown so.) In the same way all that orders one event before another lies on the ways from the
 * one to the other. Owned by one explorer.
 */
final class Between {
  private int[] number = new int[64];
  private int[] low = new int[64];
  private int[] edge = new int[64];
  private int[] path = new int[64];
  private int[] stack = new int[64];
  private boolean[] open = new boolean[64];
  private boolean[] ahead = new boolean[64];
  private boolean[] behind = new boolean[64];

  // ---- edges -----------------------------------------------------------------------------------

  /**
   * {@return the i-th event that comes right after e, NONE behind the last} A read that is done
   * late also comes before what follows its load; that it comes after that as well is more than
   * there is, which costs time only.
   */
  private static int next(Graph g, int e, int i) {
    if (i == 0) {
      return from(g, g.thread[e], g.programIndex(e) + 1);
    }
    int kind = g.kind[e];
    if (Kind.isRead(kind)) {
      return i == 1 ? after(g, g.rf[e], g.cell[e]) : Graph.NONE;
    }
    if (Kind.isWrite(kind)) {
      if (i == 1) {
        return after(g, e, g.cell[e]);
      }
      int c = g.cell[e];
      return i - 2 < g.readsLength[c]
          ? g.rf[g.reads[c][i - 2]] == e ? g.reads[c][i - 2] : Graph.INIT
          : Graph.NONE;
    }
    return kind == Kind.SEND && i == 1 && g.taker[e] != Graph.NONE ? g.taker[e] : Graph.NONE;
  }

  /**
   * {@return the first event in program order of a thread from an index in po on, INIT if there is
   * none} A read that is done late is where its LOAD is.
   */
  private static int from(Graph g, int t, int index) {
    int i = index;
    while (i < g.length[t] && g.programIndex(g.po[t][i]) < i) {
      i++;
    }
    if (i == g.length[t]) {
      return Graph.INIT;
    }
    int e = g.po[t][i];
    return g.kind[e] == Kind.LOAD ? g.lateRead(e) : e;
  }

  /** {@return the write that follows one in co; INIT if none does} */
  private static int after(Graph g, int w, int c) {
    int p = g.position(w);
    return (w == Graph.INIT || p > 0) && p < g.coLength[c] ? g.co[c][p] : Graph.INIT;
  }

  // ---- strongly connected parts ----------------------------------------------------------------

  /** {@return the events of each cycle, or of cycles that share some: true where one is in it} */
  List<boolean[]> cycles(Graph g) {
    reserve(g.size);
    Arrays.fill(number, 0, g.size, 0);
    List<boolean[]> found = new ArrayList<>();
    int numbers = 0;
    int stacked = 0;
    for (int t = 0; t < g.threads; t++) {
      int first = from(g, t, 0);
      if (first == Graph.INIT || number[first] != 0) {
        continue;
      }
      int depth = 0;
      path[0] = first;
      edge[0] = 0;
      while (depth >= 0) {
        int e = path[depth];
        if (edge[depth] == 0) {
          number[e] = ++numbers;
          low[e] = numbers;
          stack[stacked++] = e;
          open[e] = true;
        }
        int to = next(g, e, edge[depth]++);
        if (to == Graph.NONE) {
          depth--;
          if (depth >= 0) {
            low[path[depth]] = Math.min(low[path[depth]], low[e]);
          }
          if (low[e] == number[e]) {
            stacked = pop(g, e, stacked, found);
          }
        } else if (to != Graph.INIT) {
          if (number[to] == 0) {
            path[++depth] = to;
            edge[depth] = 0;
          } else if (open[to]) {
            low[e] = Math.min(low[e], number[to]);
          }
        }
      }
    }
    return found;
  }

  private int pop(Graph g, int root, int stacked, List<boolean[]> found) {
    int from = stacked;
    do {
      open[stack[--from]] = false;
    } while (stack[from] != root);
    if (stacked - from > 1) {
      boolean[] part = new boolean[g.size];
      for (int i = from; i < stacked; i++) {
        part[stack[i]] = true;
      }
      found.add(part);
    }
    return from;
  }

  // ---- ways ------------------------------------------------------------------------------------

  /** {@return the events on ways from e to f, both included} */
  boolean[] ways(Graph g, int e, int f) {
    reserve(g.size);
    Arrays.fill(ahead, 0, g.size, false);
    int stacked = 0;
    stack[stacked++] = e;
    ahead[e] = true;
    while (stacked > 0) {
      int x = stack[--stacked];
      for (int i = 0, to = 0; (to = next(g, x, i)) != Graph.NONE; i++) {
        if (to != Graph.INIT && !ahead[to]) {
          ahead[to] = true;
          stack[stacked++] = to;
        }
      }
    }
    Arrays.fill(behind, 0, g.size, false);
    behind[f] = true;
    boolean more = true;
    while (more) {
      more = false;
      for (int x = g.size - 1; x >= 0; x--) {
        if (ahead[x] && !behind[x]) {
          for (int i = 0, to = 0; (to = next(g, x, i)) != Graph.NONE && !behind[x]; i++) {
            if (to != Graph.INIT && behind[to]) {
              behind[x] = true;
              more = true;
            }
          }
        }
      }
    }
    boolean[] both = new boolean[g.size];
    for (int x = 0; x < g.size; x++) {
      both[x] = ahead[x] && behind[x];
    }
    both[e] = true;
    both[f] = true;
    return both;
  }

  private void reserve(int n) {
    if (number.length < n) {
      int m = 2 * n;
      number = new int[m];
      low = new int[m];
      edge = new int[m];
      path = new int[m];
      stack = new int[m];
      open = new boolean[m];
      ahead = new boolean[m];
      behind = new boolean[m];
    }
  }
}
