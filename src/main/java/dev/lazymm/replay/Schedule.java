package dev.lazymm.replay;

import dev.lazymm.kernel.Task;
import dev.lazymm.trace.TaskList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The recorded computer: who runs where and which task has which mm, rebuilt from the events, and
 * kept the same in every driven kernel.
 *
 * <p>A task that nothing introduced is presumed to have an mm of its own. What a CPU runs is learnt
 * from the first event that tells; what it had borrowed until then is presumed to be init_mm. When
 * an event does not fit what is known, events are missing: the state is repaired without counting,
 * and {@link #lossy} says so.
 */
final class Schedule {
  static final int EXITS_WITH_MM = 0;
  static final int UNKNOWN_MM = 1;
  static final int USER_TO_KERNEL = 2;
  static final int KERNEL_TO_USER_SAME = 3;
  static final int KERNEL_TO_USER_OTHER = 4;
  static final int KERNEL_TO_KERNEL = 5;
  static final int USER_TO_USER_SAME = 6;
  static final int USER_TO_USER_OTHER = 7;
  static final int KINDS = 8;

  private static final long CLONE_VM = 0x100;
  private static final long CLONE_THREAD = 0x10000;

  private final List<Model> models;
  private final int judge; // the model that says of which kind a switch is
  private final Tally tally;
  private final Map<Integer, ReplayTask> tasks = new HashMap<>();
  private final ReplayTask[] idle;
  private final ReplayTask[] current;
  private final boolean[] sure; // whether current is known
  private final boolean[] borrowKnown; // whether what the CPU borrows is known
  private int muted; // how many want it
  private boolean lossy;

  Schedule(List<Model> models, int cpus, Tally tally) {
    this.models = models;
    this.tally = tally;
    int found = 0;
    while (found < models.size() - 1 && !models.get(found).tellsMmsApart()) {
      found++;
    }
    judge = found;
    idle = new ReplayTask[cpus];
    for (int i = 0; i < cpus; i++) {
      int cpu = i;
      idle[i] = new ReplayTask(0, 0, true, inEach(m -> m.idle(cpu)));
      idle[i].cpu = i;
    }
    current = idle.clone();
    sure = new boolean[cpus];
    borrowKnown = new boolean[cpus];
  }

  /** {@return whether an event did not fit those before} */
  boolean lossy() {
    return lossy;
  }

  /** The tasks that were there when the recording began. */
  void adopt(TaskList list) {
    mute(true);
    Map<Integer, ReplayTask> groups = new HashMap<>();
    for (TaskList.Task t : list.byPid().values()) {
      if (t.kthread() || !t.hasMm()) {
        put(new ReplayTask(t.pid(), t.tgid(), true, inEach(Model::adoptKthread)));
      } else {
        ReplayTask sibling = groups.get(t.tgid());
        ReplayTask task = new ReplayTask(t.pid(), t.tgid(), true, adoptUser(sibling));
        groups.putIfAbsent(t.tgid(), task);
        put(task);
      }
    }
    mute(false);
  }

  /** Events of this CPU are missing from here on. */
  void lost(int cpu) {
    sure[cpu] = false;
    borrowKnown[cpu] = false;
  }

  /**
   * sched_switch, which __schedule emits before context_switch.
   *
   * @param dead whether {@code prev} leaves for ever: do_task_dead set TASK_DEAD, and
   *     finish_task_switch on the next task's stack frees it
   */
  void schedSwitch(int cpu, int prevPid, boolean dead, int nextPid) {
    ReplayTask prev = on(cpu, prevPid);
    ReplayTask next = nextPid == 0 ? idle[cpu] : find(nextPid);
    if (next == prev) {
      return;
    }
    if (next.cpu != ReplayTask.NOWHERE) { // it never left there: that switch is missing
      lossy = true;
      evict(next);
    }
    boolean ends = dead && prev != idle[cpu];
    if (ends) {
      if (!prev.exited) {
        lossy = true;
        exitMm(cpu, prev);
      }
      models.forEach(m -> m.doTaskDead(cpu));
    }
    classify(cpu, prev, next);
    move(cpu, prev, next);
    if (ends) {
      tasks.remove(prev.pid, prev);
    }
  }

  private void classify(int cpu, ReplayTask prev, ReplayTask next) {
    Model model = models.get(judge);
    Task p = prev.tasks[judge];
    Task n = next.tasks[judge];
    boolean same = model.sameMm(p, n);
    boolean presumed = !prev.known || !next.known;
    if (model.hasMm(n)) {
      if (model.hasMm(p)) {
        tally.add(same ? USER_TO_USER_SAME : USER_TO_USER_OTHER);
      } else {
        tally.add(same ? KERNEL_TO_USER_SAME : KERNEL_TO_USER_OTHER);
        presumed |= !borrowKnown[cpu];
      }
      borrowKnown[cpu] = true;
    } else {
      tally.add(model.hasMm(p) ? USER_TO_KERNEL : KERNEL_TO_KERNEL);
    }
    if (presumed) {
      tally.add(UNKNOWN_MM);
    }
  }

  /**
   * task_newtask, at the end of copy_process: copy_mm shares the parent's mm for CLONE_VM (threads,
   * vfork, posix_spawn) and copies it otherwise.
   */
  void newTask(int cpu, int pid, int childPid, long flags) {
    ReplayTask parent = on(cpu, pid);
    makeWay(cpu, childPid);
    int tgid = (flags & CLONE_THREAD) != 0 ? parent.tgid : childPid;
    boolean share = (flags & CLONE_VM) != 0;
    ReplayTask child = child(cpu, parent, childPid, tgid, share);
    child.known = parent.known || !share;
    child.announced = true;
  }

  /**
   * sched_process_fork, right behind task_newtask in kernel_clone; alone it does not say whether
   * the mm was shared, and a copy is presumed.
   */
  void fork(int cpu, int parentPid, int childPid) {
    ReplayTask announced = tasks.get(childPid);
    if (announced != null && announced.announced) {
      announced.announced = false;
      return;
    }
    ReplayTask parent = on(cpu, parentPid);
    makeWay(cpu, childPid);
    ReplayTask child = child(cpu, parent, childPid, childPid, false);
    child.known = parent.known && !models.get(judge).hasMm(parent.tasks[judge]);
  }

  private ReplayTask child(int cpu, ReplayTask parent, int pid, int tgid, boolean share) {
    Task[] made = new Task[models.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = models.get(i).fork(cpu, parent.tasks[i], share);
    }
    ReplayTask child = new ReplayTask(pid, tgid, true, made);
    child.seen = true;
    put(child);
    return child;
  }

  /**
   * sched_process_exec, at the end of bprm_execve: begin_new_exec has called exec_mmap, which took
   * the new mm and put the old one. If a thread other than the leader called execve, de_thread has
   * waited until all others were gone and given it the leader's pid.
   */
  void exec(int cpu, int execPid, int oldPid) {
    if (oldPid != execPid && sure[cpu] && current[cpu].pid == oldPid) {
      exchangeTids(current[cpu], execPid);
    }
    ReplayTask task = on(cpu, execPid);
    models.forEach(m -> m.exec(cpu));
    task.known = true;
    borrowKnown[cpu] = true;
  }

  /** sched_process_exit: do_exit has called exit_mm just before. */
  void exit(int cpu, int exitPid) {
    exitMm(cpu, on(cpu, exitPid));
  }

  private void exitMm(int cpu, ReplayTask task) {
    if (models.get(judge).hasMm(task.tasks[judge])) {
      tally.add(EXITS_WITH_MM);
    }
    models.forEach(m -> m.exitMm(cpu));
    task.exited = true;
  }

  /** {@return the task with this pid, which an event says runs on this CPU} */
  private ReplayTask on(int cpu, int pid) {
    ReplayTask now = current[cpu];
    if (sure[cpu]) {
      if (now.pid == pid || tidsExchanged(now, pid)) {
        return now;
      }
      lossy = true;
    }
    ReplayTask task = pid == 0 ? idle[cpu] : find(pid);
    place(cpu, task);
    return task;
  }

  /**
   * exchange_tids in de_thread, before any event tells: the leader is dead or dying and has the
   * thread's number, the thread has the leader's.
   */
  private boolean tidsExchanged(ReplayTask now, int pid) {
    ReplayTask other = tasks.get(pid);
    if (now.pid != now.tgid && pid == now.tgid && (other == null || other.exited)) {
      exchangeTids(now, pid);
      return true;
    }
    if (now.pid == now.tgid && now.exited && other != null && other.tgid == now.tgid) {
      exchangeTids(other, now.pid);
      return true;
    }
    return false;
  }

  private void exchangeTids(ReplayTask thread, int leaderPid) {
    ReplayTask leader = tasks.get(leaderPid);
    tasks.remove(thread.pid);
    if (leader != null) {
      leader.pid = thread.pid;
      put(leader);
    }
    thread.pid = leaderPid;
    put(thread);
  }

  /** {@return the task with this pid; one that nothing introduced is presumed to own an mm} */
  private ReplayTask find(int pid) {
    ReplayTask task = tasks.get(pid);
    if (task == null) {
      mute(true);
      task = new ReplayTask(pid, pid, false, adoptUser(null));
      mute(false);
      put(task);
    }
    task.seen = true;
    return task;
  }

  /** A new task has this pid: if another one still has it, its exit was not recorded. */
  private void makeWay(int cpu, int pid) {
    ReplayTask old = tasks.remove(pid);
    if (old == null) {
      return;
    }
    lossy |= old.seen;
    mute(true);
    if (old.cpu != ReplayTask.NOWHERE) {
      evict(old);
    }
    ReplayTask interrupted = current[cpu];
    move(cpu, interrupted, old);
    for (Model model : models) {
      model.exitMm(cpu);
      model.doTaskDead(cpu);
    }
    move(cpu, old, interrupted);
    mute(false);
  }

  /** Puts a CPU on a task without counting it. */
  private void place(int cpu, ReplayTask task) {
    if (task.cpu != cpu) {
      if (task.cpu != ReplayTask.NOWHERE) {
        evict(task);
      }
      mute(true);
      move(cpu, current[cpu], task);
      mute(false);
    }
    sure[cpu] = true;
    borrowKnown[cpu] |= models.get(judge).hasMm(task.tasks[judge]);
  }

  /** Takes a task from its CPU without counting it; what runs there instead is not known. */
  private void evict(ReplayTask task) {
    int cpu = task.cpu;
    mute(true);
    move(cpu, task, idle[cpu]);
    mute(false);
    lost(cpu);
  }

  private void move(int cpu, ReplayTask prev, ReplayTask next) {
    for (int i = 0; i < models.size(); i++) {
      models.get(i).schedule(cpu, next.tasks[i]);
    }
    prev.cpu = ReplayTask.NOWHERE;
    next.cpu = cpu;
    current[cpu] = next;
  }

  private void put(ReplayTask task) {
    tasks.put(task.pid, task);
  }

  private Task[] adoptUser(@Nullable ReplayTask sibling) {
    Task[] made = new Task[models.size()];
    for (int i = 0; i < made.length; i++) {
      Model model = models.get(i);
      made[i] = sibling == null ? model.adoptProcess() : model.adoptThread(sibling.tasks[i]);
    }
    return made;
  }

  private Task[] inEach(Function<Model, Task> make) {
    Task[] made = new Task[models.size()];
    Arrays.setAll(made, i -> make.apply(models.get(i)));
    return made;
  }

  private void mute(boolean on) {
    muted += on ? 1 : -1;
    boolean any = muted > 0;
    models.forEach(m -> m.counters.mute(any));
  }
}
