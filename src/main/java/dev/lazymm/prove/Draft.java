package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import dev.lazymm.workload.Action.Preempted;
import dev.lazymm.workload.ScenarioWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A scenario but for the references that follow from it.
 *
 * @param lines what each CPU does
 * @param sleepers the mms that have a task which sleeps throughout
 */
record Draft(List<Line> lines, Set<String> sleepers) {
  /**
   * What one CPU does.
   *
   * @param running the task that runs at the start, null for the idle task
   * @param actions what it does, in order
   */
  record Line(@Nullable String running, List<Action> actions) {
    Line {
      actions = List.copyOf(actions);
    }

    int cost() {
      return actions.stream().mapToInt(Alphabet::cost).sum();
    }
  }

  Draft {
    lines = List.copyOf(lines);
    sleepers = Set.copyOf(sleepers);
  }

  /** {@return the same with the CPUs in another order, and names as they then appear} */
  Draft permuted(int[] order) {
    Renaming renaming = new Renaming(order);
    List<Line> permuted = new ArrayList<>();
    for (int cpu : order) {
      permuted.add(renaming.line(lines.get(cpu)));
    }
    Set<String> asleep = new TreeSet<>();
    sleepers.forEach(mm -> asleep.add(renaming.mm(mm)));
    return new Draft(permuted, asleep);
  }

  /** {@return the names that are used} */
  Roster roster() {
    Roster roster = Roster.EMPTY;
    for (Line line : lines) {
      roster = line.running() == null ? roster : roster.withTask(line.running());
      for (Action action : line.actions()) {
        roster = roster.with(action);
      }
    }
    return roster;
  }

  /** {@return a text that no other draft has} */
  String text() {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append('(').append(line.running()).append(')');
      line.actions().forEach(action -> out.append(ScenarioWriter.write(action)).append(';'));
    }
    return out.append(new TreeSet<>(sleepers)).toString();
  }

  /** Gives names in the order in which they are met. */
  private static final class Renaming {
    private final int[] order;
    private final Map<String, String> mms = new HashMap<>();
    private final Map<String, String> tasks = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> cells = new HashMap<>();

    Renaming(int[] order) {
      this.order = order;
    }

    private int cpu(int cpu) {
      for (int i = 0; i < order.length; i++) {
        if (order[i] == cpu) {
          return i;
        }
      }
      throw new AssertionError(cpu);
    }

    Line line(Line line) {
      String running = line.running() == null ? null : task(line.running());
      return new Line(running, line.actions().stream().map(this::action).toList());
    }

    private Action action(Action action) {
      return switch (action) {
        case Action.Run run -> new Action.Run(task(run.task()));
        case Action.Exec exec -> new Action.Exec(mm(exec.mm()));
        case Action.Fork fork -> new Action.Fork(task(fork.child()));
        case Action.Clone clone -> new Action.Clone(task(clone.child()));
        case Action.Use use -> new Action.Use(mm(use.mm()));
        case Action.Pin pin -> new Action.Pin(mm(pin.mm()));
        case Action.Unpin unpin -> new Action.Unpin(mm(unpin.mm()));
        case Action.Get get -> new Action.Get(mm(get.mm()));
        case Action.Put put -> new Action.Put(mm(put.mm()));
        case Action.Unplug unplug -> new Action.Unplug(cpu(unplug.cpu()));
        case Action.Plug plug -> new Action.Plug(cpu(plug.cpu()));
        case Action.Load load -> new Action.Load(cell(load.cell()));
        case Action.Store store -> new Action.Store(cell(store.cell()), store.value());
        case Preempted(Action outer, String point, List<Action> nested) ->
            new Preempted(action(outer), point, nested.stream().map(this::action).toList());
        case Action.Idle _,
            Action.Membarrier _,
            Action.RseqBegin _,
            Action.RseqEnd _,
            Action.Exit _,
            Action.Unuse _,
            Action.Munmap _,
            Action.Mprotect _,
            Action.LeaveMm _,
            Action.Offline _,
            Action.Online _ ->
            action;
      };
    }

    String mm(String name) {
      return mms.computeIfAbsent(name, _ -> String.valueOf((char) ('A' + mms.size())));
    }

    private String task(String name) {
      String known = tasks.get(name);
      if (known == null) {
        String letter = Roster.isThread(name) ? "k" : mm(Roster.mmOf(name));
        known = letter + numbers.merge(letter, 1, Integer::sum);
        tasks.put(name, known);
      }
      return known;
    }

    private String cell(String name) {
      return cells.computeIfAbsent(name, _ -> String.valueOf((char) ('x' + cells.size())));
    }
  }
}
