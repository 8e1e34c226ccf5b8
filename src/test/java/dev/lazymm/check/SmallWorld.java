package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs the operations of a {@link SmallProgram} through {@link Cpu}. The cells have the fields
 * {@code x0, x1, ...}, the locks {@code l0, l1, ...}, the handlers the names {@code h0, h1, ...}.
 */
final class SmallWorld extends KObject {
  private static final Site SITE = new Site("small", "an operation of a small program");

  private final List<Cell> x = new ArrayList<>();
  private final List<Lock> l = new ArrayList<>();
  private final List<Ipi> ipis = new ArrayList<>();

  private SmallWorld(Memory memory) {
    super(memory, "small");
  }

  @Override
  public String type() {
    return "small";
  }

  /** {@return the program for a machine} */
  static Program program(SmallProgram small) {
    return program(small, cpu -> cpu);
  }

  /** {@return the program for a machine whose scripts, not its handlers, see CPUs that are bent} */
  static Program program(SmallProgram small, UnaryOperator<Cpu> bent) {
    Memory memory = new Memory(Layout.lineEach(), small.threads().size());
    SmallWorld world = new SmallWorld(memory);
    for (int i = 0; i < small.cells(); i++) {
      world.x.add(memory.cell(world, "x" + i, 0));
    }
    for (int i = 0; i < small.locks(); i++) {
      world.l.add(memory.lock(world, "l" + i));
    }
    for (int i = 0; i < small.handlers().size(); i++) {
      List<Op> ops = small.handlers().get(i);
      world.ipis.add(new Ipi("h" + i, (cpu, _) -> world.run(cpu, ops)));
    }
    List<Script> scripts = new ArrayList<>();
    for (List<Op> ops : small.threads()) {
      scripts.add(cpu -> world.run(bent.apply(cpu), ops));
    }
    return Program.of(memory, scripts);
  }

  private void run(Cpu cpu, List<Op> ops) {
    long r = 0;
    Deque<Boolean> flags = new ArrayDeque<>();
    for (Op op : ops) {
      switch (op) {
        case Op.IrqSave _ -> flags.push(cpu.irqSave(SITE));
        case Op.IrqRestore _ -> cpu.irqRestore(flags.pop(), SITE);
        default -> r = step(cpu, op, r);
      }
    }
  }

  /** {@return the register afterwards} */
  private long step(Cpu cpu, Op op, long r) {
    return switch (op) {
      case Op.Load o -> cpu.readOnce(x.get(o.x()));
      case Op.Store o -> {
        cpu.writeOnce(x.get(o.x()), o.value());
        yield r;
      }
      case Op.StoreLast o -> {
        cpu.writeOnce(x.get(o.x()), r + 1);
        yield r;
      }
      case Op.RmwOp o ->
          cpu.rmw(o.kind(), x.get(o.x()), o.operand(), o.expected(), Ordering.FULL, SITE);
      case Op.Add o -> {
        cpu.rmw(Rmw.ADD, x.get(o.x()), o.operand(), 0, Ordering.NO_RETURN, SITE);
        yield r;
      }
      case Op.Await o -> cpu.await(x.get(o.x()), o.cond(), o.operand(), Ordering.ACQUIRE, SITE);
      case Op.When o -> r == 0 ? r : step(cpu, o.op(), r);
      case Op.LockOp o -> {
        cpu.lock(l.get(o.l()), SITE);
        yield r;
      }
      case Op.UnlockOp o -> {
        cpu.unlock(l.get(o.l()), SITE);
        yield r;
      }
      case Op.IrqOff _ -> {
        cpu.irqDisable(SITE);
        yield r;
      }
      case Op.IrqOn _ -> {
        cpu.irqEnable(SITE);
        yield r;
      }
      case Op.IrqSave _, Op.IrqRestore _ -> throw new IllegalArgumentException("not here: " + op);
      case Op.Send o -> {
        cpu.onEachCpu(new long[] {o.mask()}, ipis.get(o.handler()), this, o.waits(), SITE);
        yield r;
      }
    };
  }
}
