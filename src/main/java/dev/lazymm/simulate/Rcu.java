package dev.lazymm.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which CPUs are in read-side sections, and which grace periods wait for them. */
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
      grace.readers--;
      if (grace.readers == 0) {
        grace.waiter.wake(now);
      }
    }
  }

  /** {@return a grace period: it waits for all sections there are now but the waiter's own} */
  Grace begin(SimulatedCpu waiter) {
    Grace grace = new Grace(waiter);
    sections.forEach((cpu, waiting) -> {
      if (cpu != waiter.id()) {
        waiting.add(grace);
        grace.readers++;
      }
    });
    return grace;
  }
}
