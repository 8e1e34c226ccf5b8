package dev.lazymm.prove;

import dev.lazymm.kernel.MembarrierCommand;
import dev.lazymm.workload.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The actions that can stand next in a line: over the names that are known, and the next new. */
final class Alphabet {
  /** The commands of membarrier that a proof is about: the expedited ones of barriers. */
  private static final List<MembarrierCommand> MEMBARRIER =
      List.of(
          MembarrierCommand.REGISTER_PRIVATE_EXPEDITED,
          MembarrierCommand.PRIVATE_EXPEDITED,
          MembarrierCommand.REGISTER_GLOBAL_EXPEDITED,
          MembarrierCommand.GLOBAL_EXPEDITED);

  private final Size size;
  private final Vocabulary vocabulary;

  Alphabet(Size size, Vocabulary vocabulary) {
    this.size = size;
    this.vocabulary = vocabulary;
  }

  /**
   * {@return what a CPU may do next}
   *
   * @param left how many actions there may still be on this CPU
   */
  List<Action> next(Roster roster, Standing standing, int left) {
    List<Action> all = new ArrayList<>(plain(roster, standing));
    if (vocabulary.has(Word.PREEMPTED)) {
      for (Action outer : List.copyOf(all)) {
        // only an exit ends in another task: the others are done before what they are preempted by
        Standing there = outer instanceof Action.Exit ? standing : standing.after(outer);
        for (String point : points(outer)) {
          for (List<Action> nested : nested(roster.with(outer), there, left - 1)) {
            all.add(new Action.Preempted(outer, point, nested));
          }
        }
      }
    }
    return all;
  }

  private List<Action> plain(Roster roster, Standing standing) {
    List<Action> all = new ArrayList<>();
    for (Word word : vocabulary.words()) {
      switch (word) {
        case RUN -> each(roster.tasks(size), Action.Run::new, all);
        case IDLE -> all.add(new Action.Idle());
        case EXIT -> all.add(new Action.Exit());
        case EXEC -> each(roster.mms(size), Action.Exec::new, all);
        case FORK -> each(roster.users(size), Action.Fork::new, all);
        case CLONE -> each(roster.users(size), Action.Clone::new, all);
        case USE -> {
          each(roster.mms(size), Action.Use::new, all);
          all.add(new Action.Unuse());
        }
        case PIN -> {
          each(roster.mms(size), Action.Pin::new, all);
          each(roster.mms(size), Action.Unpin::new, all);
        }
        case GET -> {
          each(roster.mms(size), Action.Get::new, all);
          each(roster.mms(size), Action.Put::new, all);
        }
        case MUNMAP -> all.add(new Action.Munmap());
        case MPROTECT -> all.add(new Action.Mprotect());
        case LEAVE_MM -> all.add(new Action.LeaveMm());
        case UNPLUG -> {
          all.add(new Action.Offline());
          all.add(new Action.Online());
          for (int cpu = 0; cpu < size.cpus(); cpu++) {
            all.add(new Action.Unplug(cpu));
            all.add(new Action.Plug(cpu));
          }
        }
        case LOAD -> each(roster.cellNames(), Action.Load::new, all);
        case STORE -> each(roster.cellNames(), cell -> new Action.Store(cell, 1), all);
        case MEMBARRIER ->
            MEMBARRIER.forEach(command -> all.add(new Action.Membarrier(command, null)));
        case PREEMPTED -> {} // not plain
      }
    }
    all.removeIf(action -> !standing.allows(action));
    return all;
  }

  private static void each(List<String> names, Function<String, Action> make, List<Action> to) {
    names.forEach(name -> to.add(make.apply(name)));
  }

  /** {@return the preemption points of the kernel that an action can pass} */
  static List<String> points(Action outer) {
    return switch (outer) {
      case Action.Exit _ -> List.of("exit_mm", "exit_mmap");
      case Action.Exec _, Action.Put _ -> List.of("exit_mmap");
      case Action.Use _ -> List.of("kthread_use_mm");
      case Action.Unuse _ -> List.of("kthread_unuse_mm", "exit_mmap");
      default -> List.of();
    };
  }

  /** {@return what may happen while preempted, 1 to {@code most} actions, back to who was} */
  private List<List<Action>> nested(Roster roster, Standing start, int most) {
    List<List<Action>> found = new ArrayList<>();
    nest(roster, start, start, most, new ArrayList<>(), found);
    return found;
  }

  private void nest(
      Roster roster,
      Standing start,
      Standing now,
      int left,
      List<Action> done,
      List<List<Action>> found) {
    if (!done.isEmpty() && now.equals(start)) {
      found.add(List.copyOf(done));
    }
    if (left > 0) {
      for (Action action : plain(roster, now)) {
        done.add(action);
        nest(roster.with(action), start, now.after(action), left - 1, done, found);
        done.removeLast();
      }
    }
  }

  /** {@return how many actions there are in one: nested ones count} */
  static int cost(Action action) {
    return action instanceof Action.Preempted preempted ? 1 + preempted.nested().size() : 1;
  }
}
