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
 * One CPU whose operations take time: it acts at once, then moves its clock.
 *
 * <p>The parts: {@link Turns}, when it acts; {@link Accesses} to memory; {@link Interrupts}, which
 * it takes, and {@link Ipis}, which are all there are.
 */
final class SimulatedCpu implements Cpu {
  private final Computer computer;
  private final Watch watch;
  private final Counts counts;
  private final Prices prices;
  private final int id;
  private final Script script;
  private final Interrupts interrupts;
  private final Turns turns;
  private final Accesses accesses;
  private final Ipis ipis;
  private final Heap heap;
  private final List<Runnable> rcuCallbacks = new ArrayList<>();
  private int rcuNesting;
  private String action = "";

  SimulatedCpu(Computer computer, int id, Script script) {
    this.computer = computer;
    this.id = id;
    this.script = script;
    watch = computer.watch;
    counts = computer.counts;
    prices = computer.prices;
    Lane lane = computer.engine.lane(this::live);
    interrupts = new Interrupts(computer, this, lane);
    turns = new Turns(computer, lane, interrupts);
    accesses = new Accesses(computer, this, turns);
    ipis = new Ipis(computer, this, turns, interrupts);
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
      turns.sleep(Lane.State.HALTED);
    }
  }

  /** Another CPU ends this one's sleep. */
  void wake(long time) {
    turns.wake(time);
  }

  /** Another CPU has written: {@return whether the wait is over; then this CPU goes on} */
  boolean wakeIfSatisfied(long time) {
    return accesses.wakeIfSatisfied(time);
  }

  /** Runs the handler of a call that has arrived; interrupts cannot come. */
  void handle(Call call) {
    ipis.handle(call);
  }

  /** {@return what it waits for now; null if it does not} */
  @Nullable Waiting waiting() {
    return turns.waiting();
  }

  /** {@return the action that it is at; empty after the last} */
  String action() {
    return action;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  long clock() {
    return turns.now();
  }

  // ---- memory ----------------------------------------------------------------------------------

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
    return accesses.load(cell);
  }

  @Override
  public void writeOnce(Cell cell, long value) {
    accesses.store(cell, value);
  }

  @Override
  public long read(Cell cell) {
    return accesses.load(cell);
  }

  @Override
  public void write(Cell cell, long value) {
    accesses.store(cell, value);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    return accesses.load(cell);
  }

  @Override
  public void storeRelease(Cell cell, long value, Site site) {
    accesses.store(cell, value);
  }

  @Override
  public long rcuDereference(Cell cell) {
    return accesses.load(cell);
  }

  @Override
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    return accesses.rmw(op, cell, operand, expected);
  }

  // ---- fences, locks, spins --------------------------------------------------------------------

  @Override
  public void smpMb(Site site) {
    turns.count();
    counts.fullFences++;
    turns.spend(prices.fullFence());
  }

  @Override
  public void smpRmb(Site site) {
    turns.count();
    counts.lightFences++;
    turns.spend(prices.lightFence());
  }

  @Override
  public void smpWmb(Site site) {
    smpRmb(site);
  }

  @Override
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    return accesses.await(cell, cond, operand, site);
  }

  @Override
  public void lock(Lock lock, Site site) {
    accesses.lock(lock.cell(), site);
  }

  @Override
  public void unlock(Lock lock, Site site) {
    accesses.unlock(lock.cell());
  }

  @Override
  public void rcuReadLock() {
    turns.point();
    if (rcuNesting++ == 0) {
      computer.rcu.enter(id);
    }
  }

  @Override
  public void rcuReadUnlock() {
    turns.point();
    if (--rcuNesting == 0) {
      computer.rcu.leave(id, turns.now());
    }
  }

  @Override
  public void synchronizeRcu(Site site) {
    smpMb(site);
    turns.point();
    Rcu.Grace grace = computer.rcu.begin(this, computer.cpus());
    while (!grace.isOver()) {
      turns.await(new Waiting.ForReaders(site));
      turns.point();
    }
    turns.spend(prices.gracePeriod());
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
    turns.point();
    interrupts.disable();
  }

  @Override
  public void irqEnable(Site site) {
    turns.count();
    interrupts.enable();
  }

  @Override
  public boolean irqsDisabled() {
    return !interrupts.canCome();
  }

  @Override
  public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
    ipis.send(mask, ipi, info, wait, site);
  }

  @Override
  public void preemptPoint(String name) {
    turns.point();
    if (interrupts.canCome()) {
      script.preempted(this, name);
    }
  }

  // ---- the MMU ---------------------------------------------------------------------------------

  @Override
  public void loadRoot(KObject root, Site site) {
    load(root, -1, false);
  }

  @Override
  public void loadRoot(KObject root, int tag, boolean flush, Site site) {
    load(root, tag, flush);
  }

  private void load(KObject root, int tag, boolean flush) {
    turns.point();
    counts.rootLoads++;
    turns.spend(prices.loadRoot());
    if (flush) { // part of the load, so that nobody comes between
      counts.flushesLocal++;
      turns.spend(prices.flushLocal());
    }
    watch.load(id, root, tag, flush);
  }

  @Override
  public void dropRoot(Site site) {
    turns.point();
    watch.drop(id);
  }

  @Override
  public boolean hasRoot(KObject root) {
    return watch.root(id) == root;
  }

  @Override
  public void flushTlbLocal(Site site) {
    turns.point();
    counts.flushesLocal++;
    turns.spend(prices.flushLocal());
    watch.flush(id);
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    turns.point();
    counts.flushesBroadcast++;
    turns.spend(prices.flushBroadcast());
    watch.flushAll();
  }

  // ---- memory management -----------------------------------------------------------------------

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    turns.point();
    counts.allocs++;
    turns.spend(prices.alloc());
    T object = heap.alloc(slab, label);
    watch.alloc(object);
    return object;
  }

  @Override
  public void free(KObject object) {
    turns.point();
    counts.frees++;
    turns.spend(prices.free());
    watch.free(id, object);
    heap.free(object);
  }

  @Override
  public void freeRcu(KObject object) {
    watch.freedAfter(object, computer.rcu.readers());
    free(object);
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
