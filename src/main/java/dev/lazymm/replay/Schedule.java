package dev.lazymm.replay;

import dev.lazymm.kernel.Task;
import java.util.List;

/**
 * What each event of a recording means for the tasks and their mms: done on the {@link Computer} by
 * the kernel's own code, and counted by kind. No event names an mm.
 *
 * <p>What a CPU had borrowed before its first switch is presumed to be init_mm.
 */
final class Schedule implements Lookahead.Target {
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
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_THREAD = 0x10000;

  private final List<Model> models;
  private final int judge; // the model that says of which kind a switch is
  private final Computer computer;
  private final Tally tally;
  private final ExitTimes exitTimes = new ExitTimes();
  private final Tally membarrierTally = new Tally(MembarrierCalls.KINDS);
  private final MembarrierCalls membarriers;
  private final boolean[] borrowKnown; // by CPU: whether it had a user task since it was lost

  Schedule(List<Model> models, Computer computer, int cpus, Tally tally) {
    this.models = models;
    this.computer = computer;
    this.tally = tally;
    int found = 0;
    while (found < models.size() - 1 && !models.get(found).tellsMmsApart()) {
      found++;
    }
    judge = found;
    borrowKnown = new boolean[cpus];
    membarriers = new MembarrierCalls(models, computer, cpus, membarrierTally);
  }

  /** {@return the switches that a tally of this class counted, by kind} */
  static ReplayReport.Switches switches(Tally tally, boolean sinceMark) {
    return new ReplayReport.Switches(
        tally.count(USER_TO_KERNEL, sinceMark),
        tally.count(KERNEL_TO_USER_SAME, sinceMark),
        tally.count(KERNEL_TO_USER_OTHER, sinceMark),
        tally.count(KERNEL_TO_KERNEL, sinceMark),
        tally.count(USER_TO_USER_SAME, sinceMark),
        tally.count(USER_TO_USER_OTHER, sinceMark));
  }

  /** {@return IPIs of membarrier(2)} */
  ReplayReport.Interval membarrierIpis(boolean sinceMark) {
    return membarriers.ipis(sinceMark);
  }

  /** {@return calls of membarrier(2) that may send IPIs} */
  long membarrierCalls(boolean sinceMark) {
    return membarrierTally.count(MembarrierCalls.CALLS, sinceMark);
  }

  @Override
  public void membarrier(int cpu, int pid, long command, long flags) {
    membarriers.enter(cpu, computer.on(cpu, pid), command, flags);
  }

  @Override
  public void membarrierReturns(int cpu, int pid) {
    membarriers.leave(computer.on(cpu, pid), true);
  }

  @Override
  public void mark() {
    tally.mark();
    membarrierTally.mark();
    models.forEach(m -> m.counters.mark());
  }

  @Override
  public void lost(int cpu) {
    computer.lost(cpu);
    borrowKnown[cpu] = false;
    membarriers.observe();
  }

  /**
   * __schedule emits it before context_switch. With {@code dead}, do_task_dead has set TASK_DEAD,
   * and finish_task_switch on the stack of the next task frees the task.
   */
  @Override
  public void schedSwitch(int cpu, int prevPid, boolean dead, int nextPid, long runToExit) {
    ReplayTask prev = computer.on(cpu, prevPid);
    ReplayTask next = nextPid == 0 ? computer.idle(cpu) : computer.find(nextPid);
    if (next == prev) {
      return;
    }
    if (next.cpu != ReplayTask.NOWHERE) { // its switch away from there is missing
      computer.setLossy();
      borrowKnown[next.cpu] = false;
      computer.evict(next);
    }
    if (exitTimes.begun(runToExit) && models.get(judge).isLastUser(prev.tasks[judge])) {
      tally.add(EXITS_WITH_MM);
      computer.beginExitMm(cpu, prev);
    }
    boolean ends = dead && prevPid != 0;
    if (ends) {
      if (!prev.exited) {
        computer.setLossy();
        exitMm(cpu, prev);
      }
      models.forEach(m -> m.doTaskDead(cpu));
    }
    count(cpu, prev, next);
    computer.switchTo(cpu, prev, next);
    if (next.childDone) {
      next.childDone = false;
      flush(cpu);
    }
    if (ends) {
      membarriers.leave(prev, false);
      computer.remove(prev);
    }
    membarriers.observe();
  }

  /** The four cases of context_switch, those between user tasks and to user tasks twice each. */
  private void count(int cpu, ReplayTask prev, ReplayTask next) {
    Model model = models.get(judge);
    Task prevTask = prev.tasks[judge];
    Task nextTask = next.tasks[judge];
    boolean fromUser = model.hasMm(prevTask);
    boolean presumed = !prev.known || !next.known;
    if (!model.hasMm(nextTask)) {
      tally.add(fromUser ? USER_TO_KERNEL : KERNEL_TO_KERNEL);
      borrowKnown[cpu] |= fromUser;
    } else if (fromUser) {
      tally.add(model.sameMm(prevTask, nextTask) ? USER_TO_USER_SAME : USER_TO_USER_OTHER);
      borrowKnown[cpu] = true;
    } else {
      tally.add(model.sameMm(prevTask, nextTask) ? KERNEL_TO_USER_SAME : KERNEL_TO_USER_OTHER);
      presumed |= !borrowKnown[cpu];
      borrowKnown[cpu] = true;
    }
    if (presumed) {
      tally.add(UNKNOWN_MM);
    }
  }

  /**
   * At the end of copy_process: copy_mm has shared the parent's mm for CLONE_VM (threads, vfork,
   * posix_spawn) and copied it otherwise; a parent without mm makes a kernel thread.
   */
  @Override
  public void newTask(int cpu, int pid, int childPid, long flags) {
    ReplayTask parent = computer.on(cpu, pid);
    int tgid = (flags & CLONE_THREAD) != 0 ? parent.tgid : childPid;
    boolean share = (flags & CLONE_VM) != 0;
    if ((flags & CLONE_THREAD) != 0 && parent.sharesPages) {
      parent.sharesPages = false;
      flush(cpu);
    }
    ReplayTask child = copyProcess(cpu, parent, childPid, tgid, share);
    child.known = parent.known || !share;
    child.announced = true;
    membarriers.leave(parent, false);
    membarriers.observe();
    child.waiter = share && (flags & CLONE_VFORK) != 0 ? parent : null;
  }

  /**
   * Right behind task_newtask in kernel_clone. Alone it does not say whether the mm was shared, and
   * a copy is presumed.
   */
  @Override
  public void fork(int cpu, int parentPid, int childPid) {
    ReplayTask announced = computer.known(childPid);
    if (announced != null && announced.announced) {
      announced.announced = false;
      return;
    }
    ReplayTask parent = computer.on(cpu, parentPid);
    ReplayTask child = copyProcess(cpu, parent, childPid, childPid, false);
    child.known = parent.known && !models.get(judge).hasMm(parent.tasks[judge]);
  }

  private ReplayTask copyProcess(int cpu, ReplayTask parent, int pid, int tgid, boolean share) {
    computer.makeWay(cpu, pid);
    Task[] made = new Task[models.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = models.get(i).fork(cpu, parent.tasks[i], share);
    }
    ReplayTask child = new ReplayTask(pid, tgid, true, made);
    child.seen = true;
    if (!share) {
      parent.sharesPages = true;
      child.sharesPages = true;
    }
    computer.put(child);
    return child;
  }

  /**
   * At the end of bprm_execve: exec_mmap, called by begin_new_exec, has taken the new mm and put
   * the old one. A thread other than the leader has the leader's pid by now (de_thread).
   */
  @Override
  public void exec(int cpu, int execPid, int oldPid) {
    if (oldPid != execPid && computer.runs(cpu, oldPid)) {
      computer.exchangeTids(computer.on(cpu, oldPid), execPid);
    }
    ReplayTask task = computer.on(cpu, execPid);
    membarriers.leave(task, false);
    models.forEach(m -> m.exec(cpu));
    task.known = true;
    task.sharesPages = false;
    endWait(task);
    membarriers.observe();
    borrowKnown[cpu] = true;
  }

  /** do_exit has called exit_mm just before. */
  @Override
  public void exit(int cpu, int exitPid, long runOutside) {
    ReplayTask task = computer.on(cpu, exitPid);
    if (models.get(judge).isLastUser(task.tasks[judge])) {
      exitTimes.add(runOutside);
    }
    exitMm(cpu, task);
  }

  /** complete_vfork_done: posix_spawn returns in the parent, and unmaps the child's stack. */
  private void endWait(ReplayTask child) {
    ReplayTask waiter = child.waiter;
    child.waiter = null;
    if (waiter == null) {
      return;
    }
    if (waiter.cpu == ReplayTask.NOWHERE) {
      waiter.childDone = true;
    } else {
      flush(waiter.cpu);
    }
  }

  /**
   * A flush of which no event tells. Only those are done that must have been: the first thread of a
   * process that forked or was forked writes to the C library's lists of threads, whose page was
   * write-protected; and posix_spawn unmaps the child's stack.
   */
  private void flush(int cpu) {
    models.forEach(m -> m.flush(cpu));
  }

  private void exitMm(int cpu, ReplayTask task) {
    endWait(task);
    if (models.get(judge).hasMm(task.tasks[judge])) {
      tally.add(EXITS_WITH_MM);
    }
    membarriers.leave(task, false);
    computer.exitMm(cpu, task);
    membarriers.observe();
  }
}
