package dev.lazymm.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a graph are operations of a {@link Shape}, and their numbers: a read-modify-write
 * has one for both its parts, and the ghosts of a {@link Conflict} that become accesses have the
 * next.
 */
final class ShapeIds {
  final Graph g;
  final @Nullable Conflict conflict;

  /** The number of the ghost, or of the first of two; {@link Shape#INITIAL} if there is none. */
  final int first;

  /** The number of the second of two ghosts; {@link Shape#INITIAL} if there is none. */
  final int second;

  private final boolean[] events;
  private final int[] idOf;
  private int count;

  /**
   * @param events which events to keep
   * @param conflict what is out of order besides; null if nothing is
   */
  ShapeIds(Graph g, boolean[] events, @Nullable Conflict conflict) {
    this.g = g;
    this.conflict = conflict;
    this.events = events.clone();
    idOf = new int[g.size];
    Arrays.fill(idOf, Shape.INITIAL);
    for (int e = 0; e < g.size; e++) {
      if (has(e)) {
        idOf[e] = next();
        if (g.succeeds(e)) {
          idOf[g.writePart(e)] = idOf[e];
        }
      }
    }
    first = conflict == null ? Shape.INITIAL : next();
    second = conflict instanceof Conflict.OfGhosts ? next() : Shape.INITIAL;
  }

  /** {@return whether an event is an operation, which the write part of one is not} */
  boolean has(int e) {
    return g.kind[e] != Kind.RMW_W && Core.has(g, events, e);
  }

  /**
   * {@return the number of the operation that an event's value comes from, or goes to; {@link
   * Shape#INITIAL} if it is none}
   */
  int of(int e) {
    return idOf[e];
  }

  /** {@return a number for one more} */
  int next() {
    return count++;
  }
}
