package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import dev.lazymm.machine.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CPU whose memory is an execution graph. A script is run natively from its start; operations
 * that are in the graph are answered from it and compared with it, the first that is not becomes a
 * new event ({@link Explorer}). What this CPU alone touches lies in an array here and makes no
 * events. Owned by one explorer.
 */
final class CheckCpu implements Cpu {
  /** Is told what a run does, to draw it. */
  interface Recorder {
    /** The next operation; {@code event} is its event, NONE for a private access. */
    void operation(
        int event, String what, @Nullable Cell cell, long old, long value, @Nullable Site site);

    /** The kernel function has changed. */
    void step(String name);

    /** The script's action has changed. */
    void action(String text);
  }

  private final Explorer explorer;
  private final Growth growth;
  private final int id;
  private final int cpus;
  private Graph graph;
  private Script script = cpu -> {};
  private int next;
  private long run;
  private boolean irqsOff;
  private boolean inHandler;
  private boolean pollOwed;
  private @Nullable KObject root;
  private @Nullable Recorder recorder;

  private long[] value = new long[0];
  private long[] valueRun = new long[0];
  private long[] freedRun = new long[0];
  private final List<Slab<?>> slabs = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private final List<KObject> freed = new ArrayList<>();
  private final List<Slab<?>> freedTo = new ArrayList<>();
  private final int[] waitingSends;
  private final List<Runnable> rcuCallbacks = new ArrayList<>();
  private int rcuNesting;

  private int parkCell = -1;
  private int parkOp;
  private long parkOperand;
  private boolean parkIrqs;
  private boolean dirty;

  CheckCpu(Explorer explorer, Growth growth, int id) {
    this.explorer = explorer;
    this.growth = growth;
    this.id = id;
    this.cpus = explorer.program().memory().cpus();
    this.waitingSends = new int[cpus];
    this.graph = new Graph(cpus, new long[0]);
  }

  /** A new pass: forget all values. */
  void begin() {
    int n = explorer.footprint().known();
    value = new long[n];
    valueRun = new long[n];
    freedRun = new long[explorer.program().memory().objectCount() + 1];
  }

  void record(@Nullable Recorder to) {
    recorder = to;
  }

  /**
   * Runs the script against a graph.
   *
   * @return how the thread stands: a state of {@link Frame}
   * @throws Suspend if it could go on but another thread is to run first
   */
  int run(Script toRun, Graph on) {
    graph = on;
    script = toRun;
    next = 0;
    run++;
    irqsOff = false;
    inHandler = false;
    dirty = false;
    rcuNesting = 0;
    root = explorer.program().start().cpus().get(id).root();
    Arrays.fill(waitingSends, 0);
    slabs.clear();
    taken.clear();
    freed.clear();
    freedTo.clear();
    rcuCallbacks.clear();
    parkCell = -1;
    try {
      toRun.run(this);
      irqsOff = false;
      while (!rcuCallbacks.isEmpty()) {
        rcuCallbacks.removeFirst().run();
      }
      parkIrqs = true;
      takePolls(true);
      return Frame.HALTED;
    } catch (Park park) {
      return park.state;
    }
  }

  long runId() {
    return run;
  }

  int parkCell() {
    return parkCell;
  }

  int parkOp() {
    return parkOp;
  }

  long parkOperand() {
    return parkOperand;
  }

  boolean parkIrqs() {
    return parkIrqs;
  }

  /** {@return whether something its handlers can tell was done since the last poll} */
  boolean parkDirty() {
    return dirty;
  }

  /** {@return the value of a private cell after the latest run} */
  long privateValue(int c) {
    return valueRun[c] == run
        ? value[c]
        : Footprint.initial(explorer.program().start(), explorer.program().memory(), c);
  }

  // ---- running against the graph ---------------------------------------------------------------

  /** Ends a native run that cannot go on. */
  private static final class Park extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int state;

    Park(int state) {
      super("parked", null, false, false);
      this.state = state;
    }
  }

  private Park park(int state, int cell, int op, long operand) {
    parkCell = cell;
    parkOp = op;
    parkOperand = operand;
    parkIrqs = interruptible();
    return new Park(state);
  }

  private boolean interruptible() {
    return !irqsOff && !inHandler;
  }

  private boolean polls() {
    return interruptible() && explorer.footprint().isPolled(id);
  }

  private int flags(int more) {
    return more | (irqsOff ? 0 : Graph.IRQS_ON) | (inHandler ? Graph.IN_HANDLER : 0);
  }

  /** The event that stands next in the graph, checked against what the script does; or NONE. */
  private int recorded(int kind, int what) {
    if (next >= graph.length[id]) {
      return Graph.NONE;
    }
    int e = graph.po[id][next];
    if (graph.kind[e] != kind || graph.cell[e] != what) {
      throw new Diverged(
          id,
          next,
          Kind.name(graph.kind[e]) + " of " + graph.cell[e],
          Kind.name(kind) + " of " + what);
    }
    next++;
    return e;
  }

  /** A wait with interrupts off has no point of its own. */
  private void pollIfOwed() {
    if (irqsOff) {
      poll();
    }
  }

  private boolean hasPolled() {
    return !dirty && next > 0 && graph.isEmptyPoll(graph.po[id][next - 1]);
  }

  /** An access to what this CPU's handlers can tell: an interruptible point of its own. */
  private void privately(int kind) {
    if (kind == Footprint.PRIVATE_TO_HANDLERS && !inHandler) {
      poll();
      dirty = true;
    }
  }

  /**
   * Before an event: was there an interruptible point since the last? Then takes what the graph
   * says, or adds a poll. Right after an empty poll it would be the same point again.
   */
  private void poll() {
    if (irqsOff && pollOwed) {
      pollOwed = false;
      irqsOff = false;
      pollHere();
      irqsOff = true;
    } else {
      pollHere();
    }
  }

  private void pollHere() {
    if (!polls() || hasPolled()) {
      return;
    }
    dirty = false;
    while (true) {
      int e = recorded(Kind.POLL, next < graph.length[id] ? graph.cell[graph.po[id][next]] : -1);
      if (e == Graph.NONE) {
        growth.poll(id, flags(0));
        next++;
        return;
      }
      if (graph.rf[e] == Graph.NONE) {
        return;
      }
      handle(e);
    }
  }

  /**
   * While waiting or halted: runs the handlers of the polls that the graph has here. A wait for a
   * private cell has no event of its own; its polls are the forced ones that are not of the halt.
   */
  private void takePolls(boolean hasEvent) {
    while (polls() && next < graph.length[id]) {
      int e = graph.po[id][next];
      if (graph.kind[e] != Kind.POLL || graph.rf[e] == Graph.NONE) {
        return;
      }
      boolean forcedHere = (graph.flags[e] & Graph.FORCED) != 0 && graph.op[e] != Frame.OP_HALT;
      if (!hasEvent && !forcedHere) {
        return;
      }
      next++;
      dirty = false;
      handle(e);
    }
  }

  /**
   * A wait for a shared cell has one empty poll, before its read; a wait for a private one has
   * none, unless it was declined there.
   */
  private void skipEmptyPoll(boolean shared) {
    if (next < graph.length[id] && polls()) {
      int e = graph.po[id][next];
      if (graph.isEmptyPoll(e) && (shared || (graph.flags[e] & Graph.DECLINED) != 0)) {
        next++;
        dirty = false;
      }
    }
  }

  private void handle(int pollEvent) {
    if (!(graph.payload[graph.rf[pollEvent]] instanceof Send send)) {
      throw new IllegalStateException("a SEND without payload");
    }
    inHandler = true;
    tell(pollEvent, "irq", null, 0, null);
    send.ipi().handler().run(this, send.info());
    if (send.sender() >= 0) {
      store(explorer.completion(send.sender(), id), send.sequence(), Graph.RELEASE, null);
    }
    inHandler = false;
    tell(Graph.NONE, "iret", null, 0, null);
  }

  private void tell(int e, String what, @Nullable Cell cell, long v, @Nullable Site site) {
    tell(e, what, cell, 0, v, site);
  }

  private void tell(
      int e, String what, @Nullable Cell cell, long old, long v, @Nullable Site site) {
    if (recorder != null) {
      recorder.operation(e, what, cell, old, v, site);
    }
  }

  private int touch(Cell cell, boolean write) {
    int c = cell.index();
    int dense = explorer.footprint().touch(c, id, write, inHandler);
    if (dense < 0 && freedRun[cell.owner().handle()] == run) {
      explorer.bug(this, "use after free of " + cell);
    }
    return dense;
  }

  private long get(Cell cell) {
    return privateValue(cell.index());
  }

  private void set(Cell cell, long v) {
    value[cell.index()] = v;
    valueRun[cell.index()] = run;
  }

  private long load(Cell cell, int more, String what, @Nullable Site site) {
    int c = touch(cell, false);
    if (c < 0) {
      privately(c);
      return get(cell);
    }
    poll();
    int e = recorded(Kind.READ, c);
    if (e == Graph.NONE) {
      e = growth.read(id, Kind.READ, c, 0, 0, 0, flags(more));
      next++;
    }
    tell(e, what, cell, graph.value[e], site);
    return graph.value[e];
  }

  private void store(Cell cell, long v, int more, @Nullable Site site) {
    int c = touch(cell, true);
    if (c < 0) {
      privately(c);
      set(cell, v);
      tell(Graph.NONE, "write", cell, v, site);
      return;
    }
    poll();
    int e = recorded(Kind.WRITE, c);
    if (e == Graph.NONE) {
      e = growth.write(id, c, v, flags(more));
      next++;
    } else if (graph.value[e] != v) {
      throw new Diverged(id, next - 1, cell + " := " + graph.value[e], cell + " := " + v);
    }
    tell(e, "write", cell, v, site);
  }

  private int ghost(int kind, int handle, int op, @Nullable Object payload) {
    poll();
    int e = recorded(kind, handle);
    if (e == Graph.NONE) {
      e = growth.ghost(id, kind, handle, op, flags(0), payload);
      next++;
    }
    return e;
  }

  // ---- Cpu -------------------------------------------------------------------------------------

  @Override
  public int id() {
    return id;
  }

  @Override
  public int cpus() {
    return cpus;
  }

  @Override
  public long readOnce(Cell cell) {
    return load(cell, 0, "read", null);
  }

  @Override
  public void writeOnce(Cell cell, long v) {
    store(cell, v, 0, null);
  }

  @Override
  public long read(Cell cell) {
    return load(cell, Graph.PLAIN, "read", null);
  }

  @Override
  public void write(Cell cell, long v) {
    store(cell, v, Graph.PLAIN, null);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    return load(cell, explorer.weakened(site) ? 0 : Graph.ACQUIRE, "read", site);
  }

  @Override
  public void storeRelease(Cell cell, long v, Site site) {
    store(cell, v, explorer.weakened(site) ? 0 : Graph.RELEASE, site);
  }

  @Override
  public long rcuDereference(Cell cell) {
    return load(cell, 0, "read", null);
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the graph keeps operations in an int[]
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    int c = touch(cell, true);
    if (c < 0) {
      privately(c);
      long old = get(cell);
      if (op.succeeds(old, expected)) {
        set(cell, op.apply(old, operand));
        tell(Graph.NONE, "rmw", cell, old, op.apply(old, operand), site);
      }
      return old;
    }
    poll();
    int e = recorded(Kind.RMW_R, c);
    if (e == Graph.NONE) {
      e =
          growth.read(
              id, Kind.RMW_R, c, op.ordinal(), operand, expected, flags(bits(ordering, site)));
      next++;
    }
    if (graph.succeeds(e)) {
      next++; // the write part is always there
      tell(e, "rmw", cell, graph.value[e], graph.rmwResult(e), site);
    } else {
      tell(e, "read", cell, graph.value[e], site);
    }
    return graph.value[e];
  }

  private int bits(Ordering ordering, Site site) {
    if (explorer.weakened(site)) {
      return 0;
    }
    return switch (ordering) {
      case RELAXED -> 0;
      case ACQUIRE -> Graph.ACQUIRE;
      case RELEASE -> Graph.RELEASE;
      case FULL -> Graph.ACQUIRE | Graph.RELEASE;
    };
  }

  @Override
  public void smpMb(Site site) {
    fence(site, 0);
  }

  @Override
  public void smpRmb(Site site) {
    fence(site, 1);
  }

  @Override
  public void smpWmb(Site site) {
    fence(site, 2);
  }

  private void fence(Site site, int op) {
    if (explorer.model().needsFences() && !explorer.weakened(site)) {
      ghost(Kind.FENCE, -1, op, null);
    }
    tell(Graph.NONE, "fence", null, op, site);
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the graph keeps conditions in an int[]
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    int c = touch(cell, false);
    if (c < 0 && !cond.test(get(cell), operand) && !explorer.footprint().isPolled(id)) {
      throw park(Frame.PARKED, -1, cond.ordinal(), operand); // nobody has written it so far
    }
    pollIfOwed();
    takePolls(c >= 0);
    if (c < 0) {
      skipEmptyPoll(false);
      privately(c);
      if (!cond.test(get(cell), operand)) {
        throw park(Frame.PARKED, -1, cond.ordinal(), operand);
      }
      return get(cell);
    }
    skipEmptyPoll(true);
    int e = recorded(Kind.AWAIT, c);
    if (e == Graph.NONE) {
      int more = explorer.weakened(site) || ordering == Ordering.RELAXED ? 0 : Graph.ACQUIRE;
      e = growth.await(id, c, cond.ordinal(), operand, flags(more), polls() && !hasPolled());
      if (e == Graph.NONE) {
        throw park(Frame.PARKED, c, cond.ordinal(), operand);
      }
      dirty = false;
      next = graph.length[id];
    }
    if (!graph.satisfies(e, graph.value[e])) {
      throw park(Frame.BLOCKED, c, cond.ordinal(), operand);
    }
    tell(e, "await", cell, graph.value[e], site);
    return graph.value[e];
  }

  @Override
  public void lock(Lock lock, Site site) {
    Cell cell = lock.cell();
    int c = touch(cell, true);
    pollIfOwed();
    takePolls(c >= 0);
    if (c < 0) {
      skipEmptyPoll(false);
      privately(c);
      if (get(cell) != 0) {
        throw park(Frame.LOCK_PARKED, -1, 0, 0);
      }
      set(cell, 1);
      return;
    }
    skipEmptyPoll(true);
    int e = recorded(Kind.LOCK_R, c);
    if (e == Graph.NONE) {
      e = growth.lock(id, c, flags(Graph.ACQUIRE), polls() && !hasPolled());
      if (e == Graph.NONE) {
        throw park(Frame.LOCK_PARKED, c, 0, 0);
      }
      dirty = false;
      next = graph.length[id];
    } else if (graph.value[e] != 0) {
      throw park(Frame.BLOCKED, c, 0, 0);
    } else {
      next++; // the write part
    }
    tell(e, "lock", cell, 1, site);
  }

  @Override
  public void unlock(Lock lock, Site site) {
    store(lock.cell(), 0, Graph.RELEASE, site);
  }

  @Override
  public void rcuReadLock() {
    if (rcuNesting++ == 0) {
      Cell mine = explorer.rcuCell(id);
      store(mine, load(mine, 0, "read", null) + 1, Graph.RELEASE, null);
    }
  }

  @Override
  public void rcuReadUnlock() {
    if (--rcuNesting == 0) {
      Cell mine = explorer.rcuCell(id);
      store(mine, load(mine, 0, "read", null) + 1, Graph.RELEASE, null);
    }
  }

  /** A reader's counter is odd inside its section; wait until each has left the one it is in. */
  @Override
  public void synchronizeRcu(Site site) {
    smpMb(site);
    for (int t = 0; t < cpus; t++) {
      if (t != id) {
        Cell theirs = explorer.rcuCell(t);
        long seen = load(theirs, Graph.ACQUIRE, "read", site);
        if ((seen & 1) != 0) {
          await(theirs, Cond.NE, seen, Ordering.ACQUIRE, site);
        }
      }
    }
    smpMb(site);
  }

  @Override
  public void callRcu(Ipi callback, KObject info, Site site) {
    rcuCallbacks.add(() -> {
      synchronizeRcu(site);
      callback.handler().run(this, info);
    });
  }

  @Override
  public void irqDisable(Site site) {
    if (!explorer.weakened(site)) {
      disableIrqs();
    }
  }

  /** The point just before is polled at when, and if, an event follows. */
  private void disableIrqs() {
    if (!irqsOff) {
      irqsOff = true;
      pollOwed = true;
    }
  }

  @Override
  public void irqEnable(Site site) {
    irqsOff = false;
  }

  @Override
  public boolean irqsDisabled() {
    return irqsOff || inHandler;
  }

  @Override
  public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    if (explorer.weakened(site)) {
      return;
    }
    warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
    boolean waits = wait;
    for (int t = 0; t < cpus; t++) {
      if (t != id && (mask[t >>> 6] & CpuMask.bit(t)) != 0) {
        int sequence = waits ? ++waitingSends[t] : 0;
        poll();
        int e = recorded(Kind.SEND, t);
        if (e == Graph.NONE) {
          Send send = new Send(ipi, info, waits ? id : -1, sequence);
          e = growth.send(id, t, send, flags(0));
          next++;
        }
        tell(e, "send", null, t, site);
      }
    }
    if ((mask[id >>> 6] & CpuMask.bit(id)) != 0) {
      boolean before = irqsOff;
      disableIrqs();
      ipi.handler().run(this, info);
      irqsOff = before;
    }
    if (waits) {
      for (int t = 0; t < cpus; t++) {
        if (t != id && (mask[t >>> 6] & CpuMask.bit(t)) != 0) {
          await(explorer.completion(id, t), Cond.GE, waitingSends[t], Ordering.ACQUIRE, site);
        }
      }
    }
  }

  @Override
  public void preemptPoint(String name) {
    if (interruptible()) {
      script.preempted(this, name);
    }
  }

  @Override
  public void loadRoot(KObject wanted, Site site) {
    root = wanted;
    int e = ghost(Kind.HOLD, wanted.handle(), explorer.register(Hold.ROOT), null);
    tell(e, "root", null, wanted.handle(), site);
  }

  @Override
  public void dropRoot(Site site) {
    root = null;
    ghost(Kind.RELEASE, -1, explorer.register(Hold.ROOT), null);
  }

  @Override
  public boolean hasRoot(KObject wanted) {
    return root == wanted;
  }

  @Override
  public void flushTlbLocal(Site site) {
    tell(ghost(Kind.FLUSH, -1, 0, null), "flush", null, 0, site);
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    tell(ghost(Kind.FLUSH_ALL, -1, 0, null), "flush all", null, 0, site);
  }

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    T object = take(slab, label);
    if (object.handle() >= freedRun.length) {
      throw new Footprint.Restart();
    }
    freedRun[object.handle()] = 0;
    for (KObject part : object.parts()) {
      freedRun[part.handle()] = 0;
    }
    int e = ghost(Kind.ALLOC, object.handle(), 0, null);
    tell(e, "alloc", null, object.handle(), null);
    return object;
  }

  @SuppressWarnings("unchecked") // what was freed to a slab came from it
  private <T extends KObject> T take(Slab<T> slab, String label) {
    for (int i = freed.size() - 1; i >= 0; i--) {
      if (freedTo.get(i) == slab) {
        freedTo.remove(i);
        return (T) freed.remove(i);
      }
    }
    int s = slabs.indexOf(slab);
    if (s < 0) {
      s = slabs.size();
      slabs.add(slab);
      taken.add(0);
    }
    int n = taken.get(s);
    taken.set(s, n + 1);
    return slab.slot(id, n, label);
  }

  @Override
  public void free(KObject object) {
    for (Cell cell : object.cells()) {
      touch(cell, true);
    }
    if (freedRun[object.handle()] == run) {
      explorer.bug(this, "double free of " + object);
    }
    freedRun[object.handle()] = run;
    int e = ghost(Kind.FREE, object.handle(), 0, null);
    tell(e, "free", null, object.handle(), null);
    Slab<?> slab = object.slab();
    if (slab != null) {
      freed.add(object);
      freedTo.add(slab);
    }
  }

  @Override
  public void hold(Hold register, KObject object) {
    int e = ghost(Kind.HOLD, object.handle(), explorer.register(register), null);
    tell(e, "hold", null, object.handle(), null);
  }

  @Override
  public void release(Hold register) {
    ghost(Kind.RELEASE, -1, explorer.register(register), null);
  }

  @Override
  public void enterUser(KObject expected) {
    int e = ghost(Kind.USER, expected.handle(), 0, null);
    tell(e, "user", null, expected.handle(), null);
  }

  @Override
  public void warnOn(boolean bad, String what) {
    if (bad) {
      explorer.bug(this, what);
    }
  }

  /** Adds a WARN event. */
  void warn(String what) {
    tell(ghost(Kind.WARN, -1, 0, what), what, null, 0, null);
  }

  @Override
  public void unlink(KObject table) {
    tell(ghost(Kind.UNLINK, table.handle(), 0, null), "unlink", null, table.handle(), null);
  }

  @Override
  public void action(String text) {
    if (recorder != null) {
      recorder.action(text);
    }
  }

  @Override
  public void step(String name) {
    if (recorder != null) {
      recorder.step(name);
    }
  }
}
