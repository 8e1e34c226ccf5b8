package dev.lazymm.replay;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import org.jspecify.annotations.Nullable;

/** A task of the recording: who it is, and what it is in each of the driven kernels. */
final class ReplayTask {
  /** {@link #cpu} of a task that runs nowhere. */
  static final int NOWHERE = -1;

  private static final Mm[] NOTHING = {};

  /** Its task_struct in each model. */
  final Task[] tasks;

  /** Its number now: exec by a thread other than the leader changes it. */
  int pid;

  /** The number of its thread group. */
  final int tgid;

  /** Whether it is known what mm it has. */
  boolean known;

  /** Whether it was seen to do anything yet, or only read in the task list. */
  boolean seen;

  /** Whether it has passed exit_mm; it may still run for a while. */
  boolean exited;

  /** In each model the mm that it is just tearing down; empty but within exit_mm. */
  Mm[] exiting = NOTHING;

  /** Whether the next sched_process_fork about it repeats a task_newtask. */
  boolean announced;

  /** Whether it has pages that a fork has shared, and that its next write to them must copy. */
  boolean sharesPages;

  /** Who waits until this task, a vfork child, execs or exits; null if nobody does. */
  @Nullable ReplayTask waiter;

  /** Whether its vfork child is done, so that it flushes when it runs again. */
  boolean childDone;

  /** The CPU it runs on. */
  int cpu = NOWHERE;

  ReplayTask(int pid, int tgid, boolean known, Task[] tasks) {
    this.pid = pid;
    this.tgid = tgid;
    this.known = known;
    this.tasks = tasks;
  }

  /** {@return {@link #exiting}, which is empty from here on} */
  Mm[] endExit() {
    Mm[] mms = exiting;
    exiting = NOTHING;
    return mms;
  }

  @Override
  public String toString() {
    return "task " + pid;
  }
}
