package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * RCU on one CPU. A reader's counter is odd inside its outermost section; a grace period waits
 * until every other CPU has left the section it is in. Callbacks run when the script has ended.
 */
final class Rcu {
  private final Explorer explorer;
  private final CheckCpu cpu;
  private final Accesses accesses;
  private final List<Runnable> callbacks = new ArrayList<>();
  private int nesting;
  private boolean running;

  Rcu(Explorer explorer, CheckCpu cpu, Accesses accesses) {
    this.explorer = explorer;
    this.cpu = cpu;
    this.accesses = accesses;
  }

  /** A new run: in no section, no callbacks. */
  void begin() {
    nesting = 0;
    running = false;
    callbacks.clear();
  }

  void readLock() {
    if (nesting++ == 0) {
      count();
    }
  }

  void readUnlock() {
    if (--nesting == 0) {
      count();
    }
  }

  private void count() {
    Cell mine = explorer.rcuCell(cpu.id());
    accesses.store(mine, accesses.load(mine, 0, null) + 1, Graph.RELEASE, null);
  }

  /** Waits for a grace period. */
  void synchronize(Site site) {
    cpu.smpMb(site);
    for (int t = 0; t < cpu.cpus(); t++) {
      if (t != cpu.id()) {
        Cell theirs = explorer.rcuCell(t);
        long seen = accesses.load(theirs, Graph.ACQUIRE, site);
        if ((seen & 1) != 0) {
          cpu.await(theirs, Cond.NE, seen, Ordering.ACQUIRE, site);
        }
      }
    }
    cpu.smpMb(site);
  }

  /** Runs {@code callback} after a grace period. */
  void call(Ipi callback, KObject info, Site site) {
    callbacks.add(() -> {
      synchronize(site);
      callback.handler().run(cpu, info);
    });
  }

  /** Runs the callbacks, also those that they add. */
  void runCallbacks() {
    running = true;
    while (!callbacks.isEmpty()) {
      callbacks.removeFirst().run();
    }
    running = false;
  }

  /** {@return whether a callback runs now} */
  boolean runsCallback() {
    return running;
  }
}
