package dev.lazymm.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a {@link Walk} stands: who runs where, with which mm and which references. */
final class WalkState {
  final Map<String, TaskState> tasks = new LinkedHashMap<>();
  final List<CpuState> cpus;

  WalkState(List<CpuState> cpus) {
    this.cpus = cpus;
  }

  TaskState task(String name) {
    return tasks.computeIfAbsent(name, TaskState::new);
  }

  /** One task. */
  static final class TaskState {
    final String name;

    /** Its own mm. */
    @Nullable String mm;

    /** The use that is open, of a kernel thread. */
    @Nullable Use use;

    boolean alive;
    boolean dead;

    /** Whether it has neither exited nor exec'd. */
    boolean keepsMm = true;

    /** Where it runs, -1 for nowhere. */
    int cpu = -1;

    TaskState(String name) {
      this.name = name;
    }
  }

  /** An mm in use by a kernel thread, since {@code op} on a CPU. */
  record Use(String mm, Op op, int cpu) {}

  /** Whether a CPU is there. */
  enum Plugged {
    /** It is. */
    ONLINE,
    /** It has left, and nobody has taken note yet. */
    DEAD,
    /** It has left. */
    OFFLINE,
    /** It may come back. */
    COMING
  }

  /** One CPU. */
  static final class CpuState {
    final int id;
    final List<Op> ops;
    final Holdings holdings = new Holdings();

    /** Whether it is there, and how far it is on its way out or in. */
    Plugged plugged = Plugged.ONLINE;

    /** How many of the ops are done. */
    int next;

    /** What runs here, null for the idle task. */
    @Nullable TaskState current;

    /** Whether the current task's code is in a restartable sequence. */
    boolean inRseq;

    /** What ran here when the preemption began, and what was held. */
    @Nullable TaskState preempted;

    @Nullable Holdings before;

    CpuState(int id, List<Op> ops) {
      this.id = id;
      this.ops = ops;
    }

    boolean done() {
      return next == ops.size();
    }

    Op op() {
      return ops.get(next);
    }

    /** Switches to a task, null for the idle task. */
    void enter(@Nullable TaskState task) {
      if (current != null) {
        current.cpu = -1;
      }
      current = task;
      if (task != null) {
        task.cpu = id;
      }
    }
  }
}
