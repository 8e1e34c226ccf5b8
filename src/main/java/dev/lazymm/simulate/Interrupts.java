package dev.lazymm.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The interrupt flag of one CPU, and the IPIs that are on their way to it. */
final class Interrupts {
  private final Computer computer;
  private final SimulatedCpu cpu;
  private final Lane lane;
  private final ArrayDeque<Call> pending = new ArrayDeque<>();
  private final List<Rcu.Grace> graces = new ArrayList<>();
  private boolean off;
  private boolean inHandler;

  Interrupts(Computer computer, SimulatedCpu cpu, Lane lane) {
    this.computer = computer;
    this.cpu = cpu;
    this.lane = lane;
  }

  void disable() {
    off = true;
  }

  void enable() {
    off = false;
    quiescent();
  }

  /** {@return whether a grace period that begins has to wait until interrupts are on here} */
  boolean holdsBack(Rcu.Grace grace) {
    return !canCome() && graces.add(grace);
  }

  private void quiescent() {
    if (!graces.isEmpty() && canCome()) {
      graces.forEach(grace -> grace.left(lane.clock));
      graces.clear();
    }
  }

  /** Sets the flag back to what {@link #areOff} was. */
  void restore(boolean wereOff) {
    off = wereOff;
    quiescent();
  }

  /** {@return the flag itself, whether in a handler or not} */
  boolean areOff() {
    return off;
  }

  /** {@return whether an interrupt can come here} */
  boolean canCome() {
    return !off && !inHandler;
  }

  /** An IPI is on its way; a CPU that sleeps is woken by it unless interrupts are off. */
  void deliver(Call call) {
    call.target(cpu.id());
    pending.addLast(call);
    if (lane.state != Lane.State.READY && canCome()) {
      computer.engine.wake(lane, call.arrival());
    }
  }

  /** Before a sleep: lets the next IPI end it. */
  void wakeAtNext() {
    if (canCome() && !pending.isEmpty()) {
      computer.engine.wake(lane, pending.getFirst().arrival());
    }
  }

  /** Takes an IPI that has arrived: {@return whether there was one} */
  boolean takeArrived() {
    if (!canCome() || pending.isEmpty() || pending.getFirst().arrival() > lane.clock) {
      return false;
    }
    inHandler = true;
    cpu.handle(pending.removeFirst());
    inHandler = false;
    off = false; // whatever the handler did to the flag: it was on
    quiescent();
    return true;
  }
}
