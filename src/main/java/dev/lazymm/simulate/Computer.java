package dev.lazymm.simulate;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.cost.Prices;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the CPUs of one simulation share. Whoever has the turn owns it. */
final class Computer {
  final Engine engine;
  final Prices prices;
  final Counts counts = new Counts();
  final Caches caches;
  final Values values;
  final Watch watch;
  final Rcu rcu = new Rcu();
  final MachineModel machine;

  /** How far a CPU may be ahead in its own cache: nobody can take a line away faster. */
  final long slack;

  private final Memory memory;
  private final List<SimulatedCpu> cpus = new ArrayList<>();
  private final Map<Cell, ArrayDeque<SimulatedCpu>> lockQueues = new HashMap<>();
  private final Map<Long, Line> callLines = new HashMap<>();

  Computer(Program program, MachineModel machine, Engine engine, Watch watch) {
    this.machine = machine;
    this.engine = engine;
    this.watch = watch;
    memory = program.memory();
    prices = machine.prices();
    caches = new Caches(machine.topology(), prices, counts);
    values = new Values(memory, program.start());
    slack = Math.min(Math.min(prices.socket(), prices.remote()), prices.ipiDelivery());
    for (int i = 0; i < memory.cpus(); i++) {
      cpus.add(new SimulatedCpu(this, i, program.scripts().get(i)));
    }
  }

  List<SimulatedCpu> cpus() {
    return cpus;
  }

  SimulatedCpu cpu(int id) {
    return cpus.get(id);
  }

  /** A CPU begins to wait for a lock, behind those that do. */
  void queue(Cell lock, SimulatedCpu waiter) {
    lockQueues.computeIfAbsent(lock, c -> new ArrayDeque<>()).addLast(waiter);
  }

  /** A CPU waits no more, if it still does. */
  void leave(Cell lock, SimulatedCpu waiter) {
    ArrayDeque<SimulatedCpu> queue = lockQueues.get(lock);
    if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
      lockQueues.remove(lock);
    }
  }

  /** {@return who has waited longest for a lock, and waits no more; null if nobody does} */
  @Nullable SimulatedCpu nextOf(Cell lock) {
    ArrayDeque<SimulatedCpu> queue = lockQueues.isEmpty() ? null : lockQueues.get(lock);
    SimulatedCpu next = queue == null ? null : queue.peekFirst();
    if (next != null) {
      leave(lock, next);
    }
    return next;
  }

  /** {@return the line of the call_single_data that one CPU keeps for another} */
  Line callLine(int sender, int target) {
    long key = (long) sender << 32 | target;
    return callLines.computeIfAbsent(key, k -> new Line("csd " + sender + "->" + target));
  }

  /** After a write: those that spin on the line fetch it again, and go on if they may. */
  void wakeSpinners(Line line, int writer, long now) {
    for (SimulatedCpu spinner : line.spinners()) {
      if (spinner.id() != writer && !spinner.wakeIfSatisfied(now)) {
        caches.read(spinner.id(), line, now);
      }
    }
  }
}
