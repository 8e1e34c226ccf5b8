package dev.lazymm.workload;

import dev.lazymm.workload.Action.Preempted;
import java.util.ArrayList;
import java.util.List;

/**
 * One action of a CPU line with nested ones laid flat: those of a preemption stand after the action
 * they preempt, or before it if it ends in another task.
 *
 * @param place where the action stands
 * @param action the action, never a {@link Preempted}
 * @param edge whether a preemption begins before this, or ends after it
 * @param nested whether it is part of a preemption
 */
record Op(Place place, Action action, Edge edge, boolean nested) {
  enum Edge {
    NONE,
    FIRST,
    LAST,
    ONLY;

    boolean begins() {
      return this == FIRST || this == ONLY;
    }

    boolean ends() {
      return this == LAST || this == ONLY;
    }
  }

  /** {@return an error at this action} */
  InvalidScenarioException refuse(String what, String expected) {
    return new InvalidScenarioException(place, what, expected);
  }

  /** {@return the actions of a CPU in the order in which they take effect} */
  static List<Op> of(int cpu, List<Action> actions) {
    List<Op> ops = new ArrayList<>();
    int ordinal = 0;
    for (Action action : actions) {
      Place place = Place.action(cpu, ordinal++);
      if (!(action instanceof Preempted preempted)) {
        ops.add(new Op(place, action, Edge.NONE, false));
        continue;
      }
      Op outer = new Op(place, preempted.action(), Edge.NONE, false);
      boolean first = preempted.action() instanceof Action.Exit;
      if (!first) {
        ops.add(outer);
      }
      int last = preempted.nested().size() - 1;
      for (int i = 0; i <= last; i++) {
        Edge edge = last == 0 ? Edge.ONLY : i == 0 ? Edge.FIRST : i == last ? Edge.LAST : Edge.NONE;
        ops.add(new Op(Place.action(cpu, ordinal++), preempted.nested().get(i), edge, true));
      }
      if (first) {
        ops.add(outer);
      }
    }
    return ops;
  }

  /** {@return how many loads there are among these actions, nested ones included} */
  static int loads(List<Action> actions) {
    int n = 0;
    for (Action action : actions) {
      switch (action) {
        case Action.Load _ -> n++;
        case Preempted preempted -> n += loads(preempted.nested());
        default -> {}
      }
    }
    return n;
  }

  /** {@return how many calls of membarrier there are among these actions, nested ones included} */
  static int calls(List<Action> actions) {
    int n = 0;
    for (Action action : actions) {
      switch (action) {
        case Action.Membarrier _ -> n++;
        case Preempted preempted -> n += calls(preempted.nested());
        default -> {}
      }
    }
    return n;
  }
}
