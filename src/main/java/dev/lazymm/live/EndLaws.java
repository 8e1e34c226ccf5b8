package dev.lazymm.live;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.workload.Expectation;
import dev.lazymm.workload.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What must hold when every CPU has done all its actions: I1, I2, I4, I5 and I1+ as far as an end
 * state shows them, and the scenario's own conditions.
 */
final class EndLaws {
  private final Prepared prepared;
  private final Kernel kernel;
  private final EndState end;
  private final List<Mm> mms;
  private final List<Task> tasks;
  private final List<Finding> findings = new ArrayList<>();

  private EndLaws(Prepared prepared, EndState end) {
    this.prepared = prepared;
    this.end = end;
    kernel = prepared.kernel();
    mms = all(Mm.class);
    tasks = all(Task.class);
  }

  /** {@return what is wrong with the end of a round} */
  static List<Finding> judge(Prepared prepared, EndState end) {
    EndLaws laws = new EndLaws(prepared, end);
    laws.pointers();
    laws.mms.forEach(laws::counters);
    laws.mms.forEach(laws::freedOnce);
    laws.tasks.forEach(laws::task);
    laws.conditions();
    return laws.findings;
  }

  private <T extends KObject> List<T> all(Class<T> type) {
    Memory memory = end.memory();
    return IntStream.rangeClosed(1, memory.objectCount())
        .mapToObj(memory::object)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private void found(String name, String what) {
    findings.add(new Finding(name, what));
  }

  private int cpus() {
    return end.memory().cpus();
  }

  private Task current(int cpu) {
    Task task = end.value(kernel.cpuRq(cpu).curr);
    if (task == null) {
      throw new IllegalStateException("rq->curr is NULL");
    }
    return task;
  }

  private void pointers() {
    for (int cpu = 0; cpu < cpus(); cpu++) {
      Mm active = end.value(current(cpu).activeMm);
      KObject held = end.held(cpu);
      KObject root = end.root(cpu);
      if (active != null && end.freed(active)) {
        found("I1", "%s is freed and CPU %d's active_mm points at it".formatted(active, cpu));
      } else if (held != null && end.freed(held)) {
        found("I1", "%s is freed and CPU %d counts on it".formatted(held, cpu));
      }
      if (root != null && end.freed(root)) {
        found("I2", "%s is freed and the MMU of CPU %d is on it".formatted(root, cpu));
      }
    }
  }

  // ---- I4: mm_count is one for all users, plus pins, plus counted lazy borrowers ---------------

  private void counters(Mm mm) {
    if (!lives(mm)) {
      return;
    }
    long count = end.value(mm.mmCount);
    if (count != references(mm)) {
      found(
          "I4", "mm_count(%s) is %d, but %d references exist".formatted(mm, count, references(mm)));
    }
    int users = users(mm);
    if (users >= 0 && end.value(mm.mmUsers) != users) {
      found("I4", "mm_users(%s) is %d, but it has %d".formatted(mm, end.value(mm.mmUsers), users));
    }
  }

  private boolean lives(Mm mm) {
    boolean born = mm.slab() == null || prepared.startMms().contains(mm) || end.allocated(mm);
    return born && !end.freed(mm);
  }

  private long references(Mm mm) {
    long n = end.value(mm.mmUsers) > 0 ? 1 : 0;
    for (String letter : prepared.outline().pins().keySet()) {
      n += is(letter, mm) ? prepared.pinsAtEnd(letter) : 0;
    }
    for (Task task : tasks) { // one each kthread_use_mm
      boolean kernelThread = (end.value(task.flags) & Task.PF_KTHREAD) != 0;
      n += kernelThread && end.value(task.mm) == mm ? 1 : 0;
    }
    for (int cpu = 0; cpu < cpus() && kernel.lazyMm().refcounts(); cpu++) {
      Task task = current(cpu);
      n += end.value(task.mm) == null && end.value(task.activeMm) == mm ? 1 : 0;
    }
    return n;
  }

  /** The users that the scenario leaves to the mm that is in this slot last; -1 if none was. */
  private int users(Mm mm) {
    int users = -1;
    for (String letter : prepared.outline().users().keySet()) { // in the order of their making
      if (is(letter, mm)) {
        users = prepared.usersAtEnd(letter);
      }
    }
    return users;
  }

  private boolean is(String letter, Mm mm) {
    return prepared.mm(letter, end).filter(m -> m == mm).isPresent();
  }

  // ---- I5: freed when, and only when, the last reference goes ----------------------------------

  private void freedOnce(Mm mm) {
    if (!end.freed(mm)) {
      if (lives(mm) && references(mm) == 0) {
        found("I5", "%s is never freed though no reference to it is left".formatted(mm));
      }
      return;
    }
    if (references(mm) > 0) {
      found("I5", "%s is freed but references to it are left".formatted(mm));
    }
    for (KObject part : List.of(mm.pgd, mm.userTables, mm.rangeTables, kernel.arch().rootOf(mm))) {
      if (!end.freed(part)) {
        found("I5", "%s is never freed though %s is".formatted(part, mm));
      }
    }
  }

  /** A task that has exited is freed (I5); one that neither runs nor owns an mm has none (I1+). */
  private void task(Task task) {
    if (end.freed(task)
        || end.value(task.mm) != null
        || IntStream.range(0, cpus()).anyMatch(cpu -> current(cpu) == task)) {
      return;
    }
    long state = end.value(task.state);
    boolean user = (end.value(task.flags) & Task.PF_KTHREAD) == 0;
    boolean exited = state == Task.TASK_DEAD || (state == Task.TASK_RUNNING && user);
    if (exited && end.value(task.onCpu) == 0) {
      found("I5", "%s has exited but is never freed".formatted(task));
    }
    Mm stale = end.value(task.activeMm);
    if (stale != null) {
      found("I1+", "%s sleeps and owns no mm, but its active_mm is %s".formatted(task, stale));
    }
  }

  private void conditions() {
    for (Expectation e : prepared.expectations()) {
      boolean holds = prepared.holds(e.condition(), end);
      if (e.kind() == Expectation.Kind.NEVER && holds) {
        found("never", "it ends in: %s".formatted(e.condition()));
      } else if (e.kind() == Expectation.Kind.ALWAYS && !holds) {
        found("always", "it does not end in: %s".formatted(e.condition()));
      }
    }
  }
}
