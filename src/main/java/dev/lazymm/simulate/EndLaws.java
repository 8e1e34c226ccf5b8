package dev.lazymm.simulate;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;
import dev.lazymm.workload.Expectation;
import dev.lazymm.workload.Prepared;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What must be true once every CPU has done all its actions: the count law, no leak, no pointer to
 * what is freed, and the scenario's own conditions. Named as in {@code check}.
 */
final class EndLaws {
  private final Prepared prepared;
  private final EndState state;
  private final Kernel kernel;
  private final BiConsumer<String, String> report;
  private final List<Task> running = new ArrayList<>();
  private final List<Mm> mms;
  private final List<Task> tasks;

  private EndLaws(Prepared prepared, EndState state, BiConsumer<String, String> report) {
    this.prepared = prepared;
    this.state = state;
    this.report = report;
    kernel = prepared.kernel();
    Memory memory = prepared.memory();
    mms = all(memory, Mm.class);
    tasks = all(memory, Task.class);
    for (int cpu = 0; cpu < memory.cpus(); cpu++) {
      running.add(Objects.requireNonNull(value(kernel.cpuRq(cpu).curr), "rq->curr"));
    }
  }

  private static <T extends KObject> List<T> all(Memory memory, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (int i = 1; i <= memory.objectCount(); i++) {
      if (type.isInstance(memory.object(i))) {
        all.add(type.cast(memory.object(i)));
      }
    }
    return all;
  }

  /** Judges how a run ended that came to its end. */
  static void judge(Prepared prepared, EndState state, BiConsumer<String, String> report) {
    EndLaws laws = new EndLaws(prepared, state, report);
    laws.liveActiveMm();
    for (Mm mm : laws.mms) {
      if (state.live(mm)) {
        laws.live(mm);
      } else if (state.freed(mm)) {
        laws.freed(mm);
      }
    }
    laws.leakedTasks();
    laws.stalePointers();
    laws.expectations();
  }

  private void liveActiveMm() {
    for (int cpu = 0; cpu < running.size(); cpu++) {
      Mm active = value(running.get(cpu).activeMm);
      if (active != null && state.freed(active)) {
        say("I1", "%s is freed and CPU %d's active_mm points at it", active, cpu);
      }
    }
  }

  private void live(Mm mm) {
    long references = references(mm);
    long count = state.value(mm.mmCount);
    if (count != references) {
      say("I4", "at the end mm_count(%s) is %d, but %d references exist", mm, count, references);
    }
    int users = usersAtEnd(mm);
    if (users >= 0 && state.value(mm.mmUsers) != users) {
      long has = state.value(mm.mmUsers);
      say("I4", "at the end mm_users(%s) is %d, but there are %d users", mm, has, users);
    }
    if (references == 0) {
      say("I5", "%s is never freed though no reference to it is left", mm);
    }
  }

  private void freed(Mm mm) {
    if (references(mm) > 0) {
      say("I5", "%s is freed but references to it are left", mm);
    }
    for (KObject part : List.of(mm.pgd, mm.userTables, mm.rangeTables, kernel.arch().rootOf(mm))) {
      if (!state.freed(part)) {
        say("I5", "%s is never freed though %s is", part, mm);
      }
    }
  }

  /** {@return one for the users, the pins, and the borrowers if the design counts them} */
  private long references(Mm mm) {
    long n = state.value(mm.mmUsers) > 0 ? 1 : 0;
    for (String letter : prepared.outline().pins().keySet()) {
      n += isMm(letter, mm) ? prepared.pinsAtEnd(letter) : 0;
    }
    for (Task task : tasks) {
      boolean kthread = (state.value(task.flags) & Task.PF_KTHREAD) != 0;
      n += kthread && value(task.mm) == mm ? 1 : 0;
    }
    for (Task task : running) {
      boolean borrows = value(task.mm) == null && value(task.activeMm) == mm;
      n += borrows && kernel.lazyMm().refcounts() ? 1 : 0;
    }
    return n;
  }

  /** The users that the scenario leaves to the mm that is in this slot last; -1 if none was. */
  private int usersAtEnd(Mm mm) {
    int users = -1;
    for (String letter : prepared.outline().users().keySet()) { // in the order of their making
      users = isMm(letter, mm) ? prepared.usersAtEnd(letter) : users;
    }
    return users;
  }

  private boolean isMm(String letter, Mm mm) {
    return prepared.mm(letter, state).filter(m -> m == mm).isPresent();
  }

  private void leakedTasks() {
    for (Task task : tasks) {
      long now = state.value(task.state);
      boolean user = (state.value(task.flags) & Task.PF_KTHREAD) == 0;
      boolean exited =
          value(task.mm) == null && (now == Task.TASK_DEAD || (now == Task.TASK_RUNNING && user));
      if (exited && !state.freed(task) && state.value(task.onCpu) == 0) {
        say("I5", "%s has exited but is never freed", task);
      }
    }
  }

  private void stalePointers() {
    Set<Task> awake = new HashSet<>(running);
    List<Task> all = new ArrayList<>(tasks);
    for (int cpu = 0; cpu < running.size(); cpu++) {
      all.add(kernel.cpuRq(cpu).idle);
    }
    for (Task task : all) {
      Mm stale = value(task.activeMm);
      if (stale != null && !awake.contains(task) && !state.freed(task) && value(task.mm) == null) {
        say("I1+", "%s sleeps and owns no mm, but its active_mm is %s", task, stale);
      }
    }
  }

  private void expectations() {
    for (Expectation expectation : prepared.expectations()) {
      boolean holds = prepared.holds(expectation.condition(), state);
      switch (expectation.kind()) {
        case NEVER -> {
          if (holds) {
            say("never", "it ends in: %s", expectation.condition());
          }
        }
        case ALWAYS -> {
          if (!holds) {
            say("always", "it does not end in: %s", expectation.condition());
          }
        }
        case EXISTS -> {} // one run cannot say
      }
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // that would be a dependency
  private void say(String invariant, String what, Object... of) {
    report.accept(invariant, what.formatted(of));
  }

  private <T extends KObject> @Nullable T value(Ref<T> ref) {
    return ref.resolve(state.value(ref.cell()));
  }
}
