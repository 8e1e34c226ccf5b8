package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to the graph that is being grown: each with its default choice, that is, a read reads
 * the co-last write, a write stands co-last, a poll takes nothing unless its CPU waits. The other
 * choices are noted in the {@link Frame}, and the {@link Revisits} of writes and SENDs.
 *
 * <p><b>Awaits.</b> An await is a read. It is added when nobody is ready, and if its value is then
 * the last; or when else nobody at all could go on, to try values that it has missed. Reading the
 * last value although it does not satisfy makes the thread wait; later writes can revisit the read
 * as any other. (Reading the co-last <em>satisfying</em> value by default, and leaving out reads
 * that fail, loses executions: such a read cannot be added to every graph, so a graph in which it
 * is deleted may have no graph to come from.) If the revisit of a waiting read would delete
 * nothing, it reads the new write in place ({@link #give}): its own graph could end only in vain.
 *
 * <p>If something would be deleted, the graph in which it waits may be needed, and may end in vain:
 *
 * <pre>
 * 0: r = x1; await x0 EQ 2
 * 1: await x0 GE 2; x0 = 2
 * 2: x0 = 2
 * 3: await x0 GE 2; x0 = r + 1; r = x1; await x0 GE 2; x1 = 1
 * </pre>
 *
 * With the CPUs in this order, x0 = 3 makes CPU 0 wait; CPU 3's load comes before the second x0 =
 * 2. Revisiting CPU 0 by that deletes the load, to try its other values: giving it in place as well
 * would show executions twice. But only the graph in which CPU 0 goes on waiting leads to those in
 * which CPU 0 loads x1 = 1: that write comes later still, does not need the second x0 = 2, and
 * deletes it with the await, which must read what is last without it.
 *
 * <p><b>Locks.</b> A lock is an await of 0 and a read-modify-write in one, added when it is free.
 * To come before a holder is to conflict with it: that one's read part is revisited by this one's
 * write part, and is blocked, as its value fails; when the lock is freed it is given that value in
 * place ({@link #giveInPlace}). A thread that never finds the lock free tries its conflicts when
 * nobody else can go on.
 *
 * <p><b>Interrupts.</b> A CPU polls before each operation that others or a handler could tell from
 * its neighbours; see {@link Revisits} for what a poll takes by default.
 */
final class Growth {
  private final MemoryModel model;
  private final Footprint footprint;
  private final Revisits revisits;
  private final Cuts cuts;
  private final int maxEvents;
  private final int[] order;
  private final int[] rank;
  private Frame frame;
  private Graph graph;
  private int active;
  private boolean yield;
  private boolean mayRead;
  private boolean mustSucceed;

  /** Says after each operation that was added whether the thread may go on; null if it may. */
  private @Nullable BooleanSupplier leader;

  /** How many events there were when it was asked last. */
  private int asked;

  Growth(
      MemoryModel model,
      Footprint footprint,
      Revisits revisits,
      Cuts cuts,
      Explorer.Options options) {
    this.model = model;
    this.footprint = footprint;
    this.revisits = revisits;
    this.cuts = cuts;
    maxEvents = options.maxEvents();
    order = options.order().clone();
    rank = new int[order.length];
    for (int i = 0; i < rank.length; i++) {
      rank[order[i]] = i;
    }
    graph = new Graph(rank.length, new long[0]);
    frame = new Frame(graph);
  }

  /** From here events are added to another graph. */
  void enter(Frame to) {
    frame = to;
    graph = to.graph;
  }

  /**
   * Thread t is about to run.
   *
   * @param mayAwait whether it may read what it awaits, which is its next operation
   * @param succeeds whether what it reads then must satisfy it; there is such a value
   */
  void begin(int t, boolean mayAwait, boolean succeeds) {
    active = t;
    yield = false;
    mayRead = mayAwait;
    mustSucceed = succeeds;
    leader = null;
  }

  /**
   * Thread t is about to run, through awaits too.
   *
   * @param mayGoOn asked before each operation but the first whether it may be added
   */
  void begin(int t, BooleanSupplier mayGoOn) {
    begin(t, true, false);
    leader = mayGoOn;
    asked = graph.size;
  }

  /** From here the first new event suspends the thread. */
  void suspend() {
    yield = true;
  }

  private void stepAllowed() {
    if (yield || !isLedOn()) {
      throw new Suspend();
    }
    if (graph.size >= maxEvents) {
      throw new Explorer.TooLarge(maxEvents);
    }
  }

  private boolean isLedOn() {
    if (leader != null && graph.size > asked) {
      mayRead = leader.getAsBoolean();
      asked = graph.size;
      return mayRead;
    }
    return true;
  }

  private int earliest(int t, int c) {
    return graph.coLength[c] == 0 ? 0 : model.earliest(graph, t, graph.length[t], c);
  }

  private int earliest(int r) {
    return model.earliest(graph, graph.thread[r], graph.index[r], graph.cell[r]);
  }

  /** Adds a ghost or a fence. */
  int ghost(
      int t, int kind, int handle, int op, long operand, int flags, @Nullable Object payload) {
    stepAllowed();
    int e = graph.add(t, kind, handle, flags);
    graph.op[e] = op;
    graph.operand[e] = operand;
    graph.payload[e] = payload;
    return e;
  }

  // ---- reads and writes ------------------------------------------------------------------------

  /** Adds a load, or a read-modify-write with its write part. */
  int read(int t, int kind, int c, int op, long operand, long expected, int flags) {
    stepAllowed();
    int earliest = graph.adds.in(c) ? 0 : earliest(t, c);
    int n = graph.coLength[c];
    int e = graph.add(t, kind, c, flags);
    graph.op[e] = op;
    graph.operand[e] = operand;
    graph.expected[e] = expected;
    if (graph.adds.in(c)) {
      readAmongAdds(e);
      return e;
    }
    for (int p = earliest; p < n; p++) {
      int w = graph.coAt(c, p);
      graph.value[e] = graph.written(w, c);
      int consumer = graph.succeeds(e) ? graph.consumer(w, c) : Graph.NONE;
      if (consumer == Graph.NONE) {
        frame.push(Choice.READ_FROM, e + 1, t, w, Graph.NONE);
      } else if (!graph.inPrefix(consumer, e)) {
        frame.push(Choice.CONFLICT, e + 1, t, consumer, Graph.NONE);
      }
    }
    graph.setRf(e, graph.coLast(c));
    completeRmw(e);
    return e;
  }

  private void readAmongAdds(int e) {
    int t = graph.thread[e];
    int c = graph.cell[e];
    cuts.ofRead(graph, t, graph.index[e], c);
    for (int i = 0; i < cuts.size - 1; i++) {
      graph.value[e] = cuts.value(graph, c, i);
      int theirs = graph.succeeds(e) ? cuts.conflict(i) : Graph.NONE;
      long sets = Choice.sets(cuts.chosen(i), 0);
      int kind = theirs == Graph.NONE ? Choice.READ_FROM : Choice.CONFLICT;
      frame.push(kind, e + 1, t, cuts.place(i), theirs, sets);
    }
    graph.setCut(e, graph.coLength[c]);
    completeRmw(e);
  }

  /** Adds the write part of a read part that succeeds. */
  void completeRmw(int e) {
    if (graph.succeeds(e)) {
      int w = rmwWrite(e);
      int waiting = revisits.ofWrite(frame, w, w, Graph.NONE);
      graph.place(w, graph.position(graph.rf[e]) + 1);
      give(waiting, w);
      frees(graph.cell[e]);
    }
  }

  /** Adds the write parts that the last events of threads still lack. */
  void completeRmws() {
    for (int t : order) {
      int e = graph.last(t);
      if (e >= 0 && graph.succeeds(e)) {
        completeRmw(e);
        frame.state[t] = Frame.UNKNOWN;
      }
    }
  }

  /** Adds the write part of a read part, not in co yet. */
  int rmwWrite(int e) {
    int w = graph.add(graph.thread[e], Kind.RMW_W, graph.cell[e], graph.flags[e]);
    graph.value[w] = graph.rmwResult(e);
    return w;
  }

  /** Adds a store. */
  int write(int t, int c, long value, int flags) {
    stepAllowed();
    int earliest = graph.adds.in(c) ? 0 : earliest(t, c);
    int w = graph.add(t, Kind.WRITE, c, flags);
    graph.value[w] = value;
    int waiting = revisits.ofWrite(frame, w, w, Graph.NONE);
    if (graph.adds.in(c)) {
      cuts.ofWrite(graph, w);
      slotsAmongAdds(w);
    } else {
      slots(w, Graph.NONE, earliest);
    }
    if (waiting != Graph.NONE && graph.satisfies(waiting, value)) {
      slots(w, waiting, Math.max(earliest, earliest(waiting)));
    }
    graph.place(w, graph.coLength[c] + 1);
    give(waiting, w);
    giveInPlace(w);
    frees(c);
    return w;
  }

  /** Adds an atomic add whose result nobody is given, and that is unordered with its like. */
  int add(int t, int c, long delta, int flags) {
    stepAllowed();
    int w = graph.add(t, Kind.ADD, c, flags);
    graph.value[w] = delta;
    revisits.ofWrite(frame, w, w, Graph.NONE);
    cuts.ofAdd(graph, w);
    slotsAmongAdds(w);
    graph.place(w, graph.coLength[c] + 1);
    return w;
  }

  /** Notes the choices found for w but the last. */
  private void slotsAmongAdds(int w) {
    for (int i = 0; i < cuts.size - 1; i++) {
      long sets = Choice.sets(cuts.chosen(i), 0);
      frame.push(Choice.SLOT, w + 1, graph.thread[w], cuts.place(i), Graph.NONE, sets);
    }
  }

  /** Notes the places for w in co other than the last: after position p, for p from earliest. */
  void slots(int w, int reader, int earliest) {
    int c = graph.cell[w];
    for (int p = earliest; p < graph.coLength[c]; p++) {
      if (graph.consumer(graph.coAt(c, p), c) == Graph.NONE) {
        frame.push(Choice.SLOT, w + 1, graph.thread[w], p + 1, reader);
      }
    }
  }

  /**
   * {@return whether a thread that waits could read a value that satisfies, but is not the last}
   */
  boolean hasMissed(int t) {
    return frame.hasMissed(t, model, cuts);
  }

  // ---- awaits and locks ------------------------------------------------------------------------

  /**
   * Adds the read of an await if it is its turn, with the empty poll before it.
   *
   * @param cond the condition by ordinal
   * @return the event, NONE if the thread must wait
   */
  int await(int t, int c, int cond, long operand, int flags, boolean polls) {
    if (!mayRead) {
      return Graph.NONE;
    }
    mayRead = false;
    stepAllowed();
    int earliest = graph.adds.in(c) ? 0 : earliest(t, c);
    if (polls) {
      poll(t, flags, c, cond, operand);
    }
    int e = graph.add(t, Kind.AWAIT, c, flags);
    graph.op[e] = cond;
    graph.operand[e] = operand;
    if (graph.adds.in(c)) {
      awaitAmongAdds(e);
      return e;
    }
    for (int p = earliest; p < graph.coLength[c]; p++) {
      int w = graph.coAt(c, p);
      if (graph.satisfies(e, graph.written(w, c))) {
        frame.push(Choice.READ_FROM, e + 1, t, w, Graph.NONE);
      }
    }
    graph.setRf(e, graph.coLast(c));
    if (mustSucceed) {
      do {
        graph.setRf(e, frame.pop().a()); // the latest first; there is one
      } while (!model.isConsistent(graph));
    }
    return e;
  }

  private void awaitAmongAdds(int e) {
    int t = graph.thread[e];
    int c = graph.cell[e];
    cuts.ofRead(graph, t, graph.index[e], c);
    Choice latest = null;
    for (int i = 0; i < cuts.size - 1; i++) {
      if (graph.satisfies(e, cuts.value(graph, c, i))) {
        long sets = Choice.sets(cuts.chosen(i), 0);
        latest = new Choice(Choice.READ_FROM, e + 1, t, cuts.place(i), Graph.NONE, sets);
        frame.push(latest);
      }
    }
    if (mustSucceed && latest != null) {
      frame.pop(); // the latest first; there is one
      graph.adds.arrange(c, latest.a(), latest.chosen());
      graph.setCut(e, latest.a() + Integer.bitCount(latest.chosen()));
    } else {
      graph.setCut(e, graph.coLength[c]);
    }
  }

  /** Adds a lock's read and write if it is free; NONE if the thread must wait. */
  int lock(int t, int c, int flags, boolean polls) {
    if (!frame.isFree(c)) {
      return Graph.NONE;
    }
    stepAllowed();
    int earliest = earliest(t, c);
    int untried = frame.untriedFrom(t);
    if (polls) {
      poll(t, flags, c, Frame.OP_LOCK, 0);
    }
    int last = graph.last(t);
    int e = graph.add(t, Kind.LOCK_R, c, flags);
    for (int p = earliest; p < graph.coLength[c]; p++) {
      int holder = contested(c, p, last, untried);
      if (holder != Graph.NONE) {
        frame.push(Choice.CONFLICT, e + 1, t, holder, Graph.NONE);
      }
    }
    graph.setRf(e, graph.coLast(c));
    completeRmw(e);
    return e;
  }

  /** {@return who has taken a lock at a place in co, if a thread might come before; else NONE} */
  private int contested(int c, int p, int last, int untried) {
    int w = graph.coAt(c, p);
    int holder = graph.written(w, c) == 0 ? graph.consumer(w, c) : Graph.NONE;
    boolean comesFirst = holder >= 0 && last >= 0 && graph.inPrefix(holder, last);
    return holder >= untried && !comesFirst ? holder : Graph.NONE;
  }

  /** {@return whether a thread parked on a lock might come before a holder, and has not tried} */
  boolean mayConflict(int t) {
    int c = frame.parkCell[t];
    for (int p = 0; c >= 0 && p < graph.coLength[c]; p++) {
      if (contested(c, p, graph.last(t), frame.untriedFrom(t)) != Graph.NONE) {
        return true;
      }
    }
    return false;
  }

  /** A thread that waits for a held lock tries to come before its holders. */
  void tryConflicts(int t) {
    boolean irqs = frame.parkIrqs[t];
    boolean polls = irqs && footprint.isPolled(t) && !frame.hasPolled(t);
    int kind = polls ? Choice.POLL_AND_LOCK_CONFLICT : Choice.LOCK_CONFLICT;
    int flags = irqs ? Graph.ACQUIRE | Graph.IRQS_ON : Graph.ACQUIRE;
    int c = frame.parkCell[t];
    for (int p = 0; c >= 0 && p < graph.coLength[c]; p++) {
      int holder = contested(c, p, graph.last(t), frame.untriedFrom(t));
      if (holder != Graph.NONE) {
        frame.push(kind, graph.size, t, holder, flags);
      }
    }
    frame.triedAll(t);
  }

  /** A freed lock goes to the thread whose read part is blocked on it. */
  private void giveInPlace(int w) {
    int c = graph.cell[w];
    if (graph.value[w] != 0) {
      return;
    }
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      int t = graph.thread[r];
      if (graph.kind[r] == Kind.LOCK_R && graph.value[r] != 0 && graph.last(t) == r) {
        graph.give(r, w);
        completeRmw(r);
        frame.state[t] = Frame.UNKNOWN;
        becomesReady(t);
        return;
      }
    }
  }

  /** An await that waits, if there is one, reads w now: that may be what it waits for. */
  private void give(int r, int w) {
    if (r == Graph.NONE) {
      return;
    }
    graph.give(r, w);
    if (graph.satisfies(r, graph.value[w])) {
      frame.state[graph.thread[r]] = Frame.UNKNOWN;
      becomesReady(graph.thread[r]);
    }
  }

  /** If the cell is a lock, and free, a thread before the active one may wait for it. */
  private void frees(int c) {
    for (int t : order) {
      if (frame.state[t] == Frame.LOCK_PARKED && frame.parkCell[t] == c && frame.isReady(t)) {
        becomesReady(t);
        return;
      }
    }
  }

  private void becomesReady(int t) {
    yield |= rank[t] < rank[active];
  }

  // ---- interrupts ------------------------------------------------------------------------------

  /** Adds a poll that takes nothing; what it could take is noted. */
  void poll(int t, int flags) {
    poll(t, flags, -1, 0, 0);
  }

  /** Adds a poll of a thread whose next operation waits for a cell. */
  private void poll(int t, int flags, int c, int op, long operand) {
    stepAllowed();
    addPoll(t, flags, c, op, operand, Graph.NONE);
  }

  /** Adds the empty poll before a lock that is taken before its holder. */
  void pollForLock(int t, int c) {
    addPoll(t, Graph.IRQS_ON, c, Frame.OP_LOCK, 0, Graph.NONE);
  }

  /**
   * A waiting or halted CPU takes an IPI.
   *
   * @param mayDecline whether others may go on if it does not
   */
  void forcePoll(int t, boolean mayDecline) {
    boolean halted = frame.state[t] == Frame.HALTED;
    int c = halted ? -1 : frame.parkCell[t];
    int op = halted ? Frame.OP_HALT : frame.parkOp[t];
    int first = graph.lowestUntaken(t);
    int e = addPoll(t, Graph.FORCED | Graph.IRQS_ON, c, op, frame.parkOperand[t], first);
    graph.setTaken(e, first);
    if (mayDecline) {
      frame.push(Choice.DECLINE, e + 1, t, Graph.NONE, Graph.NONE);
    }
    frame.state[t] = Frame.UNKNOWN;
  }

  private int addPoll(int t, int flags, int c, int op, long operand, int taken) {
    int e = graph.add(t, Kind.POLL, c, flags);
    graph.op[e] = op;
    graph.operand[e] = operand;
    for (int i = 0; i < graph.sendsLength[t]; i++) {
      int s = graph.sends[t][i];
      if (s != taken && graph.taker[s] == Graph.NONE) {
        frame.push(Choice.TAKE, e + 1, t, s, Graph.NONE);
      }
    }
    return e;
  }

  /** Adds an IPI to a CPU. */
  int send(int t, int target, Send payload, int flags) {
    footprint.interrupts(target);
    stepAllowed();
    int s = graph.add(t, Kind.SEND, target, flags);
    graph.payload[s] = payload;
    revisits.ofSend(frame, s);
    if (frame.state[target] == Frame.HALTED) {
      becomesReady(target);
    }
    return s;
  }
}
