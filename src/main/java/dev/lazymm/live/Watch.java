package dev.lazymm.live;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Snapshot;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all CPUs publish so that I1, I2 and use after free can be seen while threads run, without
 * locks and without false alarms.
 *
 * <p>Each CPU alone writes its own two registers: the mm in {@code active_mm}, and the root that
 * its MMU is on. Each object has a {@linkplain Lives life}. Who frees an object first ends its
 * life, then looks at every CPU's registers, and only then may the slot be allocated again. An
 * alarm is raised
 *
 * <ul>
 *   <li>by who frees, if a register still holds the object. Had the hold ended before the free in
 *       the kernel's own order (the order that the checker judges by), the register's new value
 *       would be visible here; and no new life of the address can be meant, as none has begun.
 *   <li>by who holds, if the object is free when the hold begins, or is in another life when it
 *       ends: a free that happens after the end of the hold cannot have been seen by then.
 *   <li>by who accesses an object that is free, in the same way.
 * </ul>
 *
 * <p>So an alarm is always about two things that the kernel did not order; but what overlaps for a
 * moment may be missed, as neither beginning a hold nor an access has a fence of its own: ghosts
 * must not order what they watch.
 *
 * <p>A page table below a root may be freed while a CPU is on the root if the CPU has forgotten the
 * table: it flushed, or loaded a root of which it had no walks cached, after the table was
 * unlinked. Each CPU counts its loads and flushes and publishes with its root by which of them
 * walks of it were last forgotten; unlinking notes the counts <em>before</em> it takes effect. What
 * comes in between is forgiven, never the other way round.
 */
final class Watch {
  private static final int HANDLE_BITS = 24;
  private static final long HANDLE = (1L << HANDLE_BITS) - 1;

  private final Memory memory;
  private final Lives lives;
  private final int cpus;
  private final long[] registers;
  private final long broadcasts;
  private final Map<KObject, Mm> mmOfTable = new ConcurrentHashMap<>();
  private final Map<KObject, long[]> unlinked = new ConcurrentHashMap<>();
  private final Map<KObject, long[]> readersAtFree = new ConcurrentHashMap<>();

  Watch(Memory memory, OffHeap heap, Lives lives) {
    this.memory = memory;
    this.lives = lives;
    cpus = memory.cpus();
    registers = new long[cpus];
    for (int i = 0; i < cpus; i++) {
      registers[i] = heap.line();
    }
    broadcasts = heap.line();
    for (int handle = 1; handle <= memory.objectCount(); handle++) {
      know(memory.object(handle));
    }
  }

  private void know(KObject object) {
    if (object instanceof Mm mm) {
      mmOfTable.put(mm.rangeTables, mm);
      mmOfTable.put(mm.userTables, mm);
    }
  }

  /** A new round, from this state. */
  void reset(Snapshot start) {
    unlinked.clear();
    readersAtFree.clear();
    for (int i = 0; i < cpus; i++) {
      KObject active = start.cpus().get(i).holds().get(Kernel.ACTIVE_MM);
      KObject root = start.cpus().get(i).root();
      OffHeap.set(active(i), active == null ? 0 : active.handle());
      OffHeap.set(root(i), root == null ? 0 : root.handle());
      OffHeap.set(count(i), 0);
    }
  }

  // ---- registers, each written by its own CPU --------------------------------------------------

  private long active(int cpu) {
    return registers[cpu];
  }

  private long root(int cpu) {
    return registers[cpu] + Long.BYTES;
  }

  private long count(int cpu) {
    return registers[cpu] + 2 * Long.BYTES;
  }

  void setActive(int cpu, @Nullable KObject mm) {
    OffHeap.setRelease(active(cpu), mm == null ? 0 : mm.handle());
  }

  @Nullable KObject activeOf(int cpu) {
    return object(OffHeap.getAcquire(active(cpu)));
  }

  /**
   * Sets the root that the MMU is on.
   *
   * @param since when, by the CPU's own count, walks of it were last forgotten
   */
  void setRoot(int cpu, @Nullable KObject root, long since) {
    long handle = root == null ? 0 : root.handle();
    OffHeap.setRelease(root(cpu), since << HANDLE_BITS | handle);
  }

  /** {@return a number for what the CPU does now to its MMU; each is greater than the last} */
  long now(int cpu) {
    long now = OffHeap.get(count(cpu)) + 1;
    OffHeap.setRelease(count(cpu), now);
    return now;
  }

  @Nullable KObject rootOf(int cpu) {
    return object(OffHeap.getAcquire(root(cpu)) & HANDLE);
  }

  /** Every CPU has forgotten what it knew of the tables below its root. */
  void flushedEverywhere() {
    OffHeap.getAndAdd(broadcasts, 1);
  }

  private @Nullable KObject object(long handle) {
    return handle == 0 ? null : memory.object(handle);
  }

  // ---- lives -----------------------------------------------------------------------------------

  void born(KObject object) {
    know(object);
    object.parts().forEach(unlinked::remove);
    readersAtFree.remove(object);
    lives.born(object);
  }

  /** The table leaves its tree when this returns. */
  void unlink(KObject table) {
    long[] counts = new long[cpus + 1];
    for (int i = 0; i < cpus; i++) {
      counts[i] = OffHeap.getAcquire(count(i));
    }
    counts[cpus] = OffHeap.getAcquire(broadcasts);
    unlinked.put(table, counts);
  }

  /**
   * Whoever is in one of these sections of RCU may use the object until its end, though the object
   * is freed now. Its slot is allocated again at once all the same, as it is in the checker.
   */
  void freedAfter(KObject object, long[] sections) {
    readersAtFree.put(object, sections);
  }

  /** {@return the sections that the free of an object waits for; null if it waits for none} */
  long @Nullable [] readersAtFree(KObject object) {
    return readersAtFree.get(object);
  }

  /**
   * Ends the life of an object; its slot is not to be allocated before this returns.
   *
   * @return what is wrong with that; null if nothing is seen
   */
  @Nullable Finding free(KObject object) {
    if (!lives.end(object)) {
      return new Finding("I5", object + " is freed twice");
    }
    VarHandle.fullFence();
    for (int i = 0; i < cpus; i++) {
      if (activeOf(i) == object) {
        return new Finding(
            "I1", "%s is freed while CPU %d's active_mm points at it".formatted(object, i));
      }
      if (rootOf(i) == object || walks(i, object)) {
        return new Finding(
            "I2", "%s is freed while the MMU of CPU %d is on %s".formatted(object, i, rootOf(i)));
      }
    }
    return null;
  }

  /** Whether the MMU of a CPU may still know the table that is freed. */
  private boolean walks(int cpu, KObject table) {
    Mm mm = mmOfTable.get(table);
    long register = OffHeap.getAcquire(root(cpu));
    if (mm == null || (register & HANDLE) != mm.pgd.handle()) {
      return false;
    }
    long[] counts = unlinked.get(table);
    return counts == null
        || (register >>> HANDLE_BITS <= counts[cpu]
            && OffHeap.getAcquire(broadcasts) == counts[cpus]);
  }
}
