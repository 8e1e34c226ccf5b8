package dev.lazymm.trace;

/**
 * One event of a recording as a value: the easy view, for tests, reports and small files. Large
 * files go through {@link TraceSink}.
 *
 * <p>Times are in the recording's own unit, see {@link Clock}. {@code pid} is the task that was
 * running on the CPU. The payloads are those of {@code include/trace/events/sched.h} and {@code
 * task.h}.
 */
public sealed interface TraceEvent {
  /** {@return the time of the event, in the recording's unit} */
  long ts();

  /** {@return the CPU that recorded it; {@link #NO_CPU} if nobody can say} */
  int cpu();

  /** {@return the task that was running; 0 for idle, {@link #NO_PID} if nobody can say} */
  int pid();

  /** Gives this event to a sink, as the reader would. */
  void sendTo(TraceSink sink);

  /** The pid of a line that has none. */
  int NO_PID = -1;

  /** The CPU of a line that has none, in the text of a perf that was not told to record it. */
  int NO_CPU = -1;

  /** A CPU goes from one task to another. */
  record SchedSwitch(
      long ts,
      int cpu,
      int pid,
      int prevPid,
      String prevComm,
      int prevState,
      int nextPid,
      String nextComm)
      implements TraceEvent {

    /** {@return whether the task that left was preempted} */
    public boolean preempted() {
      return PrevState.isPreempted(prevState);
    }

    /** {@return whether the task that left has ended} */
    public boolean dead() {
      return PrevState.isDead(prevState);
    }

    @Override
    public void sendTo(TraceSink sink) {
      TraceText prev = TraceText.of(prevComm);
      sink.schedSwitch(ts, cpu, pid, prevPid, prev, prevState, nextPid, TraceText.of(nextComm));
    }
  }

  /** Task {@code pid} made a child; the flags say what they share. */
  record NewTask(long ts, int cpu, int pid, int childPid, String childComm, long cloneFlags)
      implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.newTask(ts, cpu, pid, childPid, TraceText.of(childComm), cloneFlags);
    }
  }

  /** The same act without the flags; all there is in recordings without {@code task_newtask}. */
  record Fork(long ts, int cpu, int pid, int parentPid, int childPid, String childComm)
      implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.fork(ts, cpu, pid, parentPid, childPid, TraceText.of(childComm));
    }
  }

  /** A task runs a new program, under a new pid if it was not the leader of its group. */
  record Exec(long ts, int cpu, int pid, int execPid, int oldPid, String filename)
      implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.exec(ts, cpu, pid, execPid, oldPid, TraceText.of(filename));
    }
  }

  /** A task ends. */
  record Exit(long ts, int cpu, int pid, int exitPid, String comm) implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.exit(ts, cpu, pid, exitPid, TraceText.of(comm));
    }
  }

  /** A task calls membarrier(2). */
  record Membarrier(long ts, int cpu, int pid, long command, long flags) implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.membarrier(ts, cpu, pid, command, flags);
    }
  }

  /** A program wrote a text into the recording. */
  record Marker(long ts, int cpu, int pid, String text) implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.marker(ts, cpu, pid, TraceText.of(text));
    }
  }

  /** An event of no interest here. */
  record Other(long ts, int cpu, int pid, String name) implements TraceEvent {
    @Override
    public void sendTo(TraceSink sink) {
      sink.other(ts, cpu, pid, TraceText.of(name));
    }
  }

  /** Events of one CPU are missing; the time is that of the event before in the file. */
  record Lost(long ts, int cpu, long count) implements TraceEvent {
    /** The count of a line that gives none. */
    public static final long UNKNOWN = -1;

    @Override
    public int pid() {
      return NO_PID;
    }

    @Override
    public void sendTo(TraceSink sink) {
      sink.lost(ts, cpu, count);
    }
  }

  /** What is left of one CPU's buffer begins here; the time is that of the event before. */
  record BufferStarted(long ts, int cpu) implements TraceEvent {
    @Override
    public int pid() {
      return NO_PID;
    }

    @Override
    public void sendTo(TraceSink sink) {
      sink.bufferStarted(ts, cpu);
    }
  }
}
