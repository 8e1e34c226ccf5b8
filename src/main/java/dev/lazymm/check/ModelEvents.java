package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of a graph as a memory model sees it, numbered: first an initial write of each
 * location that is accessed, then the events of each thread's operations ({@link Operations}) in
 * program order.
 *
 * <p>Locations are the graph's cells; past them there is one for each SEND, and one for a {@link
 * Conflict}.
 */
final class ModelEvents {
  /** Of what is no event of the graph. */
  static final int NO_EVENT = -1;

  final int size;

  /** The first of each thread's events; behind them the number of all events. */
  final int[] from;

  /** The event of the graph that each is of. */
  final int[] source;

  /** What each event is one of the events of; null of initial writes. */
  final @Nullable Expansion[] expansion;

  /** Which of them it is. */
  final int[] part;

  /** The location of each event; -1 if it accesses none. */
  final int[] location;

  /** The first event of what each event of the graph is; -1 if it is nothing to the model. */
  final int[] base;

  /** The initial write of each cell; -1 of cells that are not accessed. */
  final int[] initial;

  /** The accesses that ghosts of the conflict have become; -1 if there is none. */
  int first = -1;

  int second = -1;

  /** The initial write of their own location. */
  int conflictInitial = -1;

  private final Graph g;
  private int next;

  ModelEvents(Graph g, Operations operations, @Nullable Conflict conflict) {
    this.g = g;
    int cells = g.cells();
    int most = cells + 3;
    Expansion[] of = new Expansion[g.size];
    for (int e = 0; e < g.size; e++) {
      of[e] = operations.of(g, e);
      most += of[e].size();
    }
    source = new int[most];
    expansion = new @Nullable Expansion[most];
    part = new int[most];
    location = new int[most];
    from = new int[g.threads + 1];
    base = new int[g.size];
    initial = new int[cells];
    Arrays.fill(base, -1);
    Arrays.fill(initial, -1);
    for (int c = 0; c < cells; c++) {
      if (g.coLength[c] + g.readsLength[c] > 0) {
        initial[c] = next;
        add(NO_EVENT, null, 0, c);
      }
    }
    int extra = cells + g.size;
    if (conflict instanceof Conflict.OfGhosts) {
      conflictInitial = next;
      add(NO_EVENT, null, 0, extra);
    }
    for (int t = 0; t < g.threads; t++) {
      from[t] = next;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        if (conflict instanceof Conflict.OfGhosts two && two.first() == e) {
          first = next;
          add(NO_EVENT, operations.access(two.firstWrites()), 0, extra);
        } else if (conflict instanceof Conflict.WithAccess one && one.ghost() == e) {
          first = next;
          add(NO_EVENT, operations.access(true), 0, g.cell[one.access()]);
        }
        if (of[e].size() > 0) {
          base[e] = next;
          int at = location(e);
          for (int k = 0; k < of[e].size(); k++) {
            add(e, of[e], k, of[e].accesses(k) ? at : -1);
          }
        }
        if (conflict instanceof Conflict.OfGhosts two && two.second() == e) {
          second = next;
          add(NO_EVENT, operations.access(two.secondWrites()), 0, extra);
        }
      }
    }
    from[g.threads] = next;
    size = next;
  }

  private void add(int e, @Nullable Expansion of, int k, int at) {
    source[next] = e;
    expansion[next] = of;
    part[next] = k;
    location[next] = at;
    next++;
  }

  private int location(int e) {
    return switch (g.kind[e]) {
      case Kind.SEND -> g.cells() + e;
      case Kind.POLL -> g.cells() + g.rf[e];
      default -> g.cell[e];
    };
  }

  /** {@return what writes, of an event of the graph that writes} */
  int writer(int e) {
    int at = g.kind[e] == Kind.RMW_W ? e(g, e) : e;
    int b = base[at];
    Expansion x = b < 0 ? Expansion.NOTHING : expansionOf(b);
    for (int k = x.size() - 1; k >= 0; k--) {
      if (x.writes(k)) {
        return b + k;
      }
    }
    throw new IllegalStateException("no event of " + Kind.name(g.kind[e]) + " writes");
  }

  /** The read part of a write part. */
  private static int e(Graph g, int write) {
    return g.po[g.thread[write]][g.index[write] - 1];
  }

  /** {@return whether an event of a thread is an access that a ghost of the conflict has become} */
  boolean isGhost(int event) {
    return source[event] == NO_EVENT;
  }

  /** {@return the index of what an event of a thread is, or is beside} */
  int index(int event, @Nullable Conflict conflict) {
    int e =
        switch (conflict) {
          case Conflict.OfGhosts two when event == first -> two.first();
          case Conflict.OfGhosts two when event == second -> two.second();
          case Conflict.WithAccess one when event == first -> one.ghost();
          case null, default -> source[event];
        };
    return g.index[e];
  }

  Expansion expansionOf(int event) {
    Expansion x = expansion[event];
    if (x == null) {
      throw new IllegalStateException("an initial write");
    }
    return x;
  }
}
