package dev.lazymm.trace;

import java.util.function.Consumer;

/** Makes a {@link TraceEvent} of each call. */
final class EventMaker implements TraceSink {
  private final Consumer<? super TraceEvent> consumer;

  EventMaker(Consumer<? super TraceEvent> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void schedSwitch(
      long ts,
      int cpu,
      int pid,
      int prevPid,
      TraceText prevComm,
      int prevState,
      int nextPid,
      TraceText nextComm) {
    consumer.accept(
        new TraceEvent.SchedSwitch(
            ts, cpu, pid, prevPid, prevComm.toString(), prevState, nextPid, nextComm.toString()));
  }

  @Override
  public void newTask(
      long ts, int cpu, int pid, int childPid, TraceText childComm, long cloneFlags) {
    consumer.accept(
        new TraceEvent.NewTask(ts, cpu, pid, childPid, childComm.toString(), cloneFlags));
  }

  @Override
  public void fork(long ts, int cpu, int pid, int parentPid, int childPid, TraceText childComm) {
    consumer.accept(new TraceEvent.Fork(ts, cpu, pid, parentPid, childPid, childComm.toString()));
  }

  @Override
  public void exec(long ts, int cpu, int pid, int execPid, int oldPid, TraceText filename) {
    consumer.accept(new TraceEvent.Exec(ts, cpu, pid, execPid, oldPid, filename.toString()));
  }

  @Override
  public void exit(long ts, int cpu, int pid, int exitPid, TraceText comm) {
    consumer.accept(new TraceEvent.Exit(ts, cpu, pid, exitPid, comm.toString()));
  }

  @Override
  public void membarrier(long ts, int cpu, int pid, long command, long flags) {
    consumer.accept(new TraceEvent.Membarrier(ts, cpu, pid, command, flags));
  }

  @Override
  public void marker(long ts, int cpu, int pid, TraceText text) {
    consumer.accept(new TraceEvent.Marker(ts, cpu, pid, text.toString()));
  }

  @Override
  public void other(long ts, int cpu, int pid, TraceText name) {
    consumer.accept(new TraceEvent.Other(ts, cpu, pid, name.toString()));
  }

  @Override
  public void lost(long ts, int cpu, long count) {
    consumer.accept(new TraceEvent.Lost(ts, cpu, count));
  }

  @Override
  public void bufferStarted(long ts, int cpu) {
    consumer.accept(new TraceEvent.BufferStarted(ts, cpu));
  }
}
