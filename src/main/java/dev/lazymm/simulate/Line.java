package dev.lazymm.simulate;

import dev.lazymm.cost.Topology;
import java.util.ArrayList;
import java.util.List;

/** One cache line: who has it, until when it is under way, who sleeps on it. */
final class Line {
  /** No CPU. */
  static final int NOBODY = -1;

  /** What reports call it: one of its fields, or what it is for. */
  final String name;

  /** The only CPU that has it, perhaps changed. */
  int owner = NOBODY;

  /** The CPUs that have a copy, if there is no owner. */
  final Sharers sharers;

  /** Until when it moves, so that the next who wants it queues. */
  long busyUntil;

  /** How often it has come from another CPU or from memory. */
  long transfers;

  /** The CPUs that spin on it, in the order in which they began to. */
  final List<SimulatedCpu> spinners = new ArrayList<>();

  Line(String name, Topology topology) {
    this.name = name;
    sharers = new Sharers(topology);
  }
}
