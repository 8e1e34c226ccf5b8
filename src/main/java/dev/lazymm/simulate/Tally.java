package dev.lazymm.simulate;

/**
 * What happened in one run, counted.
 *
 * @param operations operations of the machine that kernel code called
 * @param hits accesses to a line in the CPU's own cache
 * @param fromSocket lines that came from another CPU of the same socket
 * @param fromRemote lines that came from another socket
 * @param fromMemory lines that no cache had
 * @param queued accesses that found their line under way to another CPU
 * @param invalidations copies that a writer took away from others
 * @param atomics atomic read-modify-writes, those of locks included
 * @param fullFences smp_mb, and what stands for one
 * @param lightFences smp_rmb and smp_wmb
 * @param ipis IPIs sent to other CPUs
 * @param handlers handlers run, those at the sender itself included
 * @param waits times that a CPU slept for another: awaits, locks, IPIs, grace periods
 * @param rootLoads loads of the root of translation
 * @param flushesLocal flushes of a CPU's own translations
 * @param flushesBroadcast flushes of all CPUs at once
 * @param allocs slots taken from slabs
 * @param frees objects freed
 * @param handOvers times that the simulation went from one CPU on to another
 */
public record Tally(
    long operations,
    long hits,
    long fromSocket,
    long fromRemote,
    long fromMemory,
    long queued,
    long invalidations,
    long atomics,
    long fullFences,
    long lightFences,
    long ipis,
    long handlers,
    long waits,
    long rootLoads,
    long flushesLocal,
    long flushesBroadcast,
    long allocs,
    long frees,
    long handOvers) {

  /** Nothing happened. */
  public static final Tally NOTHING =
      new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** {@return what happened in both} */
  public Tally plus(Tally other) {
    return new Tally(
        operations + other.operations,
        hits + other.hits,
        fromSocket + other.fromSocket,
        fromRemote + other.fromRemote,
        fromMemory + other.fromMemory,
        queued + other.queued,
        invalidations + other.invalidations,
        atomics + other.atomics,
        fullFences + other.fullFences,
        lightFences + other.lightFences,
        ipis + other.ipis,
        handlers + other.handlers,
        waits + other.waits,
        rootLoads + other.rootLoads,
        flushesLocal + other.flushesLocal,
        flushesBroadcast + other.flushesBroadcast,
        allocs + other.allocs,
        frees + other.frees,
        handOvers + other.handOvers);
  }

  /** {@return lines that came from anywhere but the CPU's own cache} */
  public long transfers() {
    return fromSocket + fromRemote + fromMemory;
  }
}
