package dev.lazymm.check;

import dev.lazymm.check.OracleStep.Act;
import dev.lazymm.machine.Cond;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link SmallProgram} as straight lines of {@link OracleStep}s. Where a thread is in its line,
 * and with that its interrupt mask, follows from how many of its events have happened.
 */
final class Flattened {
  private final SmallProgram program;
  private final List<String> cells = new ArrayList<>();
  private final List<List<OracleStep>> threads = new ArrayList<>();
  private final Map<String, Integer> done = new TreeMap<>();
  private int scopes;

  Flattened(SmallProgram program) {
    this.program = program;
    for (int i = 0; i < program.cells(); i++) {
      cells.add("x" + i);
    }
    for (int i = 0; i < program.locks(); i++) {
      cells.add("l" + i);
    }
    for (int from = 0; from < program.threads().size(); from++) {
      for (int to = 0; to < program.threads().size(); to++) {
        done.put(from + "." + to, cells.size());
        cells.add("d" + from + "." + to);
      }
    }
    for (int i = 0; i < program.threads().size(); i++) {
      threads.add(new Line(i).steps);
    }
  }

  /** {@return the names of the cells: x by number, l by number, d by sender and target} */
  List<String> cells() {
    return cells;
  }

  /** {@return the steps of each thread} */
  List<List<OracleStep>> threads() {
    return threads;
  }

  /** The line of one thread, in the making. */
  private final class Line {
    private final int self;
    private final List<OracleStep> steps = new ArrayList<>();
    private final long[] waits = new long[program.threads().size()];
    private final Deque<Boolean> saved = new ArrayDeque<>();
    private boolean on = true;
    private boolean open = true;

    Line(int self) {
      this.self = self;
      for (Op op : program.threads().get(self)) {
        add(op);
      }
    }

    private void add(Op op) {
      switch (op) {
        case Op.IrqOff _ -> on = false;
        case Op.IrqOn _ -> {
          on = true;
          open = true;
        }
        case Op.IrqSave _ -> {
          saved.push(on);
          on = false;
        }
        case Op.IrqRestore _ -> {
          on = saved.pop();
          open |= on;
        }
        case Op.Send send -> send(send);
        case Op.When when -> add(act(when.op()), true);
        default -> add(act(op), false);
      }
    }

    private void add(Act act, boolean when) {
      steps.add(new OracleStep(act, when, 0, open, on));
      open = on;
    }

    private void send(Op.Send send) {
      List<Op> handler = program.handlers().get(send.handler());
      for (int to = 0; to < waits.length; to++) {
        if (to != self && send.to(to)) {
          List<OracleStep> body = new ArrayList<>();
          handler.forEach(op -> body.add(inHandler(op, OracleTrack.TAKEN, false)));
          if (send.waits()) {
            waits[to]++;
            body.add(new OracleStep(new Act.Write(doneBy(to), waits[to]), false, 0, false, false));
          }
          add(new Act.Post(to, send.handler(), body, send.waits()), false);
        }
      }
      if (send.to(self)) {
        scopes++;
        for (Op op : handler) {
          steps.add(inHandler(op, scopes, open));
          open = false;
        }
        open |= on;
      }
      for (int to = 0; send.waits() && to < waits.length; to++) {
        if (to != self && send.to(to)) {
          add(new Act.Wait(doneBy(to), Cond.GE, waits[to], false), false);
        }
      }
    }

    private int doneBy(int target) {
      return done.getOrDefault(self + "." + target, -1);
    }
  }

  private OracleStep inHandler(Op op, int scope, boolean open) {
    return op instanceof Op.When when
        ? new OracleStep(act(when.op()), true, scope, open, false)
        : new OracleStep(act(op), false, scope, open, false);
  }

  private Act act(Op op) {
    return switch (op) {
      case Op.Load o -> new Act.Read(o.x());
      case Op.Store o -> new Act.Write(o.x(), o.value());
      case Op.StoreLast o -> new Act.WriteLast(o.x());
      case Op.RmwOp o -> new Act.Modify(o.x(), o.kind(), o.operand(), o.expected());
      case Op.Add o -> new Act.Add(o.x(), o.operand());
      case Op.Await o -> new Act.Wait(o.x(), o.cond(), o.operand(), true);
      case Op.LockOp o -> new Act.Acquire(program.cells() + o.l());
      case Op.UnlockOp o -> new Act.Write(program.cells() + o.l(), 0);
      case Op.When _, Op.IrqOff _, Op.IrqOn _, Op.IrqSave _, Op.IrqRestore _, Op.Send _ ->
          throw new IllegalArgumentException("no single event: " + op);
    };
  }
}
