package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that a scenario has used so far, in the order of reading: mms are A, B, ..., the user
 * tasks born with A are A1, A2, ..., kernel threads k1, k2, ..., user cells x, y, each numbered as
 * it first appears. So of all scenarios that differ in names alone exactly one is written, as long
 * as the CPUs stay in their order.
 *
 * @param users for each mm how many user tasks are born with it
 * @param threads how many kernel threads there are
 * @param cells how many user cells there are
 */
record Roster(List<Integer> users, int threads, int cells) {
  /** More cells add nothing that an invariant could see. */
  static final int MAX_CELLS = 2;

  static final Roster EMPTY = new Roster(List.of(), 0, 0);

  Roster {
    users = List.copyOf(users);
  }

  int mms() {
    return users.size();
  }

  int tasks() {
    return threads + users.stream().mapToInt(Integer::intValue).sum();
  }

  // ---- what can be said next -------------------------------------------------------------------

  /** {@return the mms that are named already, and the next if the size allows one} */
  List<String> mms(Size size) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.min(mms() + 1, size.mms()); i++) {
      names.add(mm(i));
    }
    return names;
  }

  /** {@return the user tasks that are named already, and the next of each mm} */
  List<String> users(Size size) {
    List<String> names = new ArrayList<>();
    int more = tasks() < size.tasks() ? 1 : 0;
    for (int i = 0; i < mms(); i++) {
      for (int n = 1; n <= users.get(i) + more; n++) {
        names.add(mm(i) + n);
      }
    }
    if (more == 1 && mms() < size.mms()) {
      names.add(mm(mms()) + 1);
    }
    return names;
  }

  /** {@return all tasks that are named already, and the next of each kind} */
  List<String> tasks(Size size) {
    List<String> names = users(size);
    int more = tasks() < size.tasks() ? 1 : 0;
    for (int n = 1; n <= threads + more; n++) {
      names.add("k" + n);
    }
    return names;
  }

  /** {@return the cells that are named already, and the next} */
  List<String> cellNames() {
    return List.of("x", "y").subList(0, Math.min(cells + 1, MAX_CELLS));
  }

  private static String mm(int i) {
    return String.valueOf((char) ('A' + i));
  }

  // ---- what has been said ----------------------------------------------------------------------

  /** {@return this and the names of an action, of which at most each next one is new} */
  Roster with(Action action) {
    return switch (action) {
      case Action.Run run -> withTask(run.task());
      case Action.Exec exec -> withMm(exec.mm());
      case Action.Fork fork -> withTask(fork.child());
      case Action.Clone clone -> withTask(clone.child());
      case Action.Use use -> withMm(use.mm());
      case Action.Pin pin -> withMm(pin.mm());
      case Action.Unpin unpin -> withMm(unpin.mm());
      case Action.Get get -> withMm(get.mm());
      case Action.Put put -> withMm(put.mm());
      case Action.Load load -> withCell(load.cell());
      case Action.Store store -> withCell(store.cell());
      case Action.Idle _,
          Action.Exit _,
          Action.Unuse _,
          Action.Munmap _,
          Action.Mprotect _,
          Action.LeaveMm _,
          Action.Membarrier _,
          Action.RseqBegin _,
          Action.RseqEnd _,
          Action.Offline _,
          Action.Online _,
          Action.Unplug _,
          Action.Plug _ ->
          this;
      case Action.Preempted preempted -> {
        Roster all = with(preempted.action());
        for (Action nested : preempted.nested()) {
          all = all.with(nested);
        }
        yield all;
      }
    };
  }

  Roster withTask(String task) {
    int number = Integer.parseInt(task.substring(1));
    if (isThread(task)) {
      return new Roster(users, Math.max(threads, number), cells);
    }
    Roster known = withMm(mmOf(task));
    int i = task.charAt(0) - 'A';
    if (number <= known.users.get(i)) {
      return known;
    }
    List<Integer> more = new ArrayList<>(known.users);
    more.set(i, number);
    return new Roster(more, threads, cells);
  }

  private Roster withMm(String mm) {
    if (mm.charAt(0) - 'A' < mms()) {
      return this;
    }
    List<Integer> more = new ArrayList<>(users);
    more.add(0);
    return new Roster(more, threads, cells);
  }

  private Roster withCell(String cell) {
    return new Roster(users, threads, Math.max(cells, cell.charAt(0) - 'x' + 1));
  }

  static boolean isThread(String task) {
    return task.startsWith("k");
  }

  /** {@return the mm that a user task is born with} */
  static String mmOf(String task) {
    return task.substring(0, 1);
  }
}
