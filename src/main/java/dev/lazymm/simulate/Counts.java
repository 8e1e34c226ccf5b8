package dev.lazymm.simulate;

import dev.lazymm.cost.Distance;

/** What one run has done so far. Owned by it. */
final class Counts {
  long operations;
  long hits;
  long fromSocket;
  long fromRemote;
  long fromMemory;
  long queued;
  long invalidations;
  long atomics;
  long fullFences;
  long lightFences;
  long ipis;
  long handlers;
  long waits;
  long rootLoads;
  long flushesLocal;
  long flushesBroadcast;
  long allocs;
  long frees;

  void access(Distance distance) {
    switch (distance) {
      case OWN -> hits++;
      case SOCKET -> fromSocket++;
      case REMOTE -> fromRemote++;
      case MEMORY -> fromMemory++;
    }
  }

  Tally tally(long handOvers) {
    return new Tally(
        operations,
        hits,
        fromSocket,
        fromRemote,
        fromMemory,
        queued,
        invalidations,
        atomics,
        fullFences,
        lightFences,
        ipis,
        handlers,
        waits,
        rootLoads,
        flushesLocal,
        flushesBroadcast,
        allocs,
        frees,
        handOvers);
  }
}
