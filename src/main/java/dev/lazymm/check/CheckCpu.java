package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Ref;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import dev.lazymm.machine.Slab;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CPU whose memory is an execution graph. A script is run natively from its start; operations
 * that are in the graph are answered from it and compared with it, the first that is not becomes a
 * new event ({@link Explorer}). What this CPU alone touches lies beside the graph and makes no
 * events. Owned by one explorer.
 *
 * <p>The parts: a {@link Cursor} over the graph; {@link Accesses} to memory, shared or {@linkplain
 * PrivateMemory private}; {@link Interrupts}, where and when the CPU takes {@link Ipis}; the {@link
 * Heap}; {@link Rcu}.
 */
final class CheckCpu implements Cpu {
  /** Held while user code is in a restartable sequence of that mm. */
  static final Hold RSEQ = new Hold("rseq");

  /** What a FREE is marked with that waits for the readers of RCU. */
  static final int AFTER_READERS = 1;

  /** Held inside of an outermost RCU read-side section. */
  static final Hold RCU_READER = new Hold("rcu");

  private final Explorer explorer;
  private final int id;
  private final int cpus;
  private final Cursor cursor;
  private final Interrupts interrupts;
  private final PrivateMemory own;
  private final Heap heap;
  private final Accesses accesses;
  private final Ipis ipis;
  private final Rcu rcu;
  private final UserLoads userLoads;
  private final List<Lock> held = new ArrayList<>(2);
  private Script script = cpu -> {};
  private long run;
  private @Nullable KObject root;
  private @Nullable KObject user; // the root of the latest user mode, at first of the start's
  private boolean inRseq;
  private @Nullable Recorder recorder;

  private int parkCell = -1;
  private int parkOp;
  private long parkOperand;
  private boolean parkIrqs;

  CheckCpu(Explorer explorer, Growth growth, int id) {
    this.explorer = explorer;
    this.id = id;
    cpus = explorer.program().memory().cpus();
    cursor = new Cursor(id, new Graph(cpus, new long[0]));
    interrupts =
        new Interrupts(id, explorer.footprint(), growth, cursor, this::userCodeEnds, this::handle);
    own = new PrivateMemory(explorer.footprint()::initial);
    heap = new Heap(id);
    accesses = new Accesses(explorer, growth, id, cursor, interrupts, own, heap);
    ipis = new Ipis(explorer, growth, this, cursor, interrupts, accesses);
    rcu = new Rcu(explorer, this, accesses);
    userLoads = new UserLoads(accesses, explorer.model());
  }

  private void userCodeEnds() {
    userLoads.end();
  }

  /** This CPU's accesses, of kernel code. */
  private Accesses kernel() {
    userLoads.end();
    return accesses;
  }

  private void handle(int poll) {
    accesses.handlerBegins();
    ipis.handle(poll);
  }

  void record(@Nullable Recorder to) {
    recorder = to;
    accesses.record(to);
    userLoads.record(to);
  }

  /**
   * Runs the script against a graph.
   *
   * @return how the thread stands: a state of {@link Frame}
   * @throws Suspend if it could go on but another thread is to run first
   */
  int run(Script toRun, Graph on) {
    script = toRun;
    run++;
    root = explorer.program().start().cpus().get(id).root();
    user = root;
    inRseq = false;
    cursor.begin(on);
    interrupts.begin();
    own.beginRun(run);
    heap.beginRun(run);
    accesses.begin();
    ipis.begin();
    rcu.begin();
    held.clear();
    userLoads.begin();
    parkCell = -1;
    try {
      toRun.run(this);
      userLoads.end();
      interrupts.enable();
      rcu.runCallbacks();
      parkIrqs = true;
      interrupts.takeAll(true);
      return Frame.HALTED;
    } catch (Park park) {
      parkCell = park.cell;
      parkOp = park.op;
      parkOperand = park.operand;
      parkIrqs = interrupts.canCome();
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
    return interrupts.isDirty();
  }

  /** {@return the value of a private cell after the latest run} */
  long privateValue(int c) {
    return own.get(c);
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
    return kernel().load(cell, 0, null);
  }

  @Override
  public void writeOnce(Cell cell, long v) {
    kernel().store(cell, v, 0, null);
  }

  @Override
  public long read(Cell cell) {
    return kernel().load(cell, Graph.PLAIN, null);
  }

  @Override
  public void write(Cell cell, long v) {
    kernel().store(cell, v, Graph.PLAIN, null);
  }

  @Override
  public <T extends KObject> @Nullable T dataRace(Ref<T> ref, String source) {
    return ref.resolve(kernel().load(ref.cell(), Graph.RACY, null));
  }

  @Override
  public void userLoad(Cell from, Cell register) {
    userLoads.load(from, register);
  }

  @Override
  public void userStore(Cell to, long v) {
    userLoads.store(to, v);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    return kernel().load(cell, kernel().flags(Ordering.ACQUIRE, site), site);
  }

  @Override
  public void storeRelease(Cell cell, long v, Site site) {
    kernel().store(cell, v, kernel().flags(Ordering.RELEASE, site), site);
  }

  @Override
  public long rcuDereference(Cell cell) {
    return kernel().dereference(cell);
  }

  @Override
  public void depends(Dependency kind, Cell read, Site site) {
    kernel().depends(kind, read, site);
  }

  @Override
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    return kernel().rmw(op, cell, operand, expected, ordering, site);
  }

  @Override
  public void smpMb(Site site) {
    kernel().fence(site, 0);
  }

  @Override
  public void smpRmb(Site site) {
    kernel().fence(site, 1);
  }

  @Override
  public void smpWmb(Site site) {
    kernel().fence(site, 2);
  }

  @Override
  public void smpMbAfterSpinlock(Site site) {
    kernel().fence(site, 3);
  }

  @Override
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    int flags = kernel().flags(ordering, site) & Graph.ACQUIRE;
    return kernel().await(cell, cond, operand, ordering, flags, site);
  }

  @Override
  public void lock(Lock lock, Site site) {
    kernel().lock(lock.cell(), site);
    held.add(lock);
  }

  @Override
  public boolean isHeld(Lock lock) {
    return held.contains(lock);
  }

  @Override
  public boolean inSoftirq() {
    return rcu.runsCallback();
  }

  @Override
  public void unlock(Lock lock, Site site) {
    kernel().store(lock.cell(), 0, Graph.RELEASE | Graph.UNLOCK, site);
    held.remove(lock);
  }

  @Override
  public void rcuReadLock() {
    kernel().compilerBarrier();
    rcu.readLock();
  }

  @Override
  public void rcuReadUnlock() {
    kernel().compilerBarrier();
    rcu.readUnlock();
  }

  @Override
  public void synchronizeRcu(Site site) {
    userLoads.end();
    if (!explorer.takesAway(site, Weakening.NO_WAIT)) {
      rcu.synchronize(site);
    }
  }

  @Override
  public void callRcu(Ipi callback, KObject info, Site site) {
    userLoads.end();
    rcu.call(callback, info, site);
  }

  @Override
  public void irqDisable(Site site) {
    if (!explorer.takesAway(site, Weakening.IRQ_ON)) {
      kernel().compilerBarrier();
      interrupts.disable();
    }
  }

  @Override
  public void irqEnable(Site site) {
    kernel().compilerBarrier();
    interrupts.enable();
  }

  @Override
  public boolean irqsDisabled() {
    return !interrupts.canCome();
  }

  @Override
  public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    if (!explorer.takesAway(site, Weakening.SKIPPED)) {
      kernel().compilerBarrier();
      warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
      ipis.send(mask, ipi, info, wait && !explorer.takesAway(site, Weakening.NO_WAIT), site);
    }
  }

  @Override
  public void preemptPoint(String name) {
    if (interrupts.canCome()) {
      script.preempted(this, name);
    }
  }

  @Override
  public void loadRoot(KObject wanted, Site site) {
    load(wanted, Tlb.UNTAGGED, site);
  }

  @Override
  public void loadRoot(KObject wanted, int tag, boolean flush, Site site) {
    load(wanted, Tlb.load(tag, flush), site);
  }

  private void load(KObject wanted, long how, Site site) {
    root = wanted;
    userLoads.end();
    interrupts.poll();
    int register = explorer.register(Hold.ROOT);
    int e = kernel().ghostHere(Kind.HOLD, wanted.handle(), register, how, null);
    tell(e, "root", wanted.handle(), site);
  }

  @Override
  public void dropRoot(Site site) {
    KObject left = root;
    root = null;
    int e = ghost(Kind.RELEASE, -1, explorer.register(Hold.ROOT));
    tell(e, "leave", left == null ? 0 : left.handle(), null);
  }

  @Override
  public boolean hasRoot(KObject wanted) {
    return root == wanted;
  }

  @Override
  public void flushTlbLocal(Site site) {
    tell(ghost(Kind.FLUSH, -1, 0), "flush", 0, site);
  }

  @Override
  public void flushTlbRange(KObject range, Site site) {
    tell(ghost(Kind.FLUSH, range.handle(), 0), "flush range", range.handle(), site);
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    tell(ghost(Kind.FLUSH_ALL, -1, 0), "flush all", 0, site);
  }

  @Override
  public void flushTlbBroadcast(int tag, Site site) {
    tell(ghost(Kind.FLUSH_ALL, -1, tag + 1), "flush all", 0, site);
  }

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    T object = heap.alloc(slab, label);
    tell(ghost(Kind.ALLOC, object.handle(), 0), "alloc", object.handle(), null);
    return object;
  }

  @Override
  public void free(KObject object) {
    free(object, 0);
  }

  @Override
  public void freeRcu(KObject object) {
    free(object, AFTER_READERS);
  }

  private void free(KObject object, int when) {
    for (Cell cell : object.cells()) {
      kernel().touch(cell, true);
    }
    if (heap.isFreed(object)) {
      kernel().warn("double free of " + object);
    }
    heap.free(object);
    tell(ghost(Kind.FREE, object.handle(), when), "free", object.handle(), null);
  }

  @Override
  public void hold(Hold register, KObject object) {
    int e = ghost(Kind.HOLD, object.handle(), explorer.register(register));
    tell(e, "hold", object.handle(), null);
  }

  @Override
  public void release(Hold register) {
    int e = ghost(Kind.RELEASE, -1, explorer.register(register));
    tell(e, "release", 0, null);
  }

  @Override
  public void pteChanged(KObject range) {
    tell(ghost(Kind.PTE, range.handle(), 0), "pte", range.handle(), null);
  }

  @Override
  public void flushed(KObject range) {
    tell(here(Kind.FLUSHED, range.handle(), 0, 0, null), "flushed", range.handle(), null);
  }

  @Override
  public void tlbSlot(int tag, KObject mm, long ctxId, long generation) {
    tell(here(Kind.SLOT, mm.handle(), tag, generation, ctxId), "slot", mm.handle(), null);
  }

  @Override
  public void backToUser() {
    if (user != null) {
      tell(here(Kind.USER, user.handle(), 0, 0, null), "user", user.handle(), null);
    }
  }

  private int here(int kind, int what, int op, long operand, @Nullable Object payload) {
    return accesses.ghostHere(kind, what, op, operand, payload);
  }

  @Override
  public void syncCore(Site site) {
    if (!explorer.takesAway(site, Weakening.SKIPPED)) {
      tell(ghost(Kind.SYNC_CORE, -1, 0), "sync core", 0, site);
    }
  }

  @Override
  public void rseqPreempt(Site site) {
    if (inRseq && !explorer.takesAway(site, Weakening.SKIPPED)) {
      tell(ghost(Kind.RSEQ_PREEMPT, -1, 0), "rseq preempt", 0, site);
    }
  }

  @Override
  public void rseq(KObject mm, boolean in) {
    userLoads.end();
    inRseq = in;
    if (in) {
      hold(RSEQ, mm);
    } else {
      release(RSEQ);
    }
  }

  @Override
  public void enterUser(KObject expected) {
    user = expected;
    int e = ghost(Kind.USER, expected.handle(), 0);
    tell(e, "user", expected.handle(), null);
  }

  @Override
  public void warnOn(boolean bad, String what) {
    if (bad) {
      kernel().warn(what);
    }
  }

  @Override
  public void unlink(KObject table) {
    tell(ghost(Kind.UNLINK, table.handle(), 0), "unlink", table.handle(), null);
  }

  @Override
  public void action(String text) {
    userLoads.action(text);
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

  private int ghost(int kind, int what, int op) {
    return kernel().ghost(kind, what, op, null);
  }

  private void tell(int e, String what, long v, @Nullable Site site) {
    accesses.tell(e, what, null, v, site);
  }
}
