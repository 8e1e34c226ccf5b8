package dev.lazymm.simulate;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.List;

/** A machine for programs of a few lines, by default with two CPUs. */
abstract class SmallMachine {
  static final Site SITE = new Site("here", "a test");

  /** An object with some cells. */
  static final class Thing extends KObject {
    final Cell x;
    final Cell y;
    final Lock lock;

    Thing(Memory memory, String name) {
      super(memory, name);
      x = memory.cell(this, "x", 0);
      y = memory.cell(this, "y", 0);
      lock = memory.lock(this, "lock");
    }

    @Override
    public String type() {
      return "thing";
    }
  }

  final Simulator simulator = new Simulator(MachineModel.builtIn());
  Memory memory = new Memory(Layout.lineEach(), 2);
  Thing thing = new Thing(memory, "thing");

  final SimulatedRun run(long seed, Script... scripts) {
    return simulator.run(Program.of(memory, List.of(scripts)), seed);
  }

  final void cpus(int n) {
    memory = new Memory(Layout.lineEach(), n);
    thing = new Thing(memory, "thing");
  }
}
