package dev.lazymm.check;

import java.util.Arrays;

/**
 * The graph along which a {@link Guide} leads another: how far it is done, and which event there is
 * for which of its. An event is called the leader's if it is one of this graph.
 */
final class Leader {
  final Graph graph;

  /** For each thread, how many of the events are done, or passed over. */
  private final int[] done;

  /** The event of the graph that is led for each of these, NONE if there is none yet. */
  private final int[] here;

  /** The event of these for each of the graph that is led that has one. */
  private int[] theirs = new int[64];

  Leader(Graph graph) {
    this.graph = graph;
    done = new int[graph.threads];
    here = new int[graph.size];
    Arrays.fill(here, Graph.NONE);
    Arrays.fill(theirs, Graph.NONE);
  }

  // ---- how far it is done ----------------------------------------------------------------------

  /** {@return the next event of a thread, NONE if it has no more, or waits for ever} */
  int next(int t) {
    if (done[t] >= graph.length[t]) {
      return Graph.NONE;
    }
    int e = graph.po[t][done[t]];
    boolean waits = graph.kind[e] == Kind.AWAIT || graph.kind[e] == Kind.LOCK_R;
    return waits && !graph.satisfies(e, graph.value[e]) ? Graph.NONE : e;
  }

  /** {@return the next event of a thread that is not passed over} */
  int wanted(int t) {
    int was = done[t];
    int e = next(t);
    while (e != Graph.NONE && isPassedOver(graph, e)) {
      done[t]++;
      e = next(t);
    }
    done[t] = was;
    return e;
  }

  /** {@return whether an event may be there in one of the two graphs alone} */
  static boolean isPassedOver(Graph g, int e) {
    return switch (g.kind[e]) {
      case Kind.FENCE, Kind.DEPENDS, Kind.WARN, Kind.LOAD -> true;
      case Kind.POLL -> g.rf[e] == Graph.NONE;
      default -> false;
    };
  }

  /** {@return whether an event, or NONE, takes an interrupt} */
  boolean isTaking(int e) {
    return e != Graph.NONE && graph.kind[e] == Kind.POLL && graph.rf[e] != Graph.NONE;
  }

  /** {@return whether all that a read or poll sees is there} */
  boolean hasSource(int e) {
    if (graph.kind[e] != Kind.POLL && !Kind.isRead(graph.kind[e])) {
      return true;
    }
    int c = graph.cell[e];
    if (!Kind.isRead(graph.kind[e]) || !graph.adds.in(c)) {
      return graph.rf[e] == Graph.INIT || here[graph.rf[e]] != Graph.NONE;
    }
    for (int p = graph.adds.base(c, graph.cut[e]); p <= graph.cut[e]; p++) {
      int w = graph.coAt(c, p);
      if (w != Graph.INIT && here[w] == Graph.NONE) {
        return false;
      }
    }
    return true;
  }

  /** The events up to one are done. */
  void passTo(int event) {
    done[graph.thread[event]] = graph.index[event] + 1;
  }

  // ---- which event is which --------------------------------------------------------------------

  /** {@return the event for one of these, NONE if there is none yet} */
  int here(int leaders) {
    return here[leaders];
  }

  /** {@return the one of these for an event, NONE if it has none} */
  int of(int e) {
    return e < theirs.length ? theirs[e] : Graph.NONE;
  }

  /** {@return the next of a thread that is of the same kind as one of another graph, else NONE} */
  int match(int t, Graph led, int e) {
    int was = done[t];
    int next = next(t);
    while (next != Graph.NONE && !isSame(next, led.kind[e]) && isPassedOver(graph, next)) {
      done[t]++;
      next = next(t);
    }
    done[t] = was;
    return next != Graph.NONE && isSame(next, led.kind[e]) ? next : Graph.NONE;
  }

  /** An increment is one event where it is not ordered, and two where it is. */
  private boolean isSame(int leaders, int own) {
    int k = graph.kind[leaders];
    return k == own
        ? k != Kind.POLL
        : (k == Kind.ADD && own == Kind.RMW_R) || (k == Kind.RMW_R && own == Kind.ADD);
  }

  /** An event of another graph is one of these, and its write part the write part. */
  void pair(int leaders, Graph led, int e) {
    boolean writes = graph.kind[leaders] == Kind.RMW_R || graph.kind[leaders] == Kind.LOCK_R;
    int last = led.succeeds(e) ? led.writePart(e) : e;
    set(leaders, e);
    if (writes && graph.succeeds(leaders)) {
      int w = graph.writePart(leaders);
      set(w, last);
      passTo(w);
    } else if (last != e) {
      set(leaders, last); // an ADD there
    }
  }

  private void set(int leaders, int e) {
    here[leaders] = e;
    if (e >= theirs.length) {
      int n = theirs.length;
      theirs = Arrays.copyOf(theirs, 2 * e);
      Arrays.fill(theirs, n, theirs.length, Graph.NONE);
    }
    theirs[e] = leaders;
  }
}
