package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.CpuMask;
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
  private static final Site QS = new Site("rcu-qs", "rcu_report_qs_rdp: a full barrier");

  /** What makes a CPU notice that it is in no section. */
  static final Ipi QUIESCENT = new Ipi("rcu_sched_clock_irq", (cpu, _) -> cpu.smpMb(QS));

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
      cpu.hold(CheckCpu.RCU_READER, explorer.rcuCell(cpu.id()).owner());
    }
  }

  void readUnlock() {
    if (--nesting == 0) {
      cpu.release(CheckCpu.RCU_READER);
      count();
    }
  }

  private void count() {
    Cell mine = explorer.rcuCell(cpu.id());
    accesses.store(mine, accesses.load(mine, 0, null) + 1, Graph.RELEASE, null);
  }

  /**
   * Waits for a grace period. Each other CPU goes through a quiescent state, which is a full
   * barrier: not while interrupts are off, so that a switch is a reader too; user code is
   * interrupted. Readers that were seen there are waited for.
   */
  void synchronize(Site site) {
    cpu.smpMb(site);
    long[] others = new long[(cpu.cpus() + 63) >>> 6];
    for (int t = 0; t < cpu.cpus(); t++) {
      if (t != cpu.id()) {
        others[t >>> 6] |= CpuMask.bit(t);
      }
    }
    cpu.onEachCpu(others, QUIESCENT, explorer.rcuCell(cpu.id()).owner(), true, site);
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
