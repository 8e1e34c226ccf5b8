package dev.lazymm.check;

/**
 * A memory model, as the explorer needs it: which reads-from and coherence choices a new event has,
 * and the order in which executions are judged.
 *
 * <p>What the explorer relies on: dropping a po-and-rf-maximal event keeps a graph consistent, and
 * adding an event that reads the co-last write, or stands co-last, does too. So po and rf together
 * have no cycle in what is explored: kernel code's loads are not taken to be reordered with later
 * stores. Owned by one explorer.
 */
interface MemoryModel {
  /** {@return the name on the command line} */
  String name();

  /**
   * {@return whether it orders less than SC does, so that fences matter, and graphs record them}
   */
  boolean isWeak();

  /** {@return whether every atomic, and the taking of a lock, is a full barrier (x86)} */
  default boolean isLockedFull() {
    return false;
  }

  /**
   * {@return whether {@link #before} is all that orders events, so that increments whose results
   * nobody is given can be left unordered; see {@link Cuts}}
   */
  default boolean leavesAddsUnordered() {
    return false;
  }

  /**
   * {@return whether a load may take its value after later stores of its thread to other cells have
   * been seen, with nothing between them}
   */
  default boolean isLateLoader() {
    return false;
  }

  /**
   * {@return the earliest place in the co of {@code cell} that a new read, po-next in {@code
   * thread} after its first {@code count} events, may read, or after which a new write may stand}
   * Nothing before it is allowed; what is from there on may have to be asked for ({@link
   * #isConsistent}).
   */
  int earliest(Graph g, int thread, int count, int cell);

  /**
   * {@return whether an alternative to what is added by default is consistent, if it kept to {@link
   * #earliest}}
   */
  boolean isConsistent(Graph g);

  /**
   * {@return whether a thread's next event may read the write at a place in the co of a cell, which
   * is not before {@link #earliest}}
   */
  boolean mayRead(Graph g, int thread, int cell, int place);

  /**
   * {@return whether {@code e} happens before {@code f}, an event of another thread, that it
   * happens before under SC: there is no execution of this graph in which what f does is there for
   * e, or what e does is not there for f}
   */
  boolean orders(Graph g, int e, int f);

  /**
   * Finds what a point of a thread needs: what happens before it as far as it can be drawn, as the
   * steps of CPUs one after another.
   *
   * @param count the first {@code count} events of {@code thread} are the point
   * @param before receives, for each thread, how many of its events are before the point
   */
  void before(Graph g, int thread, int count, int[] before);

  /** Keeps no more than so many bytes of what can be found out again. */
  default void limit(long bytes) {}
}
