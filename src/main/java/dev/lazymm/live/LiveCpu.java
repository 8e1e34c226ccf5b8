package dev.lazymm.live;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Sites;
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
import dev.lazymm.machine.Snapshot;
import java.lang.invoke.VarHandle;

/**
 * One CPU that is a thread, on cells that are memory. What each operation is:
 *
 * <ul>
 *   <li>readOnce, rcuDereference: opaque. An address dependency needs no more on any hardware that
 *       Java runs on, and a compiler does not break one that goes through an object's table. Plain
 *       read and write: plain.
 *   <li>loadAcquire, storeRelease, and locks: acquire and release.
 *   <li>Read-modify-writes: {@link Atomics}.
 *   <li>smpMb: a full fence; smpRmb, smpWmb: loadLoad and storeStore fences. At a site that is
 *       weakened they are nothing.
 *   <li>An IPI is a message ({@link Mailbox}), taken before each operation at which interrupts are
 *       on and whenever the CPU waits. There is no other interrupt.
 * </ul>
 *
 * <p>The parts: {@link Steps}, what happens between operations; {@link Accesses} to memory; {@link
 * Interrupts}; {@link Registers}, which are watched; {@link Slabs}; {@link Rcu}. Owned by its
 * thread.
 */
final class LiveCpu implements Cpu {
  private final LiveMachine machine;
  private final int id;
  private final Watch watch;
  private final Interrupts interrupts;
  private final Steps steps;
  private final Findings findings = new Findings();
  private final Accesses accesses;
  private final Registers registers;
  private final Slabs slabs;
  private final Rcu rcu;
  private Script script = cpu -> {};
  private long switches;

  LiveCpu(LiveMachine machine, int id, boolean crowded) {
    this.machine = machine;
    this.id = id;
    watch = machine.watch();
    interrupts = new Interrupts(machine, this);
    steps = new Steps(machine, id, interrupts, crowded);
    rcu = new Rcu(this, machine.rcuCounters());
    accesses = new Accesses(machine, rcu, steps, findings);
    registers = new Registers(machine, id, findings);
    slabs = new Slabs(id);
  }

  // ---- rounds ----------------------------------------------------------------------------------

  /** A new round, from this state; called while no CPU runs. */
  void reset(Snapshot.CpuState start) {
    interrupts.reset();
    steps.reset();
    findings.clear();
    registers.reset(start);
    slabs.begin();
    rcu.begin();
  }

  /** Runs the script, then takes IPIs until every CPU has ended its own. */
  void run(Script toRun, long seed) {
    script = toRun;
    steps.begin(seed);
    toRun.run(this);
    interrupts.enable();
    rcu.runCallbacks();
    machine.ended();
    steps.waitUntil(machine::allEnded, () -> "for nothing: it has ended");
    interrupts.take();
  }

  /** {@return what this CPU saw go wrong in this round} */
  Findings findings() {
    return findings;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  Steps steps() {
    return steps;
  }

  /** {@return how many tasks this CPU has switched to since the machine was made} */
  long switches() {
    return switches;
  }

  private boolean counts(Site site) {
    return !machine.isWeakened(site);
  }

  // ---- Cpu -------------------------------------------------------------------------------------

  @Override
  public int id() {
    return id;
  }

  @Override
  public int cpus() {
    return machine.cpus();
  }

  @Override
  public long readOnce(Cell cell) {
    return accesses.load(cell, false);
  }

  @Override
  public void writeOnce(Cell cell, long value) {
    accesses.store(cell, value, false);
  }

  @Override
  public long read(Cell cell) {
    return accesses.loadPlain(cell);
  }

  @Override
  public void write(Cell cell, long value) {
    accesses.storePlain(cell, value);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    return accesses.load(cell, counts(site));
  }

  @Override
  public void storeRelease(Cell cell, long value, Site site) {
    if (site == Sites.ON_CPU_RELEASE) { // finish_task: once a switch
      switches++;
    }
    accesses.store(cell, value, counts(site));
  }

  @Override
  public long rcuDereference(Cell cell) {
    return accesses.load(cell, false);
  }

  @Override
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    return accesses.rmw(op, cell, operand, expected, ordering == Ordering.FULL && counts(site));
  }

  @Override
  public void smpMb(Site site) {
    steps.point();
    if (counts(site)) {
      VarHandle.fullFence();
    }
  }

  @Override
  public void smpRmb(Site site) {
    steps.point();
    if (counts(site)) {
      VarHandle.loadLoadFence();
    }
  }

  @Override
  public void smpWmb(Site site) {
    steps.point();
    if (counts(site)) {
      VarHandle.storeStoreFence();
    }
  }

  @Override
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    boolean acquire = (ordering == Ordering.ACQUIRE || ordering == Ordering.FULL) && counts(site);
    return accesses.await(cell, cond, operand, acquire, site);
  }

  @Override
  public void lock(Lock lock, Site site) {
    accesses.lock(lock, site);
  }

  @Override
  public void unlock(Lock lock, Site site) {
    accesses.unlock(lock);
  }

  @Override
  public void rcuReadLock() {
    steps.point();
    rcu.readLock();
  }

  @Override
  public void rcuReadUnlock() {
    steps.point();
    rcu.readUnlock();
  }

  @Override
  public void synchronizeRcu(Site site) {
    steps.point();
    rcu.synchronize(site);
  }

  @Override
  public void callRcu(Ipi callback, KObject info, Site site) {
    steps.point();
    rcu.call(callback, info, site);
  }

  @Override
  public void irqDisable(Site site) {
    steps.point();
    if (counts(site)) {
      interrupts.disable();
    }
  }

  @Override
  public void irqEnable(Site site) {
    interrupts.enable();
    steps.point();
  }

  @Override
  public boolean irqsDisabled() {
    return interrupts.areOff();
  }

  @Override
  public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    steps.point();
    if (!counts(site)) {
      return;
    }
    warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
    interrupts.send(mask, ipi, info, wait, steps, site);
  }

  @Override
  public void preemptPoint(String name) {
    steps.point();
    if (!irqsDisabled()) {
      script.preempted(this, name);
    }
  }

  @Override
  public void loadRoot(KObject next, Site site) {
    loadRoot(next, -1, false, site);
  }

  @Override
  public void loadRoot(KObject next, int tag, boolean flush, Site site) {
    steps.point();
    registers.load(next, tag, flush);
  }

  @Override
  public void dropRoot(Site site) {
    steps.point();
    registers.drop();
  }

  @Override
  public boolean hasRoot(KObject wanted) {
    return registers.isOn(wanted);
  }

  @Override
  public void flushTlbLocal(Site site) {
    steps.point();
    registers.flush();
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    steps.point();
    watch.flushedEverywhere();
  }

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    steps.point();
    T object = slabs.alloc(slab, label);
    watch.born(object);
    return object;
  }

  @Override
  public void free(KObject object) {
    steps.point();
    Finding finding = watch.free(object);
    if (finding != null) {
      findings.add(finding);
    }
    slabs.free(object);
  }

  @Override
  public void freeRcu(KObject object) {
    watch.freedAfter(object, rcu.sections());
    free(object);
  }

  @Override
  public void hold(Hold register, KObject object) {
    steps.point();
    if (register == Kernel.ACTIVE_MM) {
      registers.active(object);
    }
  }

  @Override
  public void release(Hold register) {
    steps.point();
    if (register == Kernel.ACTIVE_MM) {
      registers.active(null);
    }
  }

  @Override
  public void enterUser(KObject expected) {
    steps.point();
    registers.user(expected);
  }

  @Override
  public void warnOn(boolean bad, String what) {
    if (bad) {
      findings.add("WARN", "CPU %d warns: %s".formatted(id, what));
    }
  }

  @Override
  public void unlink(KObject table) {
    steps.point();
    watch.unlink(table);
  }

  @Override
  public void action(String text) {
    steps.action(text);
  }

  @Override
  public void step(String name) {
    steps.step(name);
  }
}
