package dev.lazymm.simulate;

import dev.lazymm.cost.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cache line: who has it, until when it is under way, who sleeps on it. */
final class Line {
  /** No CPU. */
  static final int NOBODY = -1;

  /** What reports call it: one of its fields, or what it is for. */
  final String name;

  /** The only CPU that has it, perhaps changed. */
  int owner = NOBODY;

  /**
   * The CPUs that have a copy, if there is no owner; null until it is shared for the first time.
   */
  private @Nullable Sharers sharers;

  /** Until when it moves, so that the next who wants it queues. */
  long busyUntil;

  /** How often it has come from another CPU or from memory. */
  long transfers;

  /** The CPUs that spin on it, in the order in which they began to; null if none ever did. */
  private @Nullable List<SimulatedCpu> spinners;

  Line(String name) {
    this.name = name;
  }

  boolean isShared() {
    return sharers != null && sharers.size() > 0;
  }

  boolean isSharedBy(int cpu) {
    return sharers != null && sharers.contains(cpu);
  }

  /** {@return the sharers, to add to} */
  Sharers sharers(Topology topology) {
    if (sharers == null) {
      sharers = new Sharers(topology);
    }
    return sharers;
  }

  void addSpinner(SimulatedCpu cpu) {
    if (spinners == null) {
      spinners = new ArrayList<>();
    }
    spinners.add(cpu);
  }

  void removeSpinner(SimulatedCpu cpu) {
    if (spinners != null) {
      spinners.remove(cpu);
    }
  }

  List<SimulatedCpu> spinners() {
    return spinners == null ? List.of() : spinners;
  }
}
