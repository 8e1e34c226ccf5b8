package dev.lazymm.check;

/**
 * Two events of a graph in the order that they must not have: what is asked of a memory model to
 * find out whether it orders them the other way. Ghosts become accesses for it.
 */
sealed interface Conflict {
  /**
   * Both are ghosts: two accesses of a location of their own, of which the second comes first.
   *
   * @param first an event of the graph, right before which its thread has one
   * @param firstWrites whether that is a store; else it is a load
   * @param second another event, right after which its thread has the other
   * @param secondWrites whether that is a store
   */
  record OfGhosts(int first, boolean firstWrites, int second, boolean secondWrites)
      implements Conflict {}

  /**
   * A ghost and an access to memory: the ghost becomes a store to the same cell.
   *
   * @param access the access
   * @param ghost the ghost, which is of another thread
   * @param ghostFirst whether the ghost comes first: the access reads its store, or is co-after it;
   *     else the access does not see it
   */
  record WithAccess(int access, int ghost, boolean ghostFirst) implements Conflict {}
}
