package dev.lazymm.check;

import dev.lazymm.check.WeakProgram.Act;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an explorer shows of a {@link WeakProgram}: how many executions there are, and how they end,
 * in the words of the litmus engine.
 */
record WeakEnds(long executions, List<String> states) {
  /** Explores with the threads in an order of their own. */
  static WeakEnds of(WeakProgram program, MemoryModel model, int... order) {
    return of(program, program.toProgram(), model, order);
  }

  /** Explores a program whose loads and stores are user code's. */
  static WeakEnds ofUserCode(WeakProgram program, MemoryModel model, int... order) {
    return of(program, program.toProgram(true), model, order);
  }

  private static WeakEnds of(
      WeakProgram program, Program runnable, MemoryModel model, int... order) {
    Set<String> states = new TreeSet<>();
    Explorer explorer =
        new Explorer(
            runnable,
            model,
            new Explorer.Options(order, true, 4096, Weakenings.NONE).withOrderedIncrements(true),
            new Explorer.Listener() {
              @Override
              public boolean complete(Explorer e, Graph g) {
                states.add(state(program, e, g));
                return true;
              }

              @Override
              public boolean failed(Explorer e, Graph g, int cpu, RuntimeException failure) {
                throw failure;
              }

              @Override
              public void restarted() {
                states.clear();
              }
            });
    explorer.run();
    return new WeakEnds(explorer.executions(), List.copyOf(states));
  }

  /** Explores with the threads in their own order. */
  static WeakEnds of(WeakProgram program, MemoryModel model) {
    int[] order = new int[program.threads().size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return of(program, model, order);
  }

  private static String state(WeakProgram program, Explorer explorer, Graph g) {
    List<String> parts = new ArrayList<>();
    for (int t = 0; t < program.threads().size(); t++) {
      int at = 0;
      List<Integer> events = inProgramOrder(g, t);
      List<Act> acts = program.threads().get(t);
      for (int i = 0; i < acts.size(); i++) {
        int kind = readOf(acts.get(i));
        if (kind >= 0) {
          while (g.kind[events.get(at)] != kind) {
            at++;
          }
          if (returns(acts.get(i))) {
            parts.add("%d:r%d=%d;".formatted(t, i, g.value[events.get(at)]));
          }
          at++;
        }
      }
    }
    for (int c = 0; c < program.cells(); c++) {
      if (program.uses(c)) {
        parts.add("[x%d]=%d;".formatted(c, explorer.finalValue(c)));
      }
    }
    return String.join(" ", parts);
  }

  private static List<Integer> inProgramOrder(Graph g, int t) {
    return Arrays.stream(g.po[t], 0, g.length[t])
        .boxed()
        .sorted(Comparator.comparingInt(g::programIndex))
        .toList();
  }

  /** The kind of the event in which an act reads; negative if it does not. */
  private static int readOf(Act act) {
    return switch (act) {
      case Act.Load _ -> Kind.READ;
      case Act.Update _ -> Kind.RMW_R;
      case Act.Store _, Act.Fence _, Act.Locking _ -> -1;
    };
  }

  private static boolean returns(Act act) {
    return !(act instanceof Act.Update u && u.ordering() == Ordering.NO_RETURN);
  }
}
