package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import dev.lazymm.check.MemoryModel.View;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explores every consistent execution graph of a program, each exactly once.
 *
 * <p><b>Search.</b> A graph is grown one event at a time: the first runnable thread of a fixed order
 * is run natively from its start, answered from the graph, up to the first operation that is not in
 * it; that becomes a new event with its default choice (a read reads the co-last write, a write
 * stands co-last), and the other choices are noted as {@link Choice}s. When nobody can run the graph
 * is judged, the latest choice is taken back to, and so on. Revisits make new graphs, explored
 * depth first in frames of their own ({@link Revisits}). No visited set is kept; memory is that of
 * the frames.
 *
 * <p><b>Waiting.</b> A thread that awaits adds no event until a satisfying write can be read. A lock
 * is an await and a read-modify-write in one; the order of its holders is found by giving a held lock
 * to another thread first and blocking the holder's read until the lock is freed.
 *
 * <p><b>Interrupts.</b> A CPU polls before each operation that others or a handler could tell from
 * its neighbours. A poll reads nothing, or a SEND not taken yet. What a CPU has not taken when it
 * halts, or waits while nobody else can run, it is forced to take.
 *
 * <p>Owned by one thread; any number may run side by side.
 */
final class Explorer {
  /** The park operation of a thread that waits for a lock, where others have a {@link Cond}. */
  static final int OP_LOCK = 100;

  /** The park operation of a CPU at the end of its script. */
  static final int OP_HALT = 102;

  private static final Cond[] COND = Cond.values();

  /** Is shown every graph that cannot grow any more. */
  interface Listener {
    /** A graph in which every thread has ended. Return false to end the exploration. */
    boolean complete(Explorer explorer, Graph graph);

    /** A graph in which somebody waits for what never comes. */
    default boolean hung(Explorer explorer, Graph graph) {
      return true;
    }

    /** A thread's code failed; the graph holds what led to it. */
    boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure);

    /** The exploration starts again; whatever was shown before does not count. */
    void restarted();
  }

  private final Program program;
  private final MemoryModel model;
  private final Options options;
  private final Listener listener;
  private final Footprint footprint;
  private final Revisits revisits;
  private final CheckCpu[] cpus;
  private final int[] order;
  private final int[] rank;
  private final List<Frame> frames = new ArrayList<>();
  private final List<Frame> spare = new ArrayList<>();
  private final int[] scratch;
  private final List<Hold> registers = new ArrayList<>();
  private final HiddenCells hidden;
  private Frame frame;
  private Graph graph;
  private int active;
  private boolean yield;
  private boolean granted;
  private boolean stop;
  private boolean missable;
  private long executions;
  private long blocked;
  private int largest;

  /**
   * How to explore.
   *
   * @param order the threads, first to be run first; any order gives the same executions
   * @param misses also look for awaits that miss their value; executions then repeat
   * @param everythingShared learn no footprint; slower, an oracle
   * @param maxEvents the largest graph allowed; a larger one ends the exploration
   * @param weakened sites that count for nothing
   */
  record Options(
      int[] order,
      boolean misses,
      boolean everythingShared,
      int maxEvents,
      Set<Site> weakened) {
    Options {
      weakened = Set.copyOf(weakened);
    }

    static Options defaults(int cpus) {
      int[] order = new int[cpus];
      for (int i = 0; i < cpus; i++) {
        order[i] = i;
      }
      return new Options(order, false, false, 4096, Set.of());
    }
  }

  /** The program makes more events than the bound allows. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge(int events) {
      super("an execution has more than " + events + " events", null, false, false);
    }
  }

  Explorer(Program program, MemoryModel model, Options options, Listener listener) {
    this.program = program;
    this.model = model;
    this.options = options;
    this.listener = listener;
    int n = program.memory().cpus();
    footprint = new Footprint(n, options.everythingShared());
    revisits = new Revisits(model);
    order = options.order().clone();
    rank = new int[n];
    for (int i = 0; i < n; i++) {
      rank[order[i]] = i;
    }
    scratch = new int[n];
    hidden = new HiddenCells(program.memory());
    footprint.begin(program.memory());
    cpus = new CheckCpu[n];
    for (int t = 0; t < n; t++) {
      cpus[t] = new CheckCpu(this, t);
    }
    frame = newFrame();
    graph = frame.graph;
  }

  // ---- the search ------------------------------------------------------------------------------

  /** Explores all; returns when done, or when the listener has had enough. */
  void run() {
    while (true) {
      try {
        pass();
        return;
      } catch (Footprint.Restart r) {
        listener.restarted();
      }
    }
  }

  private void pass() {
    footprint.begin(program.memory());
    frames.clear();
    spare.clear();
    executions = 0;
    blocked = 0;
    largest = 0;
    stop = false;
    missable = false;
    for (CheckCpu cpu : cpus) {
      cpu.begin();
    }
    enter(newFrame());
    while (!stop) {
      grow();
      if (!stop && !backtrack()) {
        return;
      }
    }
  }

  private Frame newFrame() {
    if (spare.isEmpty()) {
      long[] initial = footprint.initialShared(program.start(), program.memory());
      return new Frame(new Graph(program.memory().cpus(), initial));
    }
    return spare.removeLast();
  }

  private void enter(Frame f) {
    frames.add(f);
    frame = f;
    graph = f.graph;
  }

  /** Grows the current graph until nobody can run, and judges it. */
  private void grow() {
    while (schedule()) {
      if (stop) {
        return;
      }
    }
    judge();
  }

  /**
   * Lets one thread run: the first that need not wait; else the first whose wait is over; else a
   * waiting CPU must take its IPI; else a thread that waits reads a value that it missed.
   */
  private boolean schedule() {
    for (int t : order) {
      if (ready(t)) {
        if (frame.state[t] == Frame.HALTED) {
          forcePoll(t, -1, OP_HALT, 0, false);
        } else {
          runNatively(t, false);
        }
        return true;
      }
    }
    for (int t : order) {
      if (frame.state[t] == Frame.PARKED && isOver(t)) {
        runNatively(t, true);
        return true;
      }
    }
    for (int t : order) {
      if (waitsForInterrupt(t)) {
        forcePoll(
            t, frame.parkCell[t], frame.parkOp[t], frame.parkOperand[t], othersMayGoOn(t));
        return true;
      }
    }
    for (int t : order) {
      if (frame.state[t] == Frame.LOCK_PARKED) {
        lockConflicts(t);
      }
    }
    for (int t : order) {
      if (frame.state[t] == Frame.PARKED && hasMissed(t)) {
        runNatively(t, true);
        return true;
      }
    }
    return false;
  }

  /** Whether it is of use that {@code t}, which waits, does not take its IPI first. */
  private boolean othersMayGoOn(int t) {
    for (int u : order) {
      if (u != t && waitsForInterrupt(u)
          || frame.state[u] == Frame.PARKED && hasMissed(u)
          || frame.state[u] == Frame.LOCK_PARKED && hasConflicts(u)) {
        return true;
      }
    }
    return false;
  }

  private boolean waitsForInterrupt(int t) {
    int state = frame.state[t];
    return (state == Frame.PARKED || state == Frame.LOCK_PARKED)
        && frame.parkIrqs[t]
        && mustTake(t);
  }

  private boolean ready(int t) {
    return switch (frame.state[t]) {
      case Frame.UNKNOWN -> true;
      case Frame.LOCK_PARKED -> lockFree(frame.parkCell[t]);
      case Frame.HALTED -> mustTake(t);
      default -> false;
    };
  }

  private boolean isOver(int t) {
    int c = frame.parkCell[t];
    return c >= 0
        && COND[frame.parkOp[t]].test(graph.written(graph.coLast(c), c), frame.parkOperand[t]);
  }

  /** Whether the value that a thread awaits was there and could have been read, but is gone. */
  private boolean hasMissed(int t) {
    int c = frame.parkCell[t];
    if (c < 0) {
      return false;
    }
    Cond cond = COND[frame.parkOp[t]];
    int earliest = -1;
    for (int p = graph.coLength[c] - 1; p >= 0; p--) {
      if (cond.test(graph.written(graph.coAt(c, p), c), frame.parkOperand[t])) {
        if (earliest < 0) {
          earliest = model.earliest(graph, t, graph.length[t], c, View.ALL);
        }
        return p >= earliest;
      }
    }
    return false;
  }

  /**
   * Whether a waiting or halted CPU has an IPI to take here. If it has just polled and taken nothing,
   * taking the IPI at this point is the business of that poll's other choices, and this graph cannot
   * be completed.
   */
  private boolean mustTake(int t) {
    return footprint.isPolled(t)
        && !hasPolled(t)
        && lowestUntaken(t) != Graph.NONE;
  }

  /** Whether a waiting or halted CPU stands where it has just polled and taken nothing. */
  private boolean hasPolled(int t) {
    return !frame.parkDirty[t] && graph.isEmptyPoll(graph.last(t));
  }

  private boolean lockFree(int c) {
    return c >= 0 && graph.written(graph.coLast(c), c) == 0;
  }

  private void runNatively(int t, boolean mayRead) {
    active = t;
    granted = mayRead;
    yield = false;
    CheckCpu cpu = cpus[t];
    int state;
    try {
      state = cpu.run(program.scripts().get(t), graph);
    } catch (Suspend s) {
      state = Frame.UNKNOWN;
    } catch (Footprint.Restart | Diverged | TooLarge e) {
      throw e;
    } catch (RuntimeException e) {
      stop |= !listener.failed(this, graph, t, e);
      state = Frame.BLOCKED;
      cpu.failedNow();
    }
    frame.state[t] = state;
    frame.stateLength[t] = graph.length[t];
    frame.stateRun[t] = cpu.runId();
    frame.parkCell[t] = cpu.parkCell();
    frame.parkOp[t] = state == Frame.LOCK_PARKED ? OP_LOCK : cpu.parkOp();
    frame.parkOperand[t] = cpu.parkOperand();
    frame.parkIrqs[t] = cpu.parkIrqs();
    frame.parkDirty[t] = cpu.parkDirty();
  }

  private void judge() {
    largest = Math.max(largest, graph.size);
    boolean complete = true;
    boolean hang = true;
    for (int t = 0; t < graph.threads; t++) {
      complete &= frame.state[t] == Frame.HALTED;
      boolean open = frame.state[t] == Frame.HALTED || frame.parkIrqs[t];
      boolean pending = footprint.isPolled(t) && open && lowestUntaken(t) != Graph.NONE;
      complete &= !pending;
      hang &= !pending && !hasFailed(t) && !isLate(t);
    }
    if (complete) {
      executions++;
      stop |= !listener.complete(this, graph);
      return;
    }
    blocked++;
    if (hang) {
      stop |= !listener.hung(this, graph);
    }
  }

  private boolean hasFailed(int t) {
    return frame.state[t] == Frame.BLOCKED
        && cpus[t].hasFailed()
        && frame.stateRun[t] == cpus[t].runId();
  }

  private boolean isLate(int t) {
    int e = graph.last(t);
    return frame.state[t] == Frame.BLOCKED
        && e >= 0
        && graph.kind[e] == Kind.AWAIT
        && graph.rf[e] != graph.coLast(graph.cell[e]);
  }

  // ---- new events, called by the active CPU ----------------------------------------------------

  private void stepAllowed() {
    if (yield) {
      throw Suspend.INSTANCE;
    }
    if (graph.size >= options.maxEvents()) {
      throw new TooLarge(options.maxEvents());
    }
  }

  /** Adds a ghost or a fence. */
  int ghost(int t, int kind, int handle, int op, int flags, @Nullable Object payload) {
    stepAllowed();
    int e = graph.add(t, kind, handle, flags);
    graph.op[e] = op;
    graph.payload[e] = payload;
    return e;
  }

  /** Adds a load, or a read-modify-write with its write part. */
  int read(int t, int kind, int c, int op, long operand, long expected, int flags) {
    stepAllowed();
    int last = graph.last(t);
    int n = graph.coLength[c];
    int earliest = n == 0 ? 0 : model.earliest(graph, t, graph.length[t], c, View.ALL);
    int e = graph.add(t, kind, c, flags);
    graph.op[e] = op;
    graph.operand[e] = operand;
    graph.expected[e] = expected;
    for (int p = earliest; p < n; p++) {
      int w = graph.coAt(c, p);
      int choice = Choice.READ_FROM;
      if (kind == Kind.RMW_R) {
        graph.value[e] = graph.written(w, c);
        int consumer = graph.succeeds(e) ? graph.consumer(w, c) : Graph.NONE;
        if (consumer != Graph.NONE) {
          if (last >= 0 && graph.inPrefix(consumer, last)) {
            continue;
          }
          choice = Choice.CONFLICT;
        }
      }
      frame.push(choice, e + 1, t, w, Graph.NONE);
    }
    graph.setRf(e, graph.coLast(c));
    completeRmw(e);
    return e;
  }

  /** Adds the write part of a read part that succeeds. */
  private void completeRmw(int e) {
    if (graph.succeeds(e)) {
      int w = rmwWrite(e);
      revisits.ofWrite(frame, w, w, Graph.NONE);
      graph.place(w, graph.position(graph.rf[e]) + 1);
      wakes(graph.thread[e], graph.cell[e]);
    }
  }

  /** Adds the write parts that the last events of threads still lack. */
  private void completeRmws() {
    for (int t : order) {
      int e = graph.last(t);
      if (e >= 0 && graph.succeeds(e)) {
        completeRmw(e);
        frame.state[t] = Frame.UNKNOWN;
      }
    }
  }

  private int rmwWrite(int e) {
    int w = graph.add(graph.thread[e], Kind.RMW_W, graph.cell[e], graph.flags[e]);
    graph.value[w] = graph.rmwResult(e);
    return w;
  }

  /** Adds a store. */
  int write(int t, int c, long value, int flags) {
    stepAllowed();
    int n = graph.coLength[c];
    int earliest = n == 0 ? 0 : model.earliest(graph, t, graph.length[t], c, View.ALL);
    int w = graph.add(t, Kind.WRITE, c, flags);
    graph.value[w] = value;
    revisits.ofWrite(frame, w, w, Graph.NONE);
    slots(w, Graph.NONE, earliest, n);
    graph.place(w, n + 1);
    giveInPlace(w);
    wakes(t, c);
    return w;
  }

  /** Notes the places for w in co other than the last: after position p, for p from earliest. */
  private void slots(int w, int reader, int earliest, int n) {
    int c = graph.cell[w];
    for (int p = earliest; p < n; p++) {
      if (graph.consumer(graph.coAt(c, p), c) == Graph.NONE) {
        frame.push(Choice.SLOT, w + 1, graph.thread[w], p + 1, reader);
      }
    }
  }

  /** A freed lock goes to the thread whose read part is blocked on it. */
  private void giveInPlace(int w) {
    int c = graph.cell[w];
    if (graph.value[w] != 0) {
      return;
    }
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.kind[r] == Kind.LOCK_R
          && graph.value[r] != 0
          && graph.last(graph.thread[r]) == r
          && graph.prevRf[r] == Graph.NONE) {
        graph.prevRf[r] = graph.rf[r];
        graph.setRf(r, w);
        completeRmw(r);
        frame.state[graph.thread[r]] = Frame.UNKNOWN;
        noticed(graph.thread[r]);
        return;
      }
    }
  }

  /**
   * Adds the one read of an await, with the empty poll before it, once it is its turn.
   *
   * @return the event, NONE if the thread must wait
   */
  int await(int t, int c, Cond cond, long operand, int flags, boolean polls) {
    if (!granted) {
      return Graph.NONE;
    }
    granted = false;
    stepAllowed();
    int n = graph.coLength[c];
    int earliest = n == 0 ? 0 : model.earliest(graph, t, graph.length[t], c, View.ALL);
    if (polls) {
      poll(t, flags, c, cond.ordinal(), operand);
    }
    int e = graph.add(t, Kind.AWAIT, c, flags);
    graph.op[e] = cond.ordinal();
    graph.operand[e] = operand;
    for (int p = earliest; p < n; p++) {
      int w = graph.coAt(c, p);
      if (cond.test(graph.written(w, c), operand)) {
        frame.push(Choice.READ_FROM, e + 1, t, w, Graph.NONE);
      }
    }
    graph.setRf(e, graph.coLast(c));
    return e;
  }

  /** Adds a lock's read and write if it is free; NONE if the thread must wait. */
  int lock(int t, int c, int flags, boolean polls) {
    if (!lockFree(c)) {
      return Graph.NONE;
    }
    stepAllowed();
    int last = graph.last(t);
    int n = graph.coLength[c];
    int earliest = n == 0 ? 0 : model.earliest(graph, t, graph.length[t], c, View.ALL);
    int untried = frame.untriedFrom(t);
    if (polls) {
      poll(t, flags, c, OP_LOCK, 0);
    }
    int e = graph.add(t, Kind.LOCK_R, c, flags);
    for (int p = earliest; p < n; p++) {
      int w = graph.coAt(c, p);
      if (isConflict(w, c, last, untried)) {
        frame.push(Choice.CONFLICT, e + 1, t, w, Graph.NONE);
      }
    }
    graph.setRf(e, graph.coLast(c));
    completeRmw(e);
    return e;
  }

  /** Whether taking the lock after {@code w} takes it from somebody who need not come first. */
  private boolean isConflict(int w, int c, int last, int untried) {
    if (graph.written(w, c) != 0) {
      return false;
    }
    int consumer = graph.consumer(w, c);
    return consumer >= untried && !(last >= 0 && graph.inPrefix(consumer, last));
  }

  private boolean hasConflicts(int t) {
    int c = frame.parkCell[t];
    for (int p = 0; c >= 0 && p < graph.coLength[c]; p++) {
      if (isConflict(graph.coAt(c, p), c, graph.last(t), frame.untriedFrom(t))) {
        return true;
      }
    }
    return false;
  }

  /** A thread that waits for a held lock may come before its holder. */
  private void lockConflicts(int t) {
    int c = frame.parkCell[t];
    if (c < 0) {
      return;
    }
    for (int p = 0; p < graph.coLength[c]; p++) {
      int w = graph.coAt(c, p);
      if (isConflict(w, c, graph.last(t), frame.untriedFrom(t))) {
        int flags = frame.parkIrqs[t] ? Graph.ACQUIRE | Graph.IRQS_ON : Graph.ACQUIRE;
        boolean polls = frame.parkIrqs[t] && footprint.isPolled(t) && !hasPolled(t);
        frame.push(
            Choice.LOCK_CONFLICT, graph.size, t, graph.consumer(w, c), polls ? -flags : flags);
      }
    }
    frame.triedAll(t);
  }

  /** Adds a poll that takes nothing; what it could take is noted. */
  void poll(int t, int flags) {
    poll(t, flags, -1, 0, 0);
  }

  private void poll(int t, int flags, int parkCell, int parkOp, long parkOperand) {
    stepAllowed();
    int e = graph.add(t, Kind.POLL, parkCell, flags);
    graph.op[e] = parkOp;
    graph.operand[e] = parkOperand;
    for (int s = 0; s < e; s++) {
      if (graph.kind[s] == Kind.SEND && graph.cell[s] == t && isUntaken(s)) {
        frame.push(Choice.TAKE, e + 1, t, s, Graph.NONE);
      }
    }
  }

  private void forcePoll(
      int t, int parkCell, int parkOp, long parkOperand, boolean mayDecline) {
    int first = lowestUntaken(t);
    int e = graph.add(t, Kind.POLL, parkCell, Graph.FORCED | Graph.IRQS_ON);
    graph.op[e] = parkOp;
    graph.operand[e] = parkOperand;
    if (mayDecline) {
      frame.push(Choice.DECLINE, e + 1, t, Graph.NONE, Graph.NONE);
    }
    for (int s = 0; s < e; s++) {
      if (graph.kind[s] == Kind.SEND && graph.cell[s] == t && s != first && isUntaken(s)) {
        frame.push(Choice.TAKE, e + 1, t, s, Graph.NONE);
      }
    }
    graph.setTaken(e, first);
    frame.state[t] = Frame.UNKNOWN;
  }

  private boolean isUntaken(int s) {
    int t = graph.cell[s];
    for (int i = 0; i < graph.length[t]; i++) {
      if (graph.kind[graph.po[t][i]] == Kind.POLL && graph.rf[graph.po[t][i]] == s) {
        return false;
      }
    }
    return true;
  }

  private int lowestUntaken(int t) {
    int lowest = Graph.NONE;
    for (int s = 0; s < graph.size; s++) {
      if (graph.kind[s] == Kind.SEND
          && graph.cell[s] == t
          && (lowest == Graph.NONE || Revisits.comesBefore(graph, s, lowest))
          && isUntaken(s)) {
        lowest = s;
      }
    }
    return lowest;
  }

  /** Adds an IPI to a CPU. */
  int send(int t, int target, Send payload, int flags) {
    footprint.interrupts(target);
    stepAllowed();
    int s = graph.add(t, Kind.SEND, target, flags);
    graph.payload[s] = payload;
    revisits.ofSend(frame, s);
    if (frame.state[target] == Frame.HALTED) {
      noticed(target);
    }
    return s;
  }

  /** A new write of c: does a thread before the active one wait for that lock? */
  private void wakes(int writer, int c) {
    for (int t : order) {
      if (t == active) {
        return;
      }
      if (t != writer
          && frame.state[t] == Frame.LOCK_PARKED
          && frame.parkCell[t] == c
          && lockFree(c)) {
        yield = true;
        return;
      }
    }
  }

  private void noticed(int t) {
    if (rank[t] < rank[active]) {
      yield = true;
    }
  }

  // ---- going back ------------------------------------------------------------------------------

  /** Takes the latest choice not yet tried; false when there is none anywhere. */
  private boolean backtrack() {
    while (true) {
      if (frame.choices.isEmpty()) {
        Frame done = frames.removeLast();
        spare.add(done);
        if (frames.isEmpty()) {
          return false;
        }
        frame = frames.getLast();
        graph = frame.graph;
        continue;
      }
      if (apply(frame.choices.removeLast())) {
        return true;
      }
    }
  }

  private boolean apply(Choice choice) {
    graph.truncate(choice.size());
    frame.forgetTruncated();
    int t = choice.thread();
    active = t;
    yield = false;
    int e = choice.size() - 1;
    switch (choice.kind()) {
      case Choice.READ_FROM -> {
        graph.setRf(e, choice.a());
        frame.state[t] = Frame.UNKNOWN;
        completeRmw(e);
        return true;
      }
      case Choice.TAKE -> {
        graph.setTaken(e, choice.a());
        frame.state[t] = Frame.UNKNOWN;
        return true;
      }
      case Choice.DECLINE -> {
        graph.setTaken(e, Graph.NONE);
        graph.flags[e] |= Graph.DECLINED;
        frame.state[t] = Frame.UNKNOWN;
        return true;
      }
      case Choice.SLOT -> {
        takeBack(e);
        graph.unplace(e);
        graph.place(e, choice.a());
        frame.state[t] = Frame.UNKNOWN;
        if (choice.b() != Graph.NONE) {
          frame.state[graph.thread[choice.b()]] = Frame.UNKNOWN;
        }
        completeRmws();
        return true;
      }
      case Choice.CONFLICT -> {
        conflict(e, graph.consumer(choice.a(), graph.cell[e]));
        return false;
      }
      case Choice.LOCK_CONFLICT -> {
        int c = graph.cell[choice.a()];
        int flags = Math.abs(choice.b());
        if (choice.b() < 0) {
          poll(t, Graph.IRQS_ON, c, OP_LOCK, 0);
        }
        conflict(graph.add(t, Kind.LOCK_R, c, flags), choice.a());
        return false;
      }
      case Choice.REVISIT -> {
        return revisit(choice.a(), choice.b());
      }
      default -> throw new IllegalStateException("choice " + choice.kind());
    }
  }

  /** Read part e reads what another has consumed: that one may come after it instead. */
  private void conflict(int e, int consumer) {
    int theirs = graph.po[graph.thread[consumer]][graph.index[consumer] - 1];
    graph.setRf(e, graph.rf[theirs]);
    int write = rmwWrite(e);
    frame.state[graph.thread[e]] = Frame.UNKNOWN;
    revisits.ofWrite(frame, write, theirs, theirs);
  }

  /** Undoes what write w gave in place. */
  private void takeBack(int w) {
    int c = graph.cell[w];
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.rf[r] == w && graph.prevRf[r] != Graph.NONE) {
        int before = graph.prevRf[r];
        graph.prevRf[r] = Graph.NONE;
        graph.setRf(r, before);
        frame.state[graph.thread[r]] = Frame.UNKNOWN;
      }
    }
  }

  private boolean revisit(int r, int w) {
    boolean isSend = graph.kind[w] == Kind.SEND;
    if (!isSend) {
      takeBack(w);
      if (graph.coPos[w] != 0) {
        graph.unplace(w);
      }
    }
    Frame target = newFrame();
    int newR = revisits.build(frame, r, w, target);
    Graph copy = target.graph;
    int newW = copy.size - 1;
    if (isSend) {
      copy.setTaken(newR, newW);
      copy.flags[newR] &= ~Graph.DECLINED;
      enter(target);
      active = order[graph.threads - 1];
      completeRmws();
      return true;
    }
    int c = copy.cell[newW];
    int tr = copy.thread[newR];
    int tw = copy.thread[newW];
    int earliest =
        Math.max(
            model.earliest(copy, tw, copy.index[newW], c, View.ALL),
            model.earliest(copy, tr, copy.index[newR], c, View.ALL));
    int n = copy.coLength[c];
    if (copy.kind[newW] == Kind.RMW_W) {
      int source = copy.rf[copy.po[tw][copy.index[newW] - 1]];
      int p = copy.position(source);
      boolean fails = copy.kind[newR] == Kind.AWAIT && !copy.satisfies(newR, copy.value[newW]);
      if (p < (fails ? n : earliest) || copy.consumer(source, c) != Graph.NONE) {
        spare.add(target);
        return false;
      }
      enter(target);
      active = order[graph.threads - 1];
      copy.place(newW, p + 1);
    } else {
      enter(target);
      active = order[graph.threads - 1];
      if (copy.kind[newR] != Kind.AWAIT || copy.satisfies(newR, copy.value[newW])) {
        slots(newW, newR, earliest, n);
      }
      copy.place(newW, n + 1);
    }
    copy.prevRf[newR] = Graph.NONE;
    copy.setRf(newR, newW);
    completeRmws();
    return true;
  }

  // ---- what others ask -------------------------------------------------------------------------

  Program program() {
    return program;
  }

  /** {@return whether a site is to count for nothing in this exploration} */
  boolean weakened(Site site) {
    return options.weakened().contains(site);
  }

  /** {@return the cell in which {@code target} says how many of sender's waiting IPIs it has done} */
  Cell completion(int sender, int target) {
    return hidden.done(sender, target);
  }

  /** {@return the cell that is odd while a CPU is in an RCU read-side section} */
  Cell rcuCell(int cpu) {
    return hidden.rcu(cpu);
  }

  /** {@return a small number for a hold register} */
  int register(Hold hold) {
    int i = registers.indexOf(hold);
    if (i < 0) {
      i = registers.size();
      registers.add(hold);
    }
    return i;
  }

  /** {@return the hold registers that events name by number} */
  List<Hold> registers() {
    return registers;
  }

  /** A WARN_ON fired, or private memory was used after it was freed. */
  void bug(CheckCpu cpu, String what) {
    cpu.warn(what);
  }

  Footprint footprint() {
    return footprint;
  }

  MemoryModel model() {
    return model;
  }

  CheckCpu cpu(int t) {
    return cpus[t];
  }

  /** {@return complete executions so far, in this pass} */
  long executions() {
    return executions;
  }

  /** {@return graphs that could not be completed so far, in this pass} */
  long blocked() {
    return blocked;
  }

  /** {@return the number of events of the largest graph} */
  int largest() {
    return largest;
  }

  /** {@return whether an await may have been missed, so that a pass with misses is worth it} */
  boolean missable() {
    return missable;
  }

  /**
   * {@return the value of a cell at the end of the execution just completed}
   *
   * @param c the memory's index of the cell
   */
  long finalValue(int c) {
    int owner = footprint.ownerOf(c);
    for (int k = 0; k < footprint.sharedCells(); k++) {
      if (footprint.cellOf(k) == c) {
        return graph.written(graph.coLast(k), k);
      }
    }
    if (owner < 0) {
      return Footprint.initial(program.start(), program.memory(), c);
    }
    if (frame.stateRun[owner] != cpus[owner].runId()) {
      cpus[owner].run(program.scripts().get(owner), graph);
      frame.stateRun[owner] = cpus[owner].runId();
    }
    return cpus[owner].privateValue(c);
  }

  /** Runs a thread once more against a finished graph, for a recorder. */
  void replay(int t, Graph finished) {
    yield = true; // a new event would suspend it
    try {
      cpus[t].run(program.scripts().get(t), finished);
    } catch (Suspend s) {
      // as far as the graph goes
    } finally {
      frame.stateRun[t] = cpus[t].runId();
    }
  }

  /** {@return who waits for what, of a graph that hangs} */
  String waiting() {
    List<String> all = new ArrayList<>();
    for (int t = 0; t < graph.threads; t++) {
      if (frame.state[t] != Frame.HALTED) {
        all.add("CPU " + t);
      }
    }
    return String.join(" and ", all) + (all.size() == 1 ? " waits" : " wait") + " for ever";
  }

  /** {@return before-frontier of an event in the model's order, itself included} */
  int[] beforeEvent(int e) {
    model.before(graph, graph.thread[e], graph.index[e] + 1, View.ALL, scratch);
    return scratch;
  }
}
