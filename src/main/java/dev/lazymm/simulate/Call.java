package dev.lazymm.simulate;

import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;

/** A function call sent to another CPU (call_single_data). */
final class Call {
  private final SimulatedCpu sender;
  private final Ipi ipi;
  private final KObject info;
  private final boolean waits;
  private final long arrival;
  private int target;
  private boolean done;

  /**
   * @param waits whether the sender waits for the handler
   * @param arrival when it reaches the target, in picoseconds
   */
  Call(SimulatedCpu sender, Ipi ipi, KObject info, boolean waits, long arrival) {
    this.sender = sender;
    this.ipi = ipi;
    this.info = info;
    this.waits = waits;
    this.arrival = arrival;
  }

  SimulatedCpu sender() {
    return sender;
  }

  Ipi ipi() {
    return ipi;
  }

  KObject info() {
    return info;
  }

  boolean waits() {
    return waits;
  }

  long arrival() {
    return arrival;
  }

  int target() {
    return target;
  }

  void target(int cpu) {
    target = cpu;
  }

  boolean isDone() {
    return done;
  }

  void done() {
    done = true;
  }
}
