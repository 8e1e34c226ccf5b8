package dev.lazymm.simulate;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;

/**
 * What one CPU does with memory: each access takes effect at once, and then takes as long as the
 * caches say. Who waits sleeps until somebody writes.
 */
final class Accesses {
  private final Computer computer;
  private final SimulatedCpu cpu;
  private final int id;
  private final Turns turns;
  private final Caches caches;
  private final Watch watch;

  Accesses(Computer computer, SimulatedCpu cpu, Turns turns) {
    this.computer = computer;
    this.cpu = cpu;
    this.turns = turns;
    id = cpu.id();
    caches = computer.caches;
    watch = computer.watch;
  }

  long load(Cell cell) {
    Line line = caches.line(cell);
    turns.point(Caches.readHits(id, line));
    watch.access(id, cell);
    turns.until(caches.read(id, line, turns.now()));
    return computer.values.get(cell);
  }

  void store(Cell cell, long value) {
    Line line = caches.line(cell);
    turns.point(Caches.writeHits(id, line));
    set(cell, line, value, false);
  }

  private void set(Cell cell, Line line, long value, boolean atomic) {
    watch.access(id, cell);
    turns.until(caches.write(id, line, turns.now(), atomic));
    computer.values.set(cell, value);
    computer.wakeSpinners(line, id, turns.now());
  }

  /** {@return the old value} */
  long rmw(Rmw op, Cell cell, long operand, long expected) {
    Line line = caches.line(cell);
    turns.point(Caches.writeHits(id, line));
    long old = computer.values.get(cell);
    if (op.succeeds(old, expected)) {
      long value = op.apply(old, operand);
      watch.count(cell, old, value);
      set(cell, line, value, true);
    } else { // it takes the line all the same
      watch.access(id, cell);
      turns.until(caches.write(id, line, turns.now(), true));
    }
    return old;
  }

  /** {@return the value that ended the wait} */
  long await(Cell cell, Cond cond, long operand, Site site) {
    long value = load(cell);
    while (!cond.test(value, operand)) {
      Line line = caches.line(cell);
      line.addSpinner(cpu);
      turns.await(new Waiting.Spin(cell, cond, operand, site));
      line.removeSpinner(cpu);
      value = load(cell);
    }
    return value;
  }

  /** Another CPU has written: {@return whether the wait is over; then this CPU goes on} */
  boolean wakeIfSatisfied(long time) {
    if (!(turns.waiting() instanceof Waiting.Spin spin)
        || !spin.cond().test(computer.values.get(spin.cell()), spin.operand())) {
      return false;
    }
    turns.wake(time);
    return true;
  }

  void lock(Cell cell, Site site) {
    Line line = caches.line(cell);
    turns.point(Caches.writeHits(id, line));
    while (computer.values.get(cell) != 0) {
      computer.queue(cell, cpu); // each waiter spins on a line of its own, as in qspinlock
      turns.await(new Waiting.ForLock(cell, site));
      computer.leave(cell, cpu); // still there if an IPI ended the sleep
      turns.point();
    }
    set(cell, line, 1, true);
  }

  void unlock(Cell cell) {
    store(cell, 0);
    SimulatedCpu next = computer.nextOf(cell);
    if (next != null) {
      next.wake(turns.now());
    }
  }
}
