package dev.lazymm.check;

import java.util.List;
import java.util.Optional;

/**
 * No data race: two accesses to one cell from two CPUs, one of them a write and one of them plain,
 * are ordered by synchronization. What synchronizes is a release (a store, a fully ordered atomic,
 * an unlock, an IPI's send) with the acquire that reads it, also through a chain of atomics. Fences
 * alone do not count here: a plain access must be handed over by something that is read.
 *
 * <p>Nor does a plain access race with a handler that interrupts it on its own CPU.
 */
final class DataRace implements Invariant {
  /** How the WARN begins that a CPU makes of a race with its own handler. */
  static final String WITH_HANDLER = "data race with the handler on ";

  @Override
  public String name() {
    return "RACE";
  }

  @Override
  public String about() {
    return "no data race on plain accesses";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    int[] clock = null;
    for (int e = 0; e < g.size; e++) {
      if (!Kind.isAccess(g.kind[e]) || (g.flags[e] & (Graph.PLAIN | Graph.RACY)) != Graph.PLAIN) {
        continue;
      }
      for (int f = 0; f < g.size; f++) {
        if (g.thread[f] != g.thread[e]
            && Kind.isAccess(g.kind[f])
            && (g.flags[f] & Graph.RACY) == 0
            && g.cell[f] == g.cell[e]
            && (Kind.isWrite(g.kind[e]) || Kind.isWrite(g.kind[f]))) {
          if (clock == null) {
            clock = synchronization(g);
          }
          if (!ordered(g, clock, e, f) && !ordered(g, clock, f, e)) {
            String what =
                "CPU %d and CPU %d race on %s"
                    .formatted(
                        Math.min(g.thread[e], g.thread[f]),
                        Math.max(g.thread[e], g.thread[f]),
                        x.cell(e));
            return Optional.of(new Finding(what, List.of(Math.min(e, f), Math.max(e, f)), true));
          }
        }
      }
    }
    return withHandlers(g);
  }

  /** What a CPU has seen of its own handlers ({@link HandlerRaces}). */
  private static Optional<Finding> withHandlers(Graph g) {
    for (int e = 0; e < g.size; e++) {
      if (isWithHandler(g, e)) {
        String what =
            "CPU %d races with its interrupt handler on %s"
                .formatted(
                    g.thread[e], String.valueOf(g.payload[e]).substring(WITH_HANDLER.length()));
        return Optional.of(new Finding(what, List.of(e), false));
      }
    }
    return Optional.empty();
  }

  /** {@return whether a WARN is a plain access that races with a handler of its own CPU} */
  static boolean isWithHandler(Graph g, int e) {
    return g.kind[e] == Kind.WARN
        && g.payload[e] instanceof String what
        && what.startsWith(WITH_HANDLER);
  }

  private static boolean ordered(Graph g, int[] clock, int e, int f) {
    return g.index[e] < clock[f * g.threads + g.thread[e]];
  }

  /**
   * {@return vector clocks of po and of what synchronizes, one row an event} Each thread goes on as
   * long as what it takes has been given; what it reads is in its prefix, so one of them always
   * can.
   */
  private static int[] synchronization(Graph g) {
    int n = g.threads;
    int[] clock = new int[g.size * n];
    int[] released = new int[g.size * n];
    int[] done = new int[n];
    for (int left = g.size; left > 0; ) {
      int before = left;
      for (int t = 0; t < n; t++) {
        while (done[t] < g.length[t] && isReady(g, done, g.po[t][done[t]])) {
          int e = g.po[t][done[t]];
          if (done[t] > 0) {
            System.arraycopy(clock, g.po[t][done[t] - 1] * n, clock, e * n, n);
          }
          clock[e * n + t] = ++done[t];
          join(clock, e, released, taken(g, e), n);
          if (gives(g, e)) {
            System.arraycopy(clock, e * n, released, e * n, n);
          }
          join(released, e, released, continued(g, e), n);
          left--;
        }
      }
      if (left == before) {
        throw new IllegalStateException("a circle of synchronization");
      }
    }
    return clock;
  }

  private static boolean isReady(Graph g, int[] done, int e) {
    return isDone(g, done, taken(g, e)) && isDone(g, done, continued(g, e));
  }

  private static boolean isDone(Graph g, int[] done, int e) {
    return e < 0 || g.index[e] < done[g.thread[e]];
  }

  /** {@return what an event takes if it was given, NONE or INIT if nothing} ADDs give nothing. */
  private static int taken(Graph g, int e) {
    boolean takes = (g.flags[e] & Graph.ACQUIRE) != 0 || g.kind[e] == Kind.POLL;
    return !takes ? Graph.NONE : Kind.isRead(g.kind[e]) ? g.source(e) : g.rf[e];
  }

  private static boolean gives(Graph g, int e) {
    return g.kind[e] == Kind.SEND || (Kind.isWrite(g.kind[e]) && (g.flags[e] & Graph.RELEASE) != 0);
  }

  /** {@return what an atomic's write continues, NONE or INIT if nothing} */
  private static int continued(Graph g, int e) {
    return g.kind[e] == Kind.RMW_W ? g.source(g.readPart(e)) : Graph.NONE;
  }

  private static void join(int[] into, int e, int[] from, int source, int n) {
    if (source >= 0) {
      for (int i = 0; i < n; i++) {
        into[e * n + i] = Math.max(into[e * n + i], from[source * n + i]);
      }
    }
  }
}
