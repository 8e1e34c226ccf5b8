package dev.lazymm.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine on which every step happens at once: one CPU acts at a time, an IPI's handler has
 * returned when the send returns. It boots the other machines, and replay counts on it.
 *
 * <p>A wait that is not satisfied at once can never be satisfied here and is an error of the
 * caller's schedule. Owned by one thread.
 */
public final class SequentialMachine {
  /** Told of each operation that costs something; every method does nothing by default. */
  public interface Observer {
    /** A load, of any kind. */
    default void load(int cpu, Cell cell, long value) {}

    /** A store, of any kind. */
    default void store(int cpu, Cell cell, long value) {}

    /** A read-modify-write that wrote {@code value} over {@code old}. */
    default void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {}

    /** A full barrier. */
    default void smpMb(int cpu, Site site) {}

    /** A handler about to run on {@code target}, which is {@code sender} for the local call. */
    default void ipi(int sender, int target, Ipi ipi, Site site) {}

    /** An object that was just allocated, with its parts. */
    default void alloc(int cpu, KObject object) {}

    /** An object about to be freed. */
    default void free(int cpu, KObject object) {}

    /** A WARN_ON that fired. */
    default void warn(int cpu, String what) {}

    /** The kernel function that the next operations belong to. */
    default void step(int cpu, String name) {}
  }

  private final Memory memory;
  private final Observer observer;
  private final SequentialCpu[] cpus;
  private final IdentityHashMap<Slab<?>, ArrayDeque<KObject>> freeLists = new IdentityHashMap<>();
  private final IdentityHashMap<Slab<?>, Integer> taken = new IdentityHashMap<>();
  private long[] values = new long[0];
  private int known; // cells whose initial value has been taken over

  public SequentialMachine(Memory memory, Observer observer) {
    this.memory = memory;
    this.observer = observer;
    cpus = new SequentialCpu[memory.cpus()];
    for (int i = 0; i < cpus.length; i++) {
      cpus[i] = new SequentialCpu(this, i);
    }
    grow();
  }

  /** {@return a CPU by number} */
  public Cpu cpu(int id) {
    return cpus[id];
  }

  /** {@return all CPUs} */
  public Cpu[] cpus() {
    return cpus.clone();
  }

  /** {@return the value of a cell now} */
  public long value(Cell cell) {
    return get(cell);
  }

  /** {@return what the MMU of a CPU translates through now, null if nothing} */
  public @Nullable KObject root(int cpu) {
    return cpus[cpu].root;
  }

  /** {@return whether an object of a slab was freed and not allocated again} */
  public boolean isFree(KObject object) {
    Slab<?> slab = object.slab();
    ArrayDeque<KObject> free = slab == null ? null : freeLists.get(slab);
    return free != null && free.contains(object);
  }

  /** {@return the state now, for another machine to start from} */
  public Snapshot snapshot() {
    grow();
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < memory.cellCount(); i++) {
      all.add(values[i]);
    }
    List<Snapshot.CpuState> states = new ArrayList<>();
    for (SequentialCpu cpu : cpus) {
      states.add(new Snapshot.CpuState(cpu.root, cpu.tag, cpu.holds));
    }
    return new Snapshot(all, states);
  }

  private long load(int cpu, Cell cell) {
    long value = get(cell);
    observer.load(cpu, cell, value);
    return value;
  }

  private void store(int cpu, Cell cell, long value) {
    observer.store(cpu, cell, value);
    set(cell, value);
  }

  private long get(Cell cell) {
    int i = cell.index();
    if (i >= known) {
      grow();
    }
    return values[i];
  }

  private void set(Cell cell, long value) {
    int i = cell.index();
    if (i >= known) {
      grow();
    }
    values[i] = value;
  }

  private void grow() {
    int now = memory.cellCount();
    if (now > values.length) {
      values = Arrays.copyOf(values, Math.max(now, 2 * values.length));
    }
    while (known < now) {
      values[known] = memory.initial(known);
      known++;
    }
  }

  /** One CPU of this machine. */
  private static final class SequentialCpu implements Cpu {
    private final SequentialMachine machine;
    private final int id;
    private final Map<Hold, KObject> holds = new HashMap<>();
    private @Nullable KObject root;
    private int tag = -1;
    private int irqsOff;
    private int rcuNesting;
    private final List<Runnable> rcuCallbacks = new ArrayList<>();

    SequentialCpu(SequentialMachine machine, int id) {
      this.machine = machine;
      this.id = id;
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public int cpus() {
      return machine.cpus.length;
    }

    @Override
    public long readOnce(Cell cell) {
      return machine.load(id, cell);
    }

    @Override
    public void writeOnce(Cell cell, long value) {
      machine.store(id, cell, value);
    }

    @Override
    public long read(Cell cell) {
      return machine.load(id, cell);
    }

    @Override
    public void write(Cell cell, long value) {
      machine.store(id, cell, value);
    }

    @Override
    public long loadAcquire(Cell cell, Site site) {
      return machine.load(id, cell);
    }

    @Override
    public void storeRelease(Cell cell, long value, Site site) {
      machine.store(id, cell, value);
    }

    @Override
    public long rcuDereference(Cell cell) {
      return machine.load(id, cell);
    }

    @Override
    public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
      long old = machine.get(cell);
      if (op.succeeds(old, expected)) {
        long value = op.apply(old, operand);
        machine.set(cell, value);
        machine.observer.rmw(id, cell, old, value, ordering, site);
      } else {
        machine.observer.load(id, cell, old);
      }
      return old;
    }

    @Override
    public void smpMb(Site site) {
      machine.observer.smpMb(id, site);
    }

    @Override
    public void smpRmb(Site site) {}

    @Override
    public void smpWmb(Site site) {}

    @Override
    public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
      long value = machine.load(id, cell);
      if (!cond.test(value, operand)) {
        throw new IllegalStateException(
            "CPU " + id + " waits at " + site + " for " + cell + ", which nobody will change");
      }
      return value;
    }

    @Override
    public void lock(Lock lock, Site site) {
      await(lock.cell(), Cond.EQ, 0, Ordering.ACQUIRE, site);
      machine.set(lock.cell(), 1);
    }

    @Override
    public void unlock(Lock lock, Site site) {
      machine.set(lock.cell(), 0);
    }

    @Override
    public void rcuReadLock() {
      rcuNesting++;
    }

    @Override
    public void rcuReadUnlock() {
      rcuNesting--;
      runRcu();
    }

    @Override
    public void synchronizeRcu(Site site) {
      machine.observer.smpMb(id, site);
    }

    @Override
    public void callRcu(Ipi callback, KObject info, Site site) {
      rcuCallbacks.add(() -> callback.handler().run(this, info));
      runRcu();
    }

    /** Outside of readers, and with interrupts on, a grace period passes at once. */
    private void runRcu() {
      while (rcuNesting == 0 && irqsOff == 0 && !rcuCallbacks.isEmpty()) {
        rcuCallbacks.removeFirst().run();
      }
    }

    @Override
    public void irqDisable(Site site) {
      irqsOff = 1;
    }

    @Override
    public void irqEnable(Site site) {
      irqsOff = 0;
      runRcu();
    }

    @Override
    public boolean irqsDisabled() {
      return irqsOff != 0;
    }

    @Override
    public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
      warnOn(wait && irqsDisabled(), "smp_call_function_many_cond: irqs off");
      for (SequentialCpu target : machine.cpus) {
        if ((mask[target.id >>> 6] & CpuMask.bit(target.id)) != 0) {
          machine.observer.ipi(id, target.id, ipi, site);
          int before = target.irqsOff;
          target.irqsOff = 1;
          ipi.handler().run(target, info);
          target.irqsOff = before;
        }
      }
    }

    @Override
    public void preemptPoint(String name) {}

    @Override
    public void loadRoot(KObject next, Site site) {
      root = next;
      tag = -1;
    }

    @Override
    public void loadRoot(KObject next, int newTag, boolean flush, Site site) {
      root = next;
      tag = newTag;
    }

    @Override
    public void dropRoot(Site site) {
      root = null;
    }

    @Override
    public boolean hasRoot(KObject wanted) {
      return root == wanted;
    }

    @Override
    public void flushTlbLocal(Site site) {}

    @Override
    public void flushTlbBroadcast(Site site) {}

    @Override
    public <T extends KObject> T alloc(Slab<T> slab, String label) {
      return machine.alloc(id, slab, label);
    }

    @Override
    public void free(KObject object) {
      machine.free(this, object);
    }

    @Override
    public void hold(Hold register, KObject object) {
      holds.put(register, object);
    }

    @Override
    public void release(Hold register) {
      holds.remove(register);
    }

    @Override
    public void enterUser(KObject expected) {
      warnOn(root != expected, "user mode on the wrong root");
    }

    @Override
    public void warnOn(boolean bad, String what) {
      if (bad) {
        machine.observer.warn(id, what);
      }
    }

    @Override
    public void step(String name) {
      machine.observer.step(id, name);
    }
  }

  private <T extends KObject> T alloc(int cpu, Slab<T> slab, String label) {
    T object = take(slab, label);
    observer.alloc(cpu, object);
    return object;
  }

  @SuppressWarnings("unchecked") // a free list holds what its own slab made
  private <T extends KObject> T take(Slab<T> slab, String label) {
    ArrayDeque<KObject> free = freeLists.computeIfAbsent(slab, s -> new ArrayDeque<>());
    if (!free.isEmpty()) {
      return (T) free.pop();
    }
    int n = taken.merge(slab, 1, Integer::sum) - 1;
    return slab.slot(cpus.length, n, label); // a row no other machine uses
  }

  private void free(SequentialCpu cpu, KObject object) {
    observer.free(cpu.id, object);
    Slab<?> slab = object.slab();
    if (slab != null) {
      freeLists.computeIfAbsent(slab, s -> new ArrayDeque<>()).push(object);
    }
  }
}
