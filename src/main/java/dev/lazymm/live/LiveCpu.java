package dev.lazymm.live;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
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
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
 * <p>Before each operation there may be a small delay ({@link Jitter}), and the CPU sees whether
 * its round has been given up. Owned by its thread, but for what {@link #whereabouts} reads.
 */
final class LiveCpu implements Cpu {
  private final LiveMachine machine;
  private final int id;
  private final CellMemory cells;
  private final Lives lives;
  private final Watch watch;
  private final Mailbox mailbox = new Mailbox();
  private final Slabs slabs;
  private final Rcu rcu;
  private final Jitter jitter;
  private final Pause pause;
  private final long progress; // where others can read how many operations this CPU has begun
  private final List<Finding> findings = new ArrayList<>();
  private Script script = cpu -> {};

  private boolean off;
  private boolean inHandler;
  private long activeLife;
  private long rootLife;
  private long operations;
  private long switches;
  private long ipis;
  private String action = "";
  private String step = "";
  private volatile @Nullable Supplier<String> waits;

  LiveCpu(LiveMachine machine, int id, boolean crowded) {
    this.machine = machine;
    this.id = id;
    cells = machine.cells();
    lives = machine.lives();
    watch = machine.watch();
    slabs = new Slabs(id);
    rcu = new Rcu(this, machine.rcuCounters());
    jitter = new Jitter(crowded);
    pause = new Pause(crowded);
    progress = machine.heap().line();
  }

  // ---- rounds ----------------------------------------------------------------------------------

  /** A new round; called while no CPU runs. */
  void reset() {
    off = false;
    inHandler = false;
    mailbox.takeAll();
    slabs.begin();
    rcu.begin();
    findings.clear();
    activeLife = 0;
    rootLife = 0;
    action = "";
    step = "";
  }

  /** Runs the script, then takes IPIs until every CPU has ended its own. */
  void run(Script toRun, long seed) {
    script = toRun;
    jitter.begin(seed);
    toRun.run(this);
    off = false;
    rcu.runCallbacks();
    machine.ended();
    waitUntil(machine::allEnded, () -> "for nothing: it has ended");
    takeIpis();
  }

  /** {@return what this CPU saw go wrong in this round} */
  List<Finding> findings() {
    return findings;
  }

  void found(String name, String what) {
    found(new Finding(name, what));
  }

  private void found(Finding finding) {
    if (findings.stream().noneMatch(f -> f.name().equals(finding.name()))) {
      findings.add(finding);
    }
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Pause pause() {
    return pause;
  }

  /** {@return how many tasks this CPU has switched to since the machine was made} */
  long switches() {
    return switches;
  }

  /** {@return how many IPIs it has sent} */
  long ipis() {
    return ipis;
  }

  /** {@return a number that grows while the CPU does something}; for any thread */
  long progress() {
    return OffHeap.getOpaque(progress);
  }

  /** {@return where the CPU is, in words}; for any thread */
  String whereabouts() {
    Supplier<String> waiting = waits;
    String at = step.isEmpty() ? action : action.isEmpty() ? step : action + ": " + step;
    return waiting == null
        ? "CPU " + id + " runs" + (at.isEmpty() ? "" : " in " + at)
        : "CPU " + id + " waits " + waiting.get() + (at.isEmpty() ? "" : ", in " + at);
  }

  // ---- between operations ----------------------------------------------------------------------

  /** Before each operation. */
  private void point() {
    OffHeap.setOpaque(progress, ++operations);
    if (machine.isGivenUp()) {
      throw new Stop();
    }
    jitter.step();
    takeIpis();
  }

  private void takeIpis() {
    while (!irqsDisabled() && !mailbox.isEmpty()) {
      for (Mailbox.Message m = mailbox.takeAll(); m != null; m = m.next()) {
        boolean wereOff = off;
        inHandler = true;
        m.ipi.handler().run(this, m.info);
        inHandler = false;
        off = wereOff; // iret
        m.finish();
      }
    }
  }

  /** Spins, and takes IPIs if interrupts are on; {@code what} says for what it waits. */
  void waitUntil(BooleanSupplier over, Supplier<String> what) {
    if (over.getAsBoolean()) {
      return;
    }
    waits = what;
    pause.begin();
    do {
      if (machine.isGivenUp()) {
        throw new Stop();
      }
      pause.moment();
      takeIpis();
      waits = what; // a handler may have waited too
    } while (!over.getAsBoolean());
    waits = null;
  }

  private boolean counts(Site site) {
    return !machine.isWeakened(site);
  }

  /** Where the cell is, before an access to it. */
  private long at(Cell cell) {
    point();
    if (Lives.isFree(lives.of(cell.owner()))) {
      found("UAF", cell + " is used after it was freed");
    }
    return cells.address(cell);
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
    return OffHeap.getOpaque(at(cell));
  }

  @Override
  public void writeOnce(Cell cell, long value) {
    OffHeap.setOpaque(at(cell), value);
  }

  @Override
  public long read(Cell cell) {
    return OffHeap.get(at(cell));
  }

  @Override
  public void write(Cell cell, long value) {
    OffHeap.set(at(cell), value);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    long address = at(cell);
    return counts(site) ? OffHeap.getAcquire(address) : OffHeap.getOpaque(address);
  }

  @Override
  public void storeRelease(Cell cell, long value, Site site) {
    long address = at(cell);
    if (site == Sites.ON_CPU_RELEASE) { // finish_task: once a switch
      switches++;
    }
    if (counts(site)) {
      OffHeap.setRelease(address, value);
    } else {
      OffHeap.setOpaque(address, value);
    }
  }

  @Override
  public long rcuDereference(Cell cell) {
    return OffHeap.getOpaque(at(cell));
  }

  @Override
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    boolean full = ordering == Ordering.FULL && counts(site);
    long old = Atomics.rmw(op, at(cell), operand, expected, full);
    if (op == Rmw.ADD || op == Rmw.ADD_UNLESS) {
      watchCounter(op, cell, old, operand, expected);
    }
    return old;
  }

  /** I4 while it runs: no counter of an mm goes below 0, none rises again from 0. */
  private void watchCounter(Rmw op, Cell cell, long old, long operand, long expected) {
    if (op.succeeds(old, expected)
        && cell.owner() instanceof Mm mm
        && (cell == mm.mmCount || cell == mm.mmUsers)) {
      long value = old + operand;
      if (value < 0 || (old == 0 && value > 0)) {
        found("I4", "%s goes from %d to %d".formatted(cell, old, value));
      }
    }
  }

  @Override
  public void smpMb(Site site) {
    point();
    if (counts(site)) {
      VarHandle.fullFence();
    }
  }

  @Override
  public void smpRmb(Site site) {
    point();
    if (counts(site)) {
      VarHandle.loadLoadFence();
    }
  }

  @Override
  public void smpWmb(Site site) {
    point();
    if (counts(site)) {
      VarHandle.storeStoreFence();
    }
  }

  @Override
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    long address = at(cell);
    boolean acquire = (ordering == Ordering.ACQUIRE || ordering == Ordering.FULL) && counts(site);
    long[] seen = new long[1];
    waitUntil(
        () -> {
          seen[0] = acquire ? OffHeap.getAcquire(address) : OffHeap.getOpaque(address);
          return cond.test(seen[0], operand);
        },
        () -> "for %s %s %d (%s)".formatted(cell, cond, operand, site));
    return seen[0];
  }

  @Override
  public void lock(Lock lock, Site site) {
    long address = at(lock.cell());
    waitUntil(
        () -> OffHeap.getOpaque(address) == 0 && OffHeap.compareAndSet(address, 0, 1),
        () -> "for the lock %s (%s)".formatted(lock, site));
  }

  @Override
  public void unlock(Lock lock, Site site) {
    OffHeap.setRelease(at(lock.cell()), 0);
  }

  @Override
  public void rcuReadLock() {
    point();
    rcu.readLock();
  }

  @Override
  public void rcuReadUnlock() {
    point();
    rcu.readUnlock();
  }

  @Override
  public void synchronizeRcu(Site site) {
    point();
    rcu.synchronize(site);
  }

  @Override
  public void callRcu(Ipi callback, KObject info, Site site) {
    point();
    rcu.call(callback, info, site);
  }

  @Override
  public void irqDisable(Site site) {
    point();
    if (counts(site)) {
      off = true;
    }
  }

  @Override
  public void irqEnable(Site site) {
    off = false;
    point();
  }

  @Override
  public boolean irqsDisabled() {
    return off || inHandler;
  }

  @Override
  public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    point();
    if (!counts(site)) {
      return;
    }
    warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
    List<Mailbox.Message> sent = new ArrayList<>();
    for (int target = 0; target < cpus(); target++) {
      if (target != id && isIn(mask, target)) {
        Mailbox.Message message = new Mailbox.Message(ipi, info, target);
        machine.cpu(target).mailbox.post(message);
        sent.add(message);
        ipis++;
      }
    }
    if (isIn(mask, id)) {
      boolean wereOff = off;
      off = true;
      ipi.handler().run(this, info);
      off = wereOff;
    }
    if (wait) {
      for (Mailbox.Message m : sent) {
        waitUntil(m::isDone, () -> "for CPU %d to run %s (%s)".formatted(m.target, ipi, site));
      }
    }
  }

  private static boolean isIn(long[] mask, int cpu) {
    return (mask[cpu >>> 6] & CpuMask.bit(cpu)) != 0;
  }

  @Override
  public void preemptPoint(String name) {
    point();
    if (!irqsDisabled()) {
      script.preempted(this, name);
    }
  }

  @Override
  public void loadRoot(KObject next, Site site) {
    point();
    changeRoot(next);
  }

  @Override
  public void dropRoot(Site site) {
    point();
    changeRoot(null);
  }

  private void changeRoot(@Nullable KObject next) {
    KObject root = watch.rootOf(id);
    if (root != null && lives.of(root) != rootLife) {
      found("I2", "%s was freed while the MMU of CPU %d was on it".formatted(root, id));
    }
    watch.setRoot(id, next);
    if (next != null) {
      rootLife = lives.of(next);
      if (Lives.isFree(rootLife)) {
        found("I2", "the MMU of CPU %d is put on %s, which is free".formatted(id, next));
      }
    }
  }

  @Override
  public boolean hasRoot(KObject wanted) {
    return watch.rootOf(id) == wanted;
  }

  @Override
  public void flushTlbLocal(Site site) {
    point();
    watch.flushed(id);
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    point();
    watch.flushedEverywhere();
  }

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    point();
    T object = slabs.alloc(slab, label);
    watch.born(object);
    return object;
  }

  @Override
  public void free(KObject object) {
    point();
    Finding finding = watch.free(object);
    if (finding != null) {
      found(finding);
    }
    slabs.free(object);
  }

  @Override
  public void hold(Hold register, KObject object) {
    point();
    if (register == Kernel.ACTIVE_MM) {
      changeActive(object);
    }
  }

  @Override
  public void release(Hold register) {
    point();
    if (register == Kernel.ACTIVE_MM) {
      changeActive(null);
    }
  }

  private void changeActive(@Nullable KObject next) {
    KObject active = watch.activeOf(id);
    if (active != null && lives.of(active) != activeLife) {
      found("I1", "%s was freed while CPU %d's active_mm pointed at it".formatted(active, id));
    }
    watch.setActive(id, next);
    if (next != null) {
      activeLife = lives.of(next);
      if (Lives.isFree(activeLife)) {
        found("I1", "CPU %d takes %s as its active_mm, which is free".formatted(id, next));
      }
    }
  }

  @Override
  public void enterUser(KObject expected) {
    point();
    KObject root = watch.rootOf(id);
    if (root != expected) {
      found("I8", "CPU %d goes to user mode on %s instead of %s".formatted(id, root, expected));
    } else if (lives.of(expected) != rootLife) {
      found("I8", "CPU %d goes to user mode on %s, freed since".formatted(id, expected));
    }
  }

  @Override
  public void warnOn(boolean bad, String what) {
    if (bad) {
      found("WARN", "CPU %d warns: %s".formatted(id, what));
    }
  }

  @Override
  public void unlink(KObject table) {
    point();
    watch.unlink(table);
  }

  @Override
  public void action(String text) {
    action = text;
    step = "";
  }

  @Override
  public void step(String name) {
    step = name;
  }
}
