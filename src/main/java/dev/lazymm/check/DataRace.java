package dev.lazymm.check;

import java.util.Arrays;
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
    int[][] clock = null;
    for (int e = 0; e < g.size; e++) {
      if (!Kind.isAccess(g.kind[e]) || (g.flags[e] & Graph.PLAIN) == 0) {
        continue;
      }
      for (int f = 0; f < g.size; f++) {
        if (g.thread[f] != g.thread[e]
            && Kind.isAccess(g.kind[f])
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

  private static boolean ordered(Graph g, int[][] clock, int e, int f) {
    return g.index[e] < clock[f][g.thread[e]];
  }

  /** Vector clocks of po and of what synchronizes, found by going round until nothing changes. */
  private static int[][] synchronization(Graph g) {
    int[][] clock = new int[g.size][g.threads];
    int[][] released = new int[g.size][g.threads];
    boolean again = true;
    while (again) {
      again = false;
      for (int t = 0; t < g.threads; t++) {
        int[] now = new int[g.threads];
        for (int i = 0; i < g.length[t]; i++) {
          int e = g.po[t][i];
          now[t] = i + 1;
          int from = Kind.isRead(g.kind[e]) ? g.source(e) : g.rf[e]; // ADDs release nothing
          boolean takes = (g.flags[e] & Graph.ACQUIRE) != 0 || g.kind[e] == Kind.POLL;
          if (from >= 0 && takes) {
            join(now, released[from]);
          }
          if (Kind.isWrite(g.kind[e]) || g.kind[e] == Kind.SEND) {
            boolean gives = (g.flags[e] & Graph.RELEASE) != 0 || g.kind[e] == Kind.SEND;
            int[] out = gives ? now.clone() : new int[g.threads];
            if (g.kind[e] == Kind.RMW_W) {
              int source = g.source(g.readPart(e));
              if (source >= 0) {
                join(out, released[source]);
              }
            }
            again |= !Arrays.equals(out, released[e]);
            released[e] = out;
          }
          again |= !Arrays.equals(now, clock[e]);
          clock[e] = now.clone();
        }
      }
    }
    return clock;
  }

  private static void join(int[] into, int[] from) {
    for (int i = 0; i < into.length; i++) {
      into[i] = Math.max(into[i], from[i]);
    }
  }
}
