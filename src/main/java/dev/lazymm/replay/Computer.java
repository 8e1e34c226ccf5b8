package dev.lazymm.replay;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.trace.TaskList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The recorded computer, kept the same in every driven kernel: its tasks by pid and who runs where.
 *
 * <p>What a CPU runs is learnt from the first event that tells. An event that does not fit what is
 * known means that others are missing: the state is repaired without counting, and {@link #lossy}
 * says so. A task that nothing introduced is presumed to have an mm of its own.
 */
final class Computer {
  private final List<Model> models;
  private final Map<Integer, ReplayTask> tasks = new HashMap<>();
  private final ReplayTask[] idle;
  private final ReplayTask[] current;
  private final boolean[] sure; // whether current is known
  private int muted; // how many want it
  private boolean lossy;

  Computer(List<Model> models, int cpus) {
    this.models = models;
    idle = new ReplayTask[cpus];
    for (int i = 0; i < cpus; i++) {
      int cpu = i;
      idle[i] = new ReplayTask(0, 0, true, inEach(m -> m.idle(cpu)));
      idle[i].cpu = i;
    }
    current = idle.clone();
    sure = new boolean[cpus];
  }

  /** {@return whether an event did not fit those before} */
  boolean lossy() {
    return lossy;
  }

  void setLossy() {
    lossy = true;
  }

  /** The tasks that were there when the recording began: those of one tgid share an mm. */
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

  ReplayTask idle(int cpu) {
    return idle[cpu];
  }

  /** {@return the task with this pid, which an event says runs on this CPU} */
  ReplayTask on(int cpu, int pid) {
    ReplayTask now = current[cpu];
    if (sure[cpu]) {
      if (now.pid == pid || tidsExchanged(now, pid)) {
        return now;
      }
      lossy = true;
    }
    ReplayTask task = pid == 0 ? idle[cpu] : find(pid);
    if (task.cpu != cpu) {
      evict(task);
      mute(true);
      switchTo(cpu, now, task);
      mute(false);
    }
    sure[cpu] = true;
    return task;
  }

  /** {@return whether the CPU is known to run this pid} */
  boolean runs(int cpu, int pid) {
    return sure[cpu] && current[cpu].pid == pid;
  }

  /** {@return whether it is known what the CPU runs} */
  boolean isSure(int cpu) {
    return sure[cpu];
  }

  /** From here on it is not known what the CPU runs. */
  void lost(int cpu) {
    sure[cpu] = false;
  }

  /** {@return the task with this pid, if it is known} */
  @Nullable ReplayTask known(int pid) {
    return tasks.get(pid);
  }

  /** {@return the task with this pid; one that nothing introduced is presumed to own an mm} */
  ReplayTask find(int pid) {
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

  void put(ReplayTask task) {
    tasks.put(task.pid, task);
  }

  void remove(ReplayTask task) {
    tasks.remove(task.pid, task);
  }

  /** Switches a CPU in every kernel. */
  void switchTo(int cpu, ReplayTask prev, ReplayTask next) {
    for (int i = 0; i < models.size(); i++) {
      models.get(i).schedule(cpu, next.tasks[i]);
    }
    prev.cpu = ReplayTask.NOWHERE;
    next.cpu = cpu;
    current[cpu] = next;
  }

  /** Takes a task from its CPU, if it is on one, without counting it. */
  void evict(ReplayTask task) {
    int cpu = task.cpu;
    if (cpu == ReplayTask.NOWHERE) {
      return;
    }
    mute(true);
    switchTo(cpu, task, idle[cpu]);
    mute(false);
    sure[cpu] = false;
  }

  /** exit_mm of the task that runs on this CPU, or what is left of it to do. */
  void exitMm(int cpu, ReplayTask task) {
    Mm[] begun = task.endExit();
    for (int i = 0; i < models.size(); i++) {
      if (begun.length > 0) {
        models.get(i).endExitMm(cpu, begun[i]);
      } else {
        models.get(i).exitMm(cpu);
      }
    }
    task.exited = true;
  }

  /** exit_mm of the task that runs on this CPU, as far as exit_mmap. */
  void beginExitMm(int cpu, ReplayTask task) {
    Mm[] begun = new Mm[models.size()];
    Arrays.setAll(begun, i -> models.get(i).beginExitMm(cpu));
    task.exiting = begun;
  }

  /** A new task has this pid: if another one still has it, its end was not recorded. */
  void makeWay(int cpu, int pid) {
    ReplayTask old = tasks.remove(pid);
    if (old == null) {
      return;
    }
    lossy |= old.seen; // otherwise it ended before the recording began
    evict(old);
    ReplayTask interrupted = current[cpu];
    mute(true);
    switchTo(cpu, interrupted, old);
    exitMm(cpu, old);
    models.forEach(m -> m.doTaskDead(cpu));
    switchTo(cpu, old, interrupted);
    mute(false);
  }

  /**
   * exchange_tids in de_thread: a thread that calls execve waits until all others are dead or dying
   * and takes the leader's number; the leader gets the thread's.
   */
  void exchangeTids(ReplayTask thread, int leaderPid) {
    ReplayTask leader = tasks.remove(leaderPid);
    tasks.remove(thread.pid, thread);
    if (leader != null) {
      leader.pid = thread.pid;
      put(leader);
    }
    thread.pid = leaderPid;
    put(thread);
  }

  /**
   * {@return whether {@code now} is the task that the event calls {@code pid}} No event tells of
   * exchange_tids itself. What is seen first is either the thread under the leader's number or, on
   * its way to its last switch, the leader under the thread's.
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
