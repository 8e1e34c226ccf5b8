package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;

/**
 * I5: freed once, and no leak. Nothing is freed twice without being allocated in between; an mm to
 * which no reference is left has been freed, with its tables and its context, and one with
 * references has not; a task that has exited has been freed.
 */
final class FreedOnce implements Invariant {
  @Override
  public String name() {
    return "I5";
  }

  @Override
  public String about() {
    return "freed once, no leak: an mm is freed when, and only when, its last reference goes";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    List<Integer> frees = x.frees();
    for (int f : frees) {
      for (int again : frees) {
        if (f < again && x.object(f) == x.object(again) && !between(x, f, again)) {
          return Optional.of(
              new Finding(x.object(f) + " is freed twice", List.of(f, again), false));
        }
      }
    }
    for (Mm mm : x.mms()) {
      boolean freed = x.freed(mm);
      if (freed && CountLaw.expectedCount(x, mm) > 0) {
        String what = mm + " is freed but references to it are left";
        return Optional.of(new Finding(what, CountLaw.lastEvents(x), false));
      }
      if (!freed && x.live(mm) && CountLaw.expectedCount(x, mm) == 0) {
        String what = mm + " is never freed though no reference to it is left";
        return Optional.of(new Finding(what, CountLaw.lastEvents(x), false));
      }
      if (freed) {
        KObject root = x.kernel().arch().rootOf(mm);
        for (KObject part : List.of(mm.pgd, mm.userTables, mm.rangeTables, root)) {
          if (!x.freed(part)) {
            String what = part + " is never freed though " + mm + " is";
            return Optional.of(new Finding(what, CountLaw.lastEvents(x), false));
          }
        }
      }
    }
    return leakedTask(x);
  }

  /** A task that has exited, sleeps for ever and is not freed. */
  private static Optional<Finding> leakedTask(Execution x) {
    for (Task task : x.tasks()) {
      if (exited(x, task) && !x.freed(task) && x.value(task.onCpu) == 0) {
        String what = task + " has exited but is never freed";
        return Optional.of(new Finding(what, CountLaw.lastEvents(x), false));
      }
    }
    return Optional.empty();
  }

  private static boolean exited(Execution x, Task task) {
    if (x.value(task.mm) != null) {
      return false;
    }
    long state = x.value(task.state);
    boolean user = (x.value(task.flags) & Task.PF_KTHREAD) == 0;
    return state == Task.TASK_DEAD || (state == Task.TASK_RUNNING && user);
  }

  private static boolean between(Execution x, int f, int again) {
    return x.reborn(x.object(f), f, again) || x.reborn(x.object(f), again, f);
  }
}
