package dev.lazymm.cost;

/**
 * What a machine's operations cost, in picoseconds, each 0 or more. They are inputs: nothing says
 * that a real machine would need the time that they add up to until they have been calibrated on
 * it.
 *
 * @param own an access to a line in the CPU's own cache
 * @param socket getting a line from a CPU of the same socket
 * @param remote getting a line from a CPU of another socket
 * @param memory getting a line that no cache has
 * @param atomic what an atomic read-modify-write costs besides getting its line
 * @param fullFence smp_mb
 * @param lightFence smp_rmb, smp_wmb
 * @param ipiSend what the sender of an IPI needs for each target
 * @param ipiDelivery from the send until the target, with interrupts on, begins with its entry
 * @param ipiEntry entry to and return from a handler
 * @param loadRoot loading a root of translation
 * @param flushLocal dropping the CPU's own translations
 * @param flushBroadcast dropping the translations of all CPUs at once
 * @param gracePeriod a grace period that waits for no reader
 * @param alloc taking a slot of a slab
 * @param free giving one back
 */
public record Prices(
    long own,
    long socket,
    long remote,
    long memory,
    long atomic,
    long fullFence,
    long lightFence,
    long ipiSend,
    long ipiDelivery,
    long ipiEntry,
    long loadRoot,
    long flushLocal,
    long flushBroadcast,
    long gracePeriod,
    long alloc,
    long free) {

  /** {@return the price of getting a line from so far away} */
  public long of(Distance distance) {
    return switch (distance) {
      case OWN -> own;
      case SOCKET -> socket;
      case REMOTE -> remote;
      case MEMORY -> memory;
    };
  }
}
