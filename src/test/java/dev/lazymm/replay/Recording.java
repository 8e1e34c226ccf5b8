package dev.lazymm.replay;

import dev.lazymm.trace.TaskList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a recording by hand: ftrace text as the kernel prints it, and the task list that goes with
 * it. Events are 10 us apart unless told otherwise.
 */
final class Recording {
  /** Clone flags of fork. */
  static final String FORK = "1200000";

  /** Clone flags of vfork and posix_spawn: CLONE_VM, CLONE_VFORK. */
  static final String VFORK = "4100";

  /** Clone flags of pthread_create: CLONE_VM, CLONE_THREAD and more. */
  static final String THREAD = "3d0f00";

  private final int cpus;
  private final Map<Integer, String> comms = new HashMap<>();
  private final StringBuilder tasks =
      new StringBuilder("# pid tgid ppid flags(hex) kthread cpu has_mm comm\n");
  private final StringBuilder body = new StringBuilder();
  private long us = 1_000_000;
  private int step = 10;
  private int lines;

  Recording(int cpus) {
    this.cpus = cpus;
  }

  /** Gives a task a name; without one it is called after its pid. */
  Recording comm(int pid, String comm) {
    comms.put(pid, comm);
    return this;
  }

  /** A process that was there before. */
  Recording user(int pid) {
    return thread(pid, pid);
  }

  /** A thread that was there before. */
  Recording thread(int tgid, int pid) {
    tasks.append("%d %d 1 400040 0 0 1 %s\n".formatted(pid, tgid, comm(0, pid)));
    return this;
  }

  /** A kernel thread that was there before. */
  Recording kthread(int pid) {
    tasks.append("%d %d 2 208040 1 0 0 %s\n".formatted(pid, pid, comm(0, pid)));
    return this;
  }

  /** The time between two events from here on; 0 gives several events one stamp. */
  Recording every(int microseconds) {
    step = microseconds;
    return this;
  }

  /** Lets time go by before the next event. */
  Recording pause(int microseconds) {
    us += microseconds;
    return this;
  }

  Recording sw(int cpu, int prev, String state, int next) {
    return line(
        cpu,
        prev,
        ("sched_switch: prev_comm=%s prev_pid=%d prev_prio=120 prev_state=%s"
                + " ==> next_comm=%s next_pid=%d next_prio=120")
            .formatted(comm(cpu, prev), prev, state, comm(cpu, next), next));
  }

  /** task_newtask and the sched_process_fork behind it. */
  Recording clone(int cpu, int parent, int child, String flags) {
    return newTask(cpu, parent, child, flags).fork(cpu, parent, child);
  }

  Recording newTask(int cpu, int parent, int child, String flags) {
    return line(
        cpu,
        parent,
        "task_newtask: pid=%d comm=%s clone_flags=%s oom_score_adj=0"
            .formatted(child, comm(cpu, child), flags));
  }

  Recording fork(int cpu, int parent, int child) {
    return line(
        cpu,
        parent,
        "sched_process_fork: comm=%s pid=%d child_comm=%s child_pid=%d"
            .formatted(comm(cpu, parent), parent, comm(cpu, child), child));
  }

  Recording exec(int cpu, int pid, int oldPid) {
    return line(
        cpu,
        pid,
        "sched_process_exec: filename=/bin/true pid=%d old_pid=%d".formatted(pid, oldPid));
  }

  Recording exit(int cpu, int pid) {
    return line(
        cpu, pid, "sched_process_exit: comm=%s pid=%d prio=120".formatted(comm(cpu, pid), pid));
  }

  /** sys_enter of membarrier(2); the command in hexadecimal. */
  Recording membarrier(int cpu, int pid, String command) {
    return line(cpu, pid, "sys_membarrier(cmd: %s, flags: 0, cpu_id: 0)".formatted(command));
  }

  Recording membarrierReturns(int cpu, int pid) {
    return line(cpu, pid, "sys_membarrier -> 0x0");
  }

  Recording marker(int cpu, int pid, String text) {
    return line(cpu, pid, "tracing_mark_write: " + text);
  }

  /** sched_wakeup, which says nothing about address spaces. */
  Recording wakeup(int cpu, int pid, int woken) {
    return line(
        cpu,
        pid,
        "sched_wakeup: comm=%s pid=%d prio=120 target_cpu=%03d"
            .formatted(comm(cpu, woken), woken, cpu));
  }

  Recording lost(int cpu, int count) {
    body.append("CPU:%d [LOST %d EVENTS]\n".formatted(cpu, count));
    return this;
  }

  private Recording line(int cpu, int pid, String event) {
    us += step;
    lines++;
    body.append(
        String.format(
            Locale.ROOT,
            "%16s-%-7d [%03d] d..2. %5d.%06d: %s\n",
            comm(cpu, pid).replace("swapper/" + cpu, "<idle>"),
            pid,
            cpu,
            us / 1_000_000,
            us % 1_000_000,
            event));
    return this;
  }

  private String comm(int cpu, int pid) {
    return pid == 0 ? "swapper/" + cpu : comms.getOrDefault(pid, "task " + pid);
  }

  /** {@return the text of the file {@code trace}} */
  String text() {
    return """
    # tracer: nop
    #
    # entries-in-buffer/entries-written: %d/%d   #P:%d
    #
    %s\
    """
        .formatted(lines, lines, cpus, body);
  }

  String tasks() {
    return tasks.toString();
  }

  ReplayReport replay() {
    return replay(Replayer.Options.everything());
  }

  ReplayReport replay(Replayer.Options options) {
    try {
      return Replay.run(stream(text()), "by hand", taskList(), options, bytes -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TaskList taskList() throws IOException {
    return TaskList.read(stream(tasks()), "by hand");
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static ReplayReport.Costs costs(ReplayReport report, String design, String arch) {
    var arches = report.designs().get(design);
    var costs = arches == null ? null : arches.get(arch);
    if (costs == null) {
      throw new AssertionError("no " + design + " on " + arch);
    }
    return costs;
  }
}
