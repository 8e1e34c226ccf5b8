package dev.lazymm.machine;

import org.jspecify.annotations.Nullable;

/**
 * One CPU as kernel code sees it, with the names of the Linux kernel memory model
 * (tools/memory-model) and nothing more. All that two CPUs can both see goes through these calls;
 * kernel code keeps no state of its own.
 *
 * <p>Memory accesses and fences mean what LKMM says. Ghost calls ({@link #hold}, {@link #release},
 * {@link #step}, {@link #warnOn}, {@link #enterUser}) cost nothing on a real machine; they tell the
 * checker what an invariant is about.
 */
public interface Cpu {
  /** {@return this CPU's number, from 0 (smp_processor_id)} */
  int id();

  /** {@return the number of CPUs (nr_cpu_ids)} */
  int cpus();

  // ---- loads and stores ------------------------------------------------------------------------

  /** READ_ONCE. */
  long readOnce(Cell cell);

  /** WRITE_ONCE. */
  void writeOnce(Cell cell, long value);

  /**
   * A plain C load: a data race if another CPU, or an interrupt handler of this one, may write at
   * the same time.
   */
  long read(Cell cell);

  /**
   * A plain C store: a data race if another CPU, or an interrupt handler of this one, may access at
   * the same time.
   */
  void write(Cell cell, long value);

  /**
   * User code loads a value into a register of its own. User code has no dependencies here: nothing
   * it does follows from the value.
   */
  default void userLoad(Cell from, Cell register) {
    writeOnce(register, readOnce(from));
  }

  /** User code stores a value. */
  default void userStore(Cell to, long value) {
    writeOnce(to, value);
  }

  /** smp_load_acquire. */
  long loadAcquire(Cell cell, Site site);

  /** smp_store_release. */
  void storeRelease(Cell cell, long value, Site site);

  /**
   * rcu_dereference: the one load that carries an address dependency to what it points at, that is,
   * to every later access of this thread of control to a cell of that object.
   */
  long rcuDereference(Cell cell);

  /** rcu_dereference of a pointer. */
  default <T extends KObject> @Nullable T rcuDereference(Ref<T> ref) {
    return ref.resolve(rcuDereference(ref.cell()));
  }

  /**
   * Names a dependency on what this CPU last read from {@code read}, which the code after relies on
   * and the compiler keeps. A dependency that is not named orders nothing.
   *
   * <p>{@link Dependency#CONTROL}: all that follows depends on a branch on that value. {@link
   * Dependency#ADDRESS}: the address of this CPU's next access is computed from it; {@link
   * Dependency#DATA}: the value that its next store writes is. What an interrupt handler does in
   * between is not meant. Costs nothing; only an architecture or a model orders anything by it.
   *
   * @param site its name, by which a run can leave it out
   */
  default void depends(Dependency kind, Cell read, Site site) {}

  /** READ_ONCE of a pointer. */
  default <T extends KObject> @Nullable T readOnce(Ref<T> ref) {
    return ref.resolve(readOnce(ref.cell()));
  }

  /** WRITE_ONCE of a pointer. */
  default <T extends KObject> void writeOnce(Ref<T> ref, @Nullable T object) {
    writeOnce(ref.cell(), object == null ? 0 : object.handle());
  }

  /**
   * data_race(): a plain load of a pointer that the kernel lets race. No race is reported of it.
   *
   * @param source where in the kernel it stands, and why the race does no harm
   */
  default <T extends KObject> @Nullable T dataRace(Ref<T> ref, String source) {
    return ref.resolve(readOnce(ref.cell()));
  }

  /** A plain load of a pointer. */
  default <T extends KObject> @Nullable T read(Ref<T> ref) {
    return ref.resolve(read(ref.cell()));
  }

  /** A plain store of a pointer. */
  default <T extends KObject> void write(Ref<T> ref, @Nullable T object) {
    write(ref.cell(), object == null ? 0 : object.handle());
  }

  // ---- atomics ---------------------------------------------------------------------------------

  /**
   * An atomic read-modify-write. If it does not succeed nothing is written and nothing is ordered.
   *
   * @return the old value
   */
  long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site);

  /** atomic_inc. */
  default void atomicInc(Cell cell, Site site) {
    rmw(Rmw.ADD, cell, 1, 0, Ordering.NO_RETURN, site);
  }

  /** atomic_fetch_add and its variants. */
  default long fetchAdd(Cell cell, long delta, Ordering ordering, Site site) {
    return rmw(Rmw.ADD, cell, delta, 0, ordering, site);
  }

  /** atomic_dec_and_test: a full barrier; true if the new value is 0. */
  default boolean decAndTest(Cell cell, Site site) {
    return rmw(Rmw.ADD, cell, -1, 0, Ordering.FULL, site) == 1;
  }

  /** atomic_inc_not_zero: a full barrier if it succeeds; false if the value was 0. */
  default boolean incNotZero(Cell cell, Site site) {
    return rmw(Rmw.ADD_UNLESS, cell, 1, 0, Ordering.FULL, site) != 0;
  }

  /** xchg and its variants. */
  default long xchg(Cell cell, long value, Ordering ordering, Site site) {
    return rmw(Rmw.XCHG, cell, value, 0, ordering, site);
  }

  /** cmpxchg and its variants; returns the old value. */
  default long cmpxchg(Cell cell, long expected, long value, Ordering ordering, Site site) {
    return rmw(Rmw.CMPXCHG, cell, value, expected, ordering, site);
  }

  /** cpumask_set_cpu: a locked RMW on x86, relaxed elsewhere; {@code ordering} says which. */
  default void setCpu(CpuMask mask, int cpu, Ordering ordering, Site site) {
    rmw(Rmw.OR, mask.wordOf(cpu), CpuMask.bit(cpu), 0, ordering.withoutReturn(), site);
  }

  /** cpumask_clear_cpu. */
  default void clearCpu(CpuMask mask, int cpu, Ordering ordering, Site site) {
    rmw(Rmw.AND, mask.wordOf(cpu), ~CpuMask.bit(cpu), 0, ordering.withoutReturn(), site);
  }

  /** cpumask_test_cpu. */
  default boolean testCpu(CpuMask mask, int cpu) {
    return (readOnce(mask.wordOf(cpu)) & CpuMask.bit(cpu)) != 0;
  }

  // ---- fences, locks, spins --------------------------------------------------------------------

  /** smp_mb. */
  void smpMb(Site site);

  /** smp_rmb. */
  void smpRmb(Site site);

  /** smp_wmb. */
  void smpWmb(Site site);

  /** smp_mb__after_spinlock: makes the lock just taken a full barrier. */
  default void smpMbAfterSpinlock(Site site) {
    smpMb(site);
  }

  /**
   * Spins until the cell's value satisfies the condition (smp_cond_load_*). The only way to wait.
   *
   * @return the value seen
   */
  long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site);

  /** spin_lock: acquire. Says nothing of interrupts. */
  void lock(Lock lock, Site site);

  /**
   * {@return lockdep_is_held: whether this CPU has the lock} A ghost, for assertions; a machine
   * that does not keep track of it says no.
   */
  default boolean isHeld(Lock lock) {
    return false;
  }

  /** spin_unlock: release. */
  void unlock(Lock lock, Site site);

  /** rcu_read_lock; nests. */
  void rcuReadLock();

  /** rcu_read_unlock. */
  void rcuReadUnlock();

  /** synchronize_rcu: waits for every read-side section that began before; a full barrier. */
  void synchronizeRcu(Site site);

  /** call_rcu: runs {@code callback} on this CPU once a grace period has passed. */
  void callRcu(Ipi callback, KObject info, Site site);

  /**
   * {@return in_serving_softirq: whether an RCU callback runs here, which is in a softirq unless
   * the kernel has threads for that} A ghost, for assertions; a machine that does not keep track of
   * it says no.
   */
  default boolean inSoftirq() {
    return false;
  }

  // ---- interrupts ------------------------------------------------------------------------------

  /** local_irq_disable. */
  void irqDisable(Site site);

  /** local_irq_enable: a pending IPI may be taken at once. */
  void irqEnable(Site site);

  /** {@return irqs_disabled()} */
  boolean irqsDisabled();

  /** local_irq_save: {@return whether interrupts were on} */
  default boolean irqSave(Site site) {
    boolean were = !irqsDisabled();
    irqDisable(site);
    return were;
  }

  /** local_irq_restore: interrupts are as they were, whatever has been done to them since. */
  default void irqRestore(boolean on, Site site) {
    if (on) {
      irqEnable(site);
    } else if (!irqsDisabled()) {
      irqDisable(site);
    }
  }

  /**
   * on_each_cpu_mask: runs {@code ipi} on every CPU whose bit is set, here directly with interrupts
   * off, elsewhere by an IPI. Must be called with interrupts on if it waits.
   *
   * @param cpus one bit a CPU in words of 64
   * @param wait whether to wait until every handler has returned
   */
  void onEachCpu(long[] cpus, Ipi ipi, KObject info, boolean wait, Site site);

  /** A place where the scheduler may preempt the current task; interrupts and preemption are on. */
  void preemptPoint(String name);

  // ---- the MMU ---------------------------------------------------------------------------------

  /**
   * Makes the MMU translate through {@code root} (CR3, PIDR, an SLB context): the interval of the
   * root loaded before ends here. By itself it orders no memory access.
   */
  void loadRoot(KObject root, Site site);

  /** Ends the interval of the loaded root early: from here the kernel counts on no walk of it. */
  void dropRoot(Site site);

  /** {@return whether {@code root} is loaded on this CPU now}; a ghost, for assertions only. */
  boolean hasRoot(KObject root);

  /**
   * {@link #loadRoot} with a tag (PCID, ASID): what is cached from here on carries it, and outlives
   * the next load until something drops it. Without a tag, entries are told apart by their root and
   * no load drops any.
   *
   * @param tag a small number, from 0; the same for two roots if the kernel says so, right or wrong
   * @param flush whether the load drops all that carries the tag
   */
  default void loadRoot(KObject root, int tag, boolean flush, Site site) {
    loadRoot(root, site);
  }

  /**
   * Drops every translation and every cached walk of the current tag; of this CPU if the root was
   * loaded without one.
   */
  void flushTlbLocal(Site site);

  /** Drops the translations of {@code range} and every cached walk of the current tag (INVLPG). */
  default void flushTlbRange(KObject range, Site site) {
    flushTlbLocal(site);
  }

  /** Drops every translation of every CPU at once (tlbie, TLBI, a hypercall). */
  void flushTlbBroadcast(Site site);

  /**
   * Drops what carries a tag on every CPU at once (INVLPGB of one PCID). A machine may drop more.
   *
   * @param tag as {@link #loadRoot(KObject, int, boolean, Site)} was given it
   */
  default void flushTlbBroadcast(int tag, Site site) {
    flushTlbBroadcast(site);
  }

  // ---- memory management -----------------------------------------------------------------------

  /** kmem_cache_alloc: a slot whose cells hold whatever was there; its parts come with it. */
  <T extends KObject> T alloc(Slab<T> slab, String label);

  /** kmem_cache_free; also of a part alone. */
  void free(KObject object);

  /** kfree_rcu: {@link #free}, once every reader (rcu_read_lock) that may know it has ended. */
  default void freeRcu(KObject object) {
    free(object);
  }

  // ---- ghosts ----------------------------------------------------------------------------------

  /** From here this CPU counts on {@code object}; what {@code register} held before is let go. */
  void hold(Hold register, KObject object);

  /** {@code register} holds nothing from here. */
  void release(Hold register);

  /** The CPU goes to user mode, where it must translate through {@code root}. */
  void enterUser(KObject root);

  /**
   * A core-serializing operation: instructions after it are fetched after it (IRET, CPUID or
   * SERIALIZE on x86; what else returns to user mode, or loads a root, {@code Arch} says).
   */
  default void syncCore(Site site) {}

  /**
   * rseq_preempt of the current task: a restartable sequence of user code that it is in will begin
   * again when it is back in user mode.
   */
  default void rseqPreempt(Site site) {}

  /** User code of {@code mm} comes into a restartable sequence (rseq), or leaves it. */
  default void rseq(KObject mm, boolean in) {}

  /** The CPU goes back to the user mode it was in before the current system call. */
  default void backToUser() {}

  /**
   * Leaf entries of {@code range} have changed; what any TLB has cached of them is stale.
   *
   * @param range what the page tables of one range are known by, or the mm for all of it
   */
  default void pteChanged(KObject range) {}

  /** The flush has returned: from here nobody may use what was cached before the change. */
  default void flushed(KObject range) {}

  /**
   * The kernel has written down that all this CPU caches under {@code tag} is of {@code mm}, and as
   * fresh as {@code generation}.
   *
   * @param id what names the mm for ever (ctx_id)
   */
  default void tlbSlot(int tag, KObject mm, long id, long generation) {}

  /** WARN_ON: {@code bad} is reported under {@code what}. */
  void warnOn(boolean bad, String what);

  /** The page-table page {@code table} has left its tree: walks that start later miss it. */
  default void unlink(KObject table) {}

  /** The action of the script that the next steps belong to, for pictures. */
  default void action(String text) {}

  /** The kernel function that the next events belong to, for pictures. */
  void step(String name);
}
