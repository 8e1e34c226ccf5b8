package dev.lazymm.live;

import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * RCU on one CPU, the simplest that is right: a reader's counter is odd inside its outermost
 * section, and a grace period waits until every other CPU has been where interrupts are on, so that
 * a switch is a reader too, and has left the section it is in. Being there is a full barrier, as a
 * quiescent state is. The full fence at the start of a section makes sure that a grace period which
 * does not see it has nothing to do with what it reads. Callbacks run when the script has ended.
 * Owned by the CPU's thread.
 */
final class Rcu {
  private static final Ipi QUIESCENT =
      new Ipi("rcu_sched_clock_irq", (_, _) -> VarHandle.fullFence());

  private final LiveCpu cpu;
  private final long[] counters;
  private final Deque<Runnable> callbacks = new ArrayDeque<>();
  private int nesting;

  /**
   * @param counters the address of each CPU's counter
   */
  Rcu(LiveCpu cpu, long[] counters) {
    this.cpu = cpu;
    this.counters = counters;
  }

  /** A new round: in no section, no callbacks. */
  void begin() {
    nesting = 0;
    callbacks.clear();
    OffHeap.set(counters[cpu.id()], 0);
  }

  void readLock() {
    if (nesting++ == 0) {
      long mine = counters[cpu.id()];
      OffHeap.setOpaque(mine, OffHeap.getOpaque(mine) + 1);
      VarHandle.fullFence();
    }
  }

  void readUnlock() {
    if (--nesting == 0) {
      long mine = counters[cpu.id()];
      OffHeap.setRelease(mine, OffHeap.getOpaque(mine) + 1);
    }
  }

  /** Waits for a grace period. */
  void synchronize(Site site) {
    VarHandle.fullFence();
    cpu.interrupts().askOthers(QUIESCENT, cpu.steps(), site);
    for (int i = 0; i < counters.length; i++) {
      long theirs = counters[i];
      long seen = OffHeap.getAcquire(theirs);
      if (i != cpu.id() && (seen & 1) != 0) {
        int reader = i;
        cpu.steps()
            .waitUntil(
                () -> OffHeap.getAcquire(theirs) != seen,
                () -> "for the RCU reader on CPU " + reader + " (" + site + ")");
      }
    }
    VarHandle.fullFence();
  }

  /** {@return for each CPU the section that it is in now, an odd number; even if it is in none} */
  long[] sections() {
    VarHandle.fullFence(); // whoever is not seen to read does not find what was unlinked before
    return Arrays.stream(counters).map(OffHeap::getAcquire).toArray();
  }

  /** {@return whether this CPU is still in the section that {@link #sections} found it in} */
  boolean isStillIn(long[] sections) {
    long then = sections[cpu.id()];
    return (then & 1) != 0 && OffHeap.getOpaque(counters[cpu.id()]) == then;
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
    while (!callbacks.isEmpty()) {
      callbacks.pop().run();
    }
  }
}
