package dev.lazymm.trace;

import java.util.function.Consumer;

/**
 * Receives the events of a recording one by one, without objects being made: the hot path.
 *
 * <p>Every method does nothing unless overridden. {@code ts} is the event's time in the smallest
 * unit that the recording knows (see {@link Clock}), {@code cpu} the CPU that recorded it, {@code
 * pid} the task that was running there (0 for idle). A {@link TraceText} is valid only during the
 * call.
 */
public interface TraceSink {

  /** {@return a sink that makes a record of each event} */
  static TraceSink toEvents(Consumer<? super TraceEvent> consumer) {
    return new EventMaker(consumer);
  }

  /** What the comment lines at the head of the file say; called once, before any event. */
  default void header(TraceInfo info) {}

  /** A CPU goes from one task to another; {@code prevState} is read with {@link PrevState}. */
  default void schedSwitch(
      long ts,
      int cpu,
      int pid,
      int prevPid,
      TraceText prevComm,
      int prevState,
      int nextPid,
      TraceText nextComm) {}

  /** {@code task_newtask}: task {@code pid} made {@code childPid} with these clone flags. */
  default void newTask(
      long ts, int cpu, int pid, int childPid, TraceText childComm, long cloneFlags) {}

  /** {@code sched_process_fork}: says the same as {@link #newTask}, without the flags. */
  default void fork(long ts, int cpu, int pid, int parentPid, int childPid, TraceText childComm) {}

  /**
   * {@code sched_process_exec}: task {@code execPid} runs a new program. {@code oldPid} differs
   * when a thread other than the leader called execve and took over the leader's pid.
   */
  default void exec(long ts, int cpu, int pid, int execPid, int oldPid, TraceText filename) {}

  /** {@code sched_process_exit}: task {@code exitPid} ends; it still runs until its last switch. */
  default void exit(long ts, int cpu, int pid, int exitPid, TraceText comm) {}

  /** Entry of membarrier(2), with the arguments of the call. */
  default void membarrier(long ts, int cpu, int pid, long command, long flags) {}

  /** Text that a program wrote to {@code trace_marker}, without trailing white space. */
  default void marker(long ts, int cpu, int pid, TraceText text) {}

  /** Any other event, by name. */
  default void other(long ts, int cpu, int pid, TraceText name) {}

  /**
   * Events of {@code cpu} are missing here. {@code ts} is that of the event before in the file.
   *
   * @param count how many, or {@link TraceEvent.Lost#UNKNOWN}
   */
  default void lost(long ts, int cpu, long count) {}

  /**
   * The buffer of {@code cpu} begins here: older events of this CPU, but not of others, were
   * overwritten. {@code ts} is that of the event before in the file.
   */
  default void bufferStarted(long ts, int cpu) {}
}
