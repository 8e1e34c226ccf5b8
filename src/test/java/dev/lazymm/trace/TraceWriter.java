package dev.lazymm.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events as the kernel would, with any of its options. */
record TraceWriter(boolean head, boolean tgid, String flags, boolean ticks, String lineEnd) {

  /** {@return the text of {@code events}, all of which ran as {@code comm}} */
  String write(List<TraceEvent> events, int cpus, String comm) {
    StringBuilder text = new StringBuilder();
    if (head) {
      line(text, "# tracer: nop");
      line(text, "#");
      line(
          text,
          "# entries-in-buffer/entries-written: %d/%d   #P:%d"
              .formatted(events.size(), events.size(), cpus));
    }
    for (TraceEvent event : events) {
      line(text, columns(event, comm) + payload(event));
    }
    return text.toString();
  }

  private void line(StringBuilder text, String line) {
    text.append(line).append(lineEnd);
  }

  private String columns(TraceEvent event, String comm) {
    if (event.pid() == TraceEvent.NO_PID) {
      return "";
    }
    int padding = 16 - comm.getBytes(StandardCharsets.UTF_8).length;
    String group =
        !tgid ? "" : event.pid() % 2 == 0 ? "(-------) " : "(%7d) ".formatted(event.pid());
    String time =
        ticks
            ? " %12d".formatted(event.ts())
            : " %5d.%06d".formatted(event.ts() / 1_000_000_000, event.ts() / 1000 % 1_000_000);
    return " ".repeat(padding)
        + "%s-%-7d %s[%03d] %s%s: ".formatted(comm, event.pid(), group, event.cpu(), flags, time);
  }

  private static String payload(TraceEvent event) {
    return switch (event) {
      case TraceEvent.SchedSwitch e ->
          "sched_switch: prev_comm=%s prev_pid=%d prev_prio=120 prev_state=%s ==> next_comm=%s next_pid=%d next_prio=-1"
              .formatted(
                  e.prevComm(),
                  e.prevPid(),
                  PrevState.text(e.prevState()),
                  e.nextComm(),
                  e.nextPid());
      case TraceEvent.NewTask e ->
          "task_newtask: pid=%d comm=%s clone_flags=%x oom_score_adj=-5"
              .formatted(e.childPid(), e.childComm(), e.cloneFlags());
      case TraceEvent.Fork e ->
          "sched_process_fork: comm=parent pid=%d child_comm=%s child_pid=%d"
              .formatted(e.parentPid(), e.childComm(), e.childPid());
      case TraceEvent.Exec e ->
          "sched_process_exec: filename=%s pid=%d old_pid=%d"
              .formatted(e.filename(), e.execPid(), e.oldPid());
      case TraceEvent.Exit e ->
          "sched_process_exit: comm=%s pid=%d prio=120".formatted(e.comm(), e.exitPid());
      case TraceEvent.Membarrier e ->
          "sys_membarrier(cmd: %x, flags: %x, cpu_id: 0)".formatted(e.command(), e.flags());
      case TraceEvent.Marker e -> "tracing_mark_write: " + e.text();
      case TraceEvent.Other e -> e.name() + ": pid=5 target_cpu=003";
      case TraceEvent.Lost e ->
          e.count() < 0
              ? "CPU:%d [LOST EVENTS]".formatted(e.cpu())
              : "CPU:%d [LOST %d EVENTS]".formatted(e.cpu(), e.count());
      case TraceEvent.BufferStarted e -> "##### CPU %d buffer started ####".formatted(e.cpu());
    };
  }
}
