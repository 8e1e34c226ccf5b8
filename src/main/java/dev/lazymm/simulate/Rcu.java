package dev.lazymm.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Which CPUs are in read-side sections, and which grace periods wait for them, and for those whose
 * interrupts are off: a switch is a reader too.
 */
final class Rcu {
  /** A grace period that has begun. */
  static final class Grace {
    private final SimulatedCpu waiter;
    private int readers;

    Grace(SimulatedCpu waiter) {
      this.waiter = waiter;
    }

    boolean isOver() {
      return readers == 0;
    }

    /** One less to wait for, at a time. */
    void left(long now) {
      readers--;
      if (readers == 0) {
        waiter.wake(now);
      }
    }
  }

  private final Map<Integer, List<Grace>> sections = new LinkedHashMap<>();

  /** A CPU enters its outermost section. */
  void enter(int cpu) {
    sections.put(cpu, new ArrayList<>());
  }

  /** A CPU leaves its outermost section at a time. */
  void leave(int cpu, long now) {
    List<Grace> waiting = sections.remove(cpu);
    for (Grace grace : waiting == null ? List.<Grace>of() : waiting) {
      grace.left(now);
    }
  }

  /** {@return whether a CPU is still in the section that it is in now} To be asked later. */
  IntPredicate readers() {
    Map<Integer, List<Grace>> now = new HashMap<>(sections);
    return cpu -> now.containsKey(cpu) && sections.get(cpu) == now.get(cpu);
  }

  /** {@return a grace period: it waits for all sections there are now but the waiter's own} */
  Grace begin(SimulatedCpu waiter, List<SimulatedCpu> all) {
    Grace grace = new Grace(waiter);
    sections.forEach((cpu, waiting) -> {
      if (cpu != waiter.id()) {
        waiting.add(grace);
        grace.readers++;
      }
    });
    for (SimulatedCpu cpu : all) {
      if (cpu != waiter && cpu.interrupts().holdsBack(grace)) {
        grace.readers++;
      }
    }
    return grace;
  }
}
