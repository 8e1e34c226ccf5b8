package dev.lazymm.simulate;

import dev.lazymm.cost.Prices;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CPU whose operations take time. Before each that others could notice it lets everybody go on
 * who is earlier, then takes what IPIs have arrived, then acts at once and moves its clock.
 */
final class SimulatedCpu implements Cpu {
  private final Computer computer;
  private final Engine engine;
  private final Caches caches;
  private final Watch watch;
  private final Counts counts;
  private final Prices prices;
  private final int id;
  private final Script script;
  private final Lane lane;
  private final Interrupts interrupts;
  private final Heap heap;
  private final List<Runnable> rcuCallbacks = new ArrayList<>();
  private int rcuNesting;
  private String action = "";

  /** What it waits for, if it does. */
  private @Nullable Waiting waiting;

  /** A wake that has been scheduled and not come yet. */
  private boolean woken;

  SimulatedCpu(Computer computer, int id, Script script) {
    this.computer = computer;
    this.id = id;
    this.script = script;
    engine = computer.engine;
    caches = computer.caches;
    watch = computer.watch;
    counts = computer.counts;
    prices = computer.prices;
    lane = engine.lane(this::live);
    interrupts = new Interrupts(computer, this, lane);
    heap = new Heap(id);
  }

  /** From the first action to the end of the simulation. */
  private void live() {
    script.run(this);
    interrupts.enable();
    while (!rcuCallbacks.isEmpty()) {
      rcuCallbacks.removeFirst().run();
    }
    action = "";
    while (true) {
      interrupts.takeArrived();
      sleep(Lane.State.HALTED);
    }
  }

  // ---- time ------------------------------------------------------------------------------------

  /** A point at which others may act before this CPU does, and at which it can be interrupted. */
  private void point() {
    point(0);
  }

  private void point(long slack) {
    counts.operations++;
    do {
      if (!engine.isFirst(lane, slack)) {
        engine.giveWay(lane);
      }
    } while (interrupts.takeArrived());
  }

  /** A point before an access; in the own cache a CPU may be a little ahead. */
  private void point(boolean hit) {
    point(hit ? computer.slack : 0);
  }

  private void spend(long picoseconds) {
    lane.clock += picoseconds;
  }

  /** Sleeps until woken, or until an IPI arrives that can be taken. */
  private void sleep(Lane.State how) {
    woken = false;
    interrupts.wakeAtNext();
    engine.park(lane, how);
  }

  /** Sleeps for somebody else. */
  private void await(Waiting what) {
    counts.waits++;
    waiting = what;
    sleep(Lane.State.WAITING);
    waiting = null;
  }

  /** Another CPU ends this one's sleep. */
  void wake(long time) {
    if (!woken) {
      woken = true;
      engine.wake(lane, time);
    }
  }

  /** {@return whether the spin has ended; then this CPU goes on} */
  boolean wakeIfSatisfied(long time) {
    if (!(waiting instanceof Waiting.Spin spin)
        || !spin.cond().test(computer.values.get(spin.cell()), spin.operand())) {
      return false;
    }
    wake(time);
    return true;
  }

  /** {@return what it waits for now; null if it does not} */
  @Nullable Waiting waiting() {
    return waiting;
  }

  /** {@return the action that it is at; empty after the last} */
  String action() {
    return action;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  long clock() {
    return lane.clock;
  }

  // ---- loads and stores ------------------------------------------------------------------------

  private long load(Cell cell) {
    Line line = caches.line(cell);
    point(Caches.readHits(id, line));
    watch.access(id, cell);
    lane.clock = caches.read(id, line, lane.clock);
    return computer.values.get(cell);
  }

  private void store(Cell cell, long value) {
    Line line = caches.line(cell);
    point(Caches.writeHits(id, line));
    set(cell, line, value, false);
  }

  private void set(Cell cell, Line line, long value, boolean atomic) {
    watch.access(id, cell);
    lane.clock = caches.write(id, line, lane.clock, atomic);
    computer.values.set(cell, value);
    computer.wakeSpinners(line, id, lane.clock);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public int cpus() {
    return computer.cpus().size();
  }

  @Override
  public long readOnce(Cell cell) {
    return load(cell);
  }

  @Override
  public void writeOnce(Cell cell, long value) {
    store(cell, value);
  }

  @Override
  public long read(Cell cell) {
    return load(cell);
  }

  @Override
  public void write(Cell cell, long value) {
    store(cell, value);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    return load(cell);
  }

  @Override
  public void storeRelease(Cell cell, long value, Site site) {
    store(cell, value);
  }

  @Override
  public long rcuDereference(Cell cell) {
    return load(cell);
  }

  @Override
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    Line line = caches.line(cell);
    point(Caches.writeHits(id, line));
    long old = computer.values.get(cell);
    if (op.succeeds(old, expected)) {
      long value = op.apply(old, operand);
      watch.count(cell, old, value);
      set(cell, line, value, true);
    } else { // it takes the line all the same
      watch.access(id, cell);
      lane.clock = caches.write(id, line, lane.clock, true);
    }
    return old;
  }

  // ---- fences, locks, spins --------------------------------------------------------------------

  @Override
  public void smpMb(Site site) {
    counts.operations++;
    counts.fullFences++;
    spend(prices.fullFence());
  }

  @Override
  public void smpRmb(Site site) {
    counts.operations++;
    counts.lightFences++;
    spend(prices.lightFence());
  }

  @Override
  public void smpWmb(Site site) {
    smpRmb(site);
  }

  @Override
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    long value = load(cell);
    while (!cond.test(value, operand)) {
      Line line = caches.line(cell);
      line.addSpinner(this);
      await(new Waiting.Spin(cell, cond, operand, site));
      line.removeSpinner(this);
      value = load(cell);
    }
    return value;
  }

  @Override
  public void lock(Lock lock, Site site) {
    Cell cell = lock.cell();
    Line line = caches.line(cell);
    point(Caches.writeHits(id, line));
    while (computer.values.get(cell) != 0) {
      computer.queue(cell, this); // each waiter spins on a line of its own, as in qspinlock
      await(new Waiting.ForLock(cell, site));
      computer.leave(cell, this); // still there if an IPI ended the sleep
      point();
    }
    set(cell, line, 1, true);
  }

  @Override
  public void unlock(Lock lock, Site site) {
    store(lock.cell(), 0);
    SimulatedCpu next = computer.nextOf(lock.cell());
    if (next != null) {
      next.wake(lane.clock);
    }
  }

  @Override
  public void rcuReadLock() {
    point();
    if (rcuNesting++ == 0) {
      computer.rcu.enter(id);
    }
  }

  @Override
  public void rcuReadUnlock() {
    point();
    if (--rcuNesting == 0) {
      computer.rcu.leave(id, lane.clock);
    }
  }

  @Override
  public void synchronizeRcu(Site site) {
    smpMb(site);
    point();
    Rcu.Grace grace = computer.rcu.begin(this);
    while (!grace.isOver()) {
      await(new Waiting.ForReaders(site));
      point();
    }
    spend(prices.gracePeriod());
    smpMb(site);
  }

  @Override
  public void callRcu(Ipi callback, KObject info, Site site) {
    rcuCallbacks.add(() -> {
      synchronizeRcu(site);
      callback.handler().run(this, info);
    });
  }

  // ---- interrupts ------------------------------------------------------------------------------

  @Override
  public void irqDisable(Site site) {
    point();
    interrupts.disable();
  }

  @Override
  public void irqEnable(Site site) {
    counts.operations++;
    interrupts.enable();
  }

  @Override
  public boolean irqsDisabled() {
    return !interrupts.canCome();
  }

  @Override
  public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
    List<Call> calls = new ArrayList<>();
    boolean here = false;
    for (int word = 0; word < mask.length; word++) {
      for (long rest = mask[word]; rest != 0; rest &= rest - 1) {
        int target = 64 * word + Long.numberOfTrailingZeros(rest);
        if (target == id) {
          here = true;
        } else if (target < cpus()) {
          calls.add(send(target, ipi, info, wait));
        }
      }
    }
    if (here) {
      boolean wereOff = interrupts.areOff();
      interrupts.disable();
      counts.handlers++;
      ipi.handler().run(this, info);
      interrupts.restore(wereOff);
    }
    for (Call call : wait ? calls : List.<Call>of()) {
      awaitDone(call, site);
    }
  }

  private Call send(int target, Ipi ipi, KObject info, boolean wait) {
    Line line = computer.callLine(id, target);
    point(Caches.writeHits(id, line));
    lane.clock = caches.write(id, line, lane.clock, false);
    spend(prices.ipiSend());
    counts.ipis++;
    Call call = new Call(this, ipi, info, wait, lane.clock + prices.ipiDelivery());
    computer.cpu(target).interrupts.deliver(call);
    return call;
  }

  private void awaitDone(Call call, Site site) {
    Line line = computer.callLine(id, call.target());
    point(Caches.readHits(id, line));
    while (!call.isDone()) {
      await(new Waiting.ForHandler(call, site));
      point();
    }
    lane.clock = caches.read(id, line, lane.clock);
  }

  /** Runs the handler of a call that has arrived; interrupts cannot come. */
  void handle(Call call) {
    spend(prices.ipiEntry());
    counts.handlers++;
    Line line = computer.callLine(call.sender().id, id);
    lane.clock = caches.read(id, line, lane.clock);
    call.ipi().handler().run(this, call.info());
    if (call.waits()) {
      point();
      lane.clock = caches.write(id, line, lane.clock, false);
      call.done();
      if (call.sender().waiting instanceof Waiting.ForHandler(Call awaited, _) && awaited == call) {
        call.sender().wake(lane.clock);
      }
    }
  }

  @Override
  public void preemptPoint(String name) {
    point();
    if (interrupts.canCome()) {
      script.preempted(this, name);
    }
  }

  // ---- the MMU ---------------------------------------------------------------------------------

  @Override
  public void loadRoot(KObject root, Site site) {
    point();
    counts.rootLoads++;
    spend(prices.loadRoot());
    watch.root(id, root);
  }

  @Override
  public void dropRoot(Site site) {
    point();
    watch.root(id, null);
  }

  @Override
  public boolean hasRoot(KObject root) {
    return watch.root(id) == root;
  }

  @Override
  public void flushTlbLocal(Site site) {
    point();
    counts.flushesLocal++;
    spend(prices.flushLocal());
    watch.flush(id);
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    point();
    counts.flushesBroadcast++;
    spend(prices.flushBroadcast());
    watch.flushAll();
  }

  // ---- memory management -----------------------------------------------------------------------

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    point();
    counts.allocs++;
    spend(prices.alloc());
    T object = heap.alloc(slab, label);
    watch.alloc(object);
    return object;
  }

  @Override
  public void free(KObject object) {
    point();
    counts.frees++;
    spend(prices.free());
    watch.free(id, object);
    heap.free(object);
  }

  // ---- ghosts ----------------------------------------------------------------------------------

  @Override
  public void hold(Hold register, KObject object) {
    watch.hold(id, register, object);
  }

  @Override
  public void release(Hold register) {
    watch.release(id, register);
  }

  @Override
  public void enterUser(KObject root) {
    watch.enterUser(id, root);
  }

  @Override
  public void warnOn(boolean bad, String what) {
    if (bad) {
      watch.report("WARN", "CPU %d warns: %s".formatted(id, what));
    }
  }

  @Override
  public void unlink(KObject table) {
    watch.unlink(table);
  }

  @Override
  public void action(String text) {
    action = text;
  }

  @Override
  public void step(String name) {}

  @Override
  public String toString() {
    return "CPU " + id;
  }
}
