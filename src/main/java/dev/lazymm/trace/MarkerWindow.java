package dev.lazymm.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Divides a recording at two markers that a program wrote into it: the events between them go to
 * one sink, those before and after to another.
 *
 * <p>The window is one of time: an event is inside if {@code begin <= ts <= end}, where begin is
 * the time of the first marker with the text {@code from} and end that of the first marker behind
 * it with the text {@code to}. Several events may share a stamp, because the kernel prints
 * microseconds. So an event that stands before the begin marker in the file, but has its time, is
 * inside too, and so is one behind the end marker with the end marker's time. The markers
 * themselves are inside.
 *
 * <p>Order is kept: what the two sinks receive, put together, is the recording. Before the window,
 * events are therefore held until the next later event shows that they are outside; {@link #finish}
 * releases the last of them and must be called after a read, whole or not. {@link #header} goes to
 * both sinks. LOST and similar lines carry the time of the event before them and go where it goes.
 *
 * <p>For one reader, used once.
 */
public final class MarkerWindow implements TraceSink {
  private enum Phase {
    BEFORE,
    INSIDE,
    LAST_STAMP,
    AFTER
  }

  private final byte @Nullable [] from;
  private final byte @Nullable [] to;
  private final TraceSink inside;
  private final TraceSink outside;
  private final List<TraceEvent> held = new ArrayList<>();
  private final TraceSink holder = TraceSink.toEvents(held::add);
  private Phase phase;
  private OptionalLong begin = OptionalLong.empty();
  private OptionalLong end = OptionalLong.empty();

  /**
   * Makes a window.
   *
   * @param from the whole text of the marker that opens it; null: open from the first event on
   * @param to the whole text of the marker that closes it; null: open to the end
   * @param inside gets the events of the window
   * @param outside gets all others
   */
  public MarkerWindow(
      @Nullable String from, @Nullable String to, TraceSink inside, TraceSink outside) {
    this.from = bytes(from);
    this.to = bytes(to);
    this.inside = Objects.requireNonNull(inside);
    this.outside = Objects.requireNonNull(outside);
    this.phase = from == null ? Phase.INSIDE : Phase.BEFORE;
  }

  /** {@return the time of the opening marker; empty if it was not asked for or not seen} */
  public OptionalLong begin() {
    return begin;
  }

  /** {@return the time of the closing marker; empty if it was not asked for or not seen} */
  public OptionalLong end() {
    return end;
  }

  /** {@return whether every marker that was asked for was seen} */
  public boolean complete() {
    return (from == null || begin.isPresent()) && (to == null || end.isPresent());
  }

  /** Releases what is held; to be called when the reader is through. */
  public void finish() {
    release(outside);
  }

  @Override
  public void header(TraceInfo info) {
    inside.header(info);
    outside.header(info);
  }

  @Override
  public void marker(long ts, int cpu, int pid, TraceText text) {
    TraceSink target = route(ts);
    if (phase == Phase.BEFORE && from != null && text.contentEquals(from)) {
      release(inside);
      phase = Phase.INSIDE;
      begin = OptionalLong.of(ts);
      target = inside;
    } else if (phase == Phase.INSIDE && to != null && text.contentEquals(to)) {
      phase = Phase.LAST_STAMP;
      end = OptionalLong.of(ts);
    }
    target.marker(ts, cpu, pid, text);
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
    route(ts).schedSwitch(ts, cpu, pid, prevPid, prevComm, prevState, nextPid, nextComm);
  }

  @Override
  public void newTask(
      long ts, int cpu, int pid, int childPid, TraceText childComm, long cloneFlags) {
    route(ts).newTask(ts, cpu, pid, childPid, childComm, cloneFlags);
  }

  @Override
  public void fork(long ts, int cpu, int pid, int parentPid, int childPid, TraceText childComm) {
    route(ts).fork(ts, cpu, pid, parentPid, childPid, childComm);
  }

  @Override
  public void exec(long ts, int cpu, int pid, int execPid, int oldPid, TraceText filename) {
    route(ts).exec(ts, cpu, pid, execPid, oldPid, filename);
  }

  @Override
  public void exit(long ts, int cpu, int pid, int exitPid, TraceText comm) {
    route(ts).exit(ts, cpu, pid, exitPid, comm);
  }

  @Override
  public void membarrier(long ts, int cpu, int pid, long command, long flags) {
    route(ts).membarrier(ts, cpu, pid, command, flags);
  }

  @Override
  public void other(long ts, int cpu, int pid, TraceText name) {
    route(ts).other(ts, cpu, pid, name);
  }

  @Override
  public void lost(long ts, int cpu, long count) {
    route(ts).lost(ts, cpu, count);
  }

  @Override
  public void bufferStarted(long ts, int cpu) {
    route(ts).bufferStarted(ts, cpu);
  }

  private TraceSink route(long ts) {
    return switch (phase) {
      case BEFORE -> {
        if (!held.isEmpty() && ts > held.getFirst().ts()) {
          release(outside);
        }
        yield holder;
      }
      case INSIDE -> inside;
      case LAST_STAMP -> {
        if (ts <= end.orElseThrow()) {
          yield inside;
        }
        phase = Phase.AFTER;
        yield outside;
      }
      case AFTER -> outside;
    };
  }

  private void release(TraceSink sink) {
    held.forEach(event -> event.sendTo(sink));
    held.clear();
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.stripTrailing().getBytes(StandardCharsets.UTF_8);
  }
}
