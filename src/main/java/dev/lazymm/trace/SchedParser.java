package dev.lazymm.trace;

import static dev.lazymm.trace.Label.label;

/**
 * Reads the payloads of the scheduler's events; each method gets the place behind the name's colon.
 *
 * <p>Why this is unambiguous although a comm may contain keys: a comm has at most 15 bytes. In
 * {@code sched_switch} the text between the two comms, from {@code " prev_pid="} to {@code
 * "next_comm="}, is longer and has only one place for {@code " prev_pid="}, so it can neither stand
 * inside a comm nor overlap with itself: the first place where the whole of it matches is the true
 * one. The same holds for {@code " pid=N child_comm="} of {@code sched_process_fork}. Everything
 * behind the last comm is taken from the line's end.
 *
 * <p>The formats are the {@code TP_printk} lines of {@code include/trace/events/sched.h} and {@code
 * task.h}.
 */
final class SchedParser {
  private static final Label PREV_COMM = label("prev_comm=");
  private static final Label PREV_PID = label(" prev_pid=");
  private static final Label PREV_PRIO = label(" prev_prio=");
  private static final Label PREV_STATE = label(" prev_state=");
  private static final Label NEXT_COMM = label(" ==> next_comm=");
  private static final Label NEXT_PID = label(" next_pid=");
  private static final Label NEXT_PRIO = label(" next_prio=");
  private static final Label COMM = label("comm=");
  private static final Label PID_FIRST = label("pid=");
  private static final Label SPACE_COMM = label(" comm=");
  private static final Label PID = label(" pid=");
  private static final Label PRIO = label(" prio=");
  private static final Label CHILD_COMM = label(" child_comm=");
  private static final Label CHILD_PID = label(" child_pid=");
  private static final Label CLONE_FLAGS = label(" clone_flags=");
  private static final Label OOM_SCORE = label(" oom_score_adj=");
  private static final Label FILENAME = label("filename=");
  private static final Label OLD_PID = label(" old_pid=");
  private static final Label GROUP_DEAD = label(" group_dead=");
  private static final Label COLON = label(":");
  private static final Label OPEN_PRIO = label(" [");
  private static final Label CLOSE_PRIO = label("]");
  private static final Label BEFORE_STATE = label("] ");
  private static final Label ARROW = label(" ==> ");
  private static final int LONGEST_COMM = 15;

  private static final Label TRUE = label("true");
  private static final Label FALSE = label("false");

  private final Lines lines;
  private final byte[] bytes;
  private final Columns columns;
  private final TraceSink sink;
  private final Payload payload;
  private final TraceText text = new TraceText();
  private final TraceText text2 = new TraceText();
  private int prevPid;
  private int prevState;

  SchedParser(Lines lines, Columns columns, TraceSink sink) {
    this.lines = lines;
    this.bytes = lines.bytes;
    this.columns = columns;
    this.sink = sink;
    this.payload = new Payload(lines);
  }

  void schedSwitch(int from) {
    if (!open(from).tryLabel(PREV_COMM)) {
      shortSwitch();
      return;
    }
    payload.skipLastSigned(NEXT_PRIO);
    int nextPid = payload.lastNumber(NEXT_PID);
    int comm = payload.at;
    int commEnd = comm;
    while (!betweenComms(commEnd)) {
      commEnd = nextSpace(commEnd + 1);
    }
    text.set(bytes, comm, commEnd);
    text2.set(bytes, payload.at, payload.end);
    sink.schedSwitch(
        columns.ts, columns.cpu, columns.pid, prevPid, text, prevState, nextPid, text2);
  }

  /**
   * {@code sh:71 [120] S ==> ls:72 [120]}, from {@code plugin_sched_switch.c} of libtraceevent.
   * Only a comm made for it can look like its middle, and the pid of the line then tells.
   */
  private void shortSwitch() {
    if (!payload.endsWith(CLOSE_PRIO)) {
      throw payload.noMatch();
    }
    payload.skipLastSigned(OPEN_PRIO);
    int nextPid = payload.lastNumber(COLON);
    int comm = payload.at;
    int commEnd = shortCommEnd(comm, true);
    if (commEnd < 0) {
      commEnd = shortCommEnd(comm, false);
    }
    if (commEnd < 0) {
      throw payload.noMatch();
    }
    text.set(bytes, comm, commEnd);
    text2.set(bytes, payload.at, payload.end);
    int state = PrevState.ofTraceCmd(prevState);
    sink.schedSwitch(columns.ts, columns.cpu, columns.pid, prevPid, text, state, nextPid, text2);
  }

  private int shortCommEnd(int comm, boolean ofThisPid) {
    for (int at = comm; at < payload.end && at <= comm + LONGEST_COMM; at++) {
      if (shortBetweenComms(at) && (!ofThisPid || prevPid == columns.pid)) {
        return at;
      }
    }
    return -1;
  }

  private boolean shortBetweenComms(int from) {
    payload.attempt(from);
    if (!payload.tryLabel(COLON) || !payload.tryNumber()) {
      return false;
    }
    prevPid = payload.number;
    if (!payload.tryLabel(OPEN_PRIO) || !payload.skipSigned() || !payload.tryLabel(BEFORE_STATE)) {
      return false;
    }
    prevState = payload.tryState();
    return prevState >= 0 && payload.tryLabel(ARROW) && payload.end - payload.at <= LONGEST_COMM;
  }

  private boolean betweenComms(int from) {
    payload.attempt(from);
    if (!payload.tryLabel(PREV_PID) || !payload.tryNumber()) {
      return false;
    }
    prevPid = payload.number;
    if (!payload.tryLabel(PREV_PRIO) || !payload.skipSigned() || !payload.tryLabel(PREV_STATE)) {
      return false;
    }
    prevState = payload.tryState();
    return prevState >= 0 && payload.tryLabel(NEXT_COMM);
  }

  void newTask(int from) {
    open(from).label(PID_FIRST);
    int child = payload.number();
    payload.label(SPACE_COMM);
    payload.skipLastSigned(OOM_SCORE);
    long flags = payload.lastHex(CLONE_FLAGS);
    sink.newTask(columns.ts, columns.cpu, columns.pid, child, rest(), flags);
  }

  void fork(int from) {
    open(from).label(COMM);
    int child = payload.lastNumber(CHILD_PID);
    int space = payload.at;
    while (!pidBetweenComms(space)) {
      space = nextSpace(space + 1);
    }
    sink.fork(columns.ts, columns.cpu, columns.pid, payload.number, child, rest());
  }

  private boolean pidBetweenComms(int from) {
    payload.attempt(from);
    return payload.tryLabel(PID) && payload.tryNumber() && payload.tryLabel(CHILD_COMM);
  }

  void exec(int from) {
    open(from).label(FILENAME);
    int oldPid = payload.lastNumber(OLD_PID);
    int pid = payload.lastNumber(PID);
    sink.exec(columns.ts, columns.cpu, columns.pid, pid, oldPid, rest());
  }

  void exit(int from) {
    open(from).label(COMM);
    payload.dropLast(GROUP_DEAD, TRUE, FALSE);
    payload.skipLastSigned(PRIO);
    int pid = payload.lastNumber(PID);
    sink.exit(columns.ts, columns.cpu, columns.pid, pid, rest());
  }

  private Payload open(int from) {
    payload.reset(from, lines.end);
    payload.skipSpaces();
    return payload;
  }

  private TraceText rest() {
    return text.set(bytes, payload.at, payload.end);
  }

  private int nextSpace(int from) {
    int at = from;
    while (at < payload.end && bytes[at] != ' ') {
      at++;
    }
    if (at >= payload.end) {
      throw payload.noMatch();
    }
    return at;
  }
}
