package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import java.util.ArrayList;
import java.util.List;

/** Says of a graph that hangs who waits for whom, and whether with interrupts off. */
final class Waits {
  private static final Cond[] COND = Cond.values();

  private final Explorer explorer;
  private final Frame frame;
  private final Graph graph;

  Waits(Explorer explorer, Frame frame) {
    this.explorer = explorer;
    this.frame = frame;
    graph = frame.graph;
  }

  /** {@return one sentence a CPU that waits} */
  String text() {
    List<String> all = new ArrayList<>();
    for (int t = 0; t < graph.threads; t++) {
      if (frame.state[t] != Frame.HALTED) {
        String irqs = frame.parkIrqs[t] ? "" : ", interrupts off,";
        all.add("CPU %d waits%s for %s".formatted(t, irqs, awaited(t)));
      }
    }
    return String.join("; ", all);
  }

  private String awaited(int t) {
    int c = frame.parkCell[t];
    if (c < 0) {
      return privately(t, explorer.program().memory().cell(~c));
    }
    Cell cell = explorer.footprint().cellOf(c);
    if (cell.owner() instanceof HiddenCells hidden) {
      return hidden(hidden, cell, t);
    }
    if (isForLock(t)) {
      int holder = graph.coLast(c);
      return cell + (holder == Graph.INIT ? ", held at the start" : holder(t, holder));
    }
    return cell + is(t, cell);
  }

  /** Of what nobody else writes. */
  private String privately(int t, Cell cell) {
    return frame.parkOp[t] == Frame.OP_LOCK
        ? cell + ", which it holds itself"
        : cell + is(t, cell) + ", which nobody else writes";
  }

  private String is(int t, Cell cell) {
    String is =
        switch (COND[frame.parkOp[t]]) {
          case EQ -> " to be ";
          case NE -> " not to be ";
          case GE -> " to be at least ";
        };
    long value = frame.parkOperand[t];
    if (!cell.isPointer()) {
      return is + value;
    }
    return is + (value == 0 ? "NULL" : explorer.program().memory().object(value).name());
  }

  private boolean isForLock(int t) {
    boolean blocked = frame.state[t] == Frame.BLOCKED;
    return blocked ? graph.kind[graph.last(t)] == Kind.LOCK_R : frame.parkOp[t] == Frame.OP_LOCK;
  }

  private String holder(int t, int lock) {
    int u = graph.thread[lock];
    return u == t ? ", which it holds itself" : ", which CPU " + u + " holds";
  }

  /** What the machine itself waits for: the end of a handler, or of an RCU read-side section. */
  private String hidden(HiddenCells hidden, Cell cell, int t) {
    for (int u = 0; u < graph.threads; u++) {
      if (hidden.done(t, u) == cell) {
        return "CPU " + u + handler(t, u);
      }
      if (hidden.rcu(u) == cell) {
        return "CPU " + u + " to leave its RCU read-side section";
      }
    }
    return cell.toString();
  }

  /** The IPI from s to t that s waits for is the last that it has sent to t. */
  private String handler(int s, int t) {
    for (int i = graph.sendsLength[t] - 1; i >= 0; i--) {
      int e = graph.sends[t][i];
      if (graph.thread[e] == s && graph.payload[e] instanceof Send send && send.sender() == s) {
        boolean taken = graph.taker[e] != Graph.NONE;
        return (taken ? " to return from " : " to take the IPI for ") + send.ipi().name();
      }
    }
    return " to take an IPI";
  }
}
