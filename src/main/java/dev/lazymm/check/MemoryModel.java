package dev.lazymm.check;

/**
 * A memory model, as the explorer needs it: which reads-from and coherence choices a new event has,
 * and the order in which executions are judged.
 *
 * <p>What the explorer relies on: dropping a po-and-rf-maximal event keeps a graph consistent, and
 * adding an event that reads the co-last write, or stands co-last, does too.
 */
interface MemoryModel {
  /** {@return the name on the command line} */
  String name();

  /** {@return whether fences order anything beyond program order, so that graphs record them} */
  boolean needsFences();

  /**
   * Finds what happens before a point of a thread, in the order this model judges executions by.
   *
   * @param count the first {@code count} events of {@code thread} are the point
   * @param before receives, for each thread, how many of its events are before the point
   */
  void before(Graph g, int thread, int count, int[] before);

  /**
   * {@return the earliest place in the co of {@code cell} that a new read, po-next in {@code
   * thread} after its first {@code count} events, may read, or after which a new write may stand;
   * everything from there to the end is allowed}
   */
  int earliest(Graph g, int thread, int count, int cell);
}
