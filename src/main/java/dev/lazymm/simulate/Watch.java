package dev.lazymm.simulate;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.CachedWalks;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees at run time what goes wrong in this one interleaving: the invariants of {@code check} in
 * forms that cost little. What is about the order in which things happen is kept as the number of a
 * moment: moments are counted, not timed.
 */
final class Watch {
  /** One CPU's ghost registers, as far as they are watched. */
  private static final class Registers {
    @Nullable KObject activeMm;
    @Nullable KObject root;
    int rootGeneration;
    final CachedWalks walks = new CachedWalks();

    /** Since when walks of the root may be cached. */
    long walksSince;
  }

  private final Memory memory;
  private final List<Registers> cpus = new ArrayList<>();
  private final BitSet freed = new BitSet();
  private final Map<KObject, IntPredicate> readersAtFree = new HashMap<>();
  private final BitSet born = new BitSet();
  private final Map<KObject, Mm> tables = new HashMap<>();
  private final Map<KObject, Long> unlinked = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int[] borrowers = new int[0];
  private int[] walkers = new int[0];
  private int[] generations = new int[0];
  private long moment;
  private long flushedAll;

  Watch(Memory memory, Snapshot start, List<Mm> startMms) {
    this.memory = memory;
    for (Snapshot.CpuState state : start.cpus()) {
      Registers registers = new Registers();
      cpus.add(registers);
      KObject borrowed = state.holds().get(Kernel.ACTIVE_MM);
      if (borrowed != null) {
        registers.activeMm = borrowed;
        borrowers = add(borrowers, borrowed, 1);
      }
      if (state.root() != null) {
        registers.root = state.root();
        registers.walks.load(state.root(), state.tag(), false, moment);
        walkers = add(walkers, state.root(), 1);
      }
    }
    startMms.forEach(this::born);
  }

  /** {@return what went wrong, each kind once, the gravest first} */
  List<Finding> findings() {
    return findings.stream().sorted(Finding.GRAVEST_FIRST).toList();
  }

  void report(String invariant, String what) {
    if (findings.stream().noneMatch(f -> f.invariant().equals(invariant))) {
      findings.add(new Finding(invariant, what));
    }
  }

  // ---- memory ----------------------------------------------------------------------------------

  void access(int cpu, Cell cell) {
    if (freed.get(cell.owner().handle()) && !isAwaited(cpu, cell.owner())) {
      report("UAF", "CPU %d uses %s after it was freed".formatted(cpu, cell));
    }
  }

  /** The object is freed when these readers have left; its slot is allocated again at once. */
  void freedAfter(KObject object, IntPredicate readers) {
    readersAtFree.put(object, readers);
  }

  private boolean isAwaited(int cpu, KObject freed) {
    IntPredicate readers = readersAtFree.get(freed);
    return readers != null && readers.test(cpu);
  }

  /** A counter of an mm goes from {@code old} to {@code value} by a read-modify-write. */
  void count(Cell cell, long old, long value) {
    boolean counter = cell.owner() instanceof Mm mm && (cell == mm.mmCount || cell == mm.mmUsers);
    if (counter && (value < 0 || (old == 0 && value > 0))) {
      report("I4", "%s goes from %d to %d".formatted(cell, old, value));
    }
  }

  void alloc(KObject object) {
    moment++;
    born(object);
    generations = add(generations, object, 1);
    for (KObject part : object.parts()) {
      generations = add(generations, part, 1);
    }
  }

  private void born(KObject object) {
    born.set(object.handle());
    freed.clear(object.handle());
    readersAtFree.remove(object);
    for (KObject part : object.parts()) {
      freed.clear(part.handle());
      unlinked.remove(part);
    }
    if (object instanceof Mm mm) {
      tables.put(mm.userTables, mm);
      tables.put(mm.rangeTables, mm);
    }
  }

  void free(int cpu, KObject object) {
    moment++;
    for (Cell cell : object.cells()) {
      access(cpu, cell);
    }
    if (freed.get(object.handle())) {
      report("I5", object + " is freed twice");
    }
    freed.set(object.handle());
    if (get(borrowers, object) > 0) {
      report(
          "I1",
          "%s is freed while CPU %d's active_mm points at it".formatted(object, borrower(object)));
    }
    if (get(walkers, object) > 0) {
      report("I2", walked(object, walker(object), object));
    }
    Mm mm = tables.get(object);
    if (mm != null && get(walkers, mm.pgd) > 0) {
      freeTable(object, mm.pgd);
    }
  }

  private void freeTable(KObject table, KObject root) {
    Long since = unlinked.get(table);
    for (int i = 0; i < cpus.size(); i++) {
      Registers it = cpus.get(i);
      boolean forgot = since != null && (it.walksSince > since || flushedAll > since);
      if (it.root == root && !forgot) {
        report("I2", walked(table, i, root));
        return;
      }
    }
  }

  private static String walked(KObject freed, int cpu, KObject root) {
    return "%s is freed while the MMU of CPU %d is on %s".formatted(freed, cpu, root);
  }

  void unlink(KObject table) {
    unlinked.put(table, ++moment);
  }

  /** {@return whether the object is free now: freed and not allocated again} */
  boolean isFreed(KObject object) {
    return freed.get(object.handle());
  }

  /** {@return whether the object exists now} */
  boolean isLive(KObject object) {
    return (object.slab() == null || born.get(object.handle())) && !isFreed(object);
  }

  // ---- registers -------------------------------------------------------------------------------

  void hold(int cpu, Hold register, KObject object) {
    if (register.equals(Kernel.ACTIVE_MM)) {
      release(cpu, register);
      cpus.get(cpu).activeMm = object;
      borrowers = add(borrowers, object, 1);
    }
  }

  void release(int cpu, Hold register) {
    KObject was = cpus.get(cpu).activeMm;
    if (was != null && register.equals(Kernel.ACTIVE_MM)) {
      cpus.get(cpu).activeMm = null;
      borrowers = add(borrowers, was, -1);
    }
  }

  /**
   * A root is loaded.
   *
   * @param tag its tag, -1 without
   * @param flush whether that drops what carries the tag
   */
  void load(int cpu, KObject root, int tag, boolean flush) {
    drop(cpu);
    Registers it = cpus.get(cpu);
    it.walksSince = it.walks.load(root, tag, flush, ++moment);
    it.root = root;
    it.rootGeneration = get(generations, root);
    walkers = add(walkers, root, 1);
  }

  /** No root is loaded any more. */
  void drop(int cpu) {
    Registers it = cpus.get(cpu);
    if (it.root != null) {
      walkers = add(walkers, it.root, -1);
      it.root = null;
    }
  }

  @Nullable KObject root(int cpu) {
    return cpus.get(cpu).root;
  }

  void flush(int cpu) {
    Registers it = cpus.get(cpu);
    it.walksSince = it.walks.flush(++moment);
  }

  void flushAll() {
    flushedAll = ++moment;
  }

  void enterUser(int cpu, KObject expected) {
    Registers it = cpus.get(cpu);
    if (it.root != expected) {
      report(
          "I8", "CPU %d goes to user mode on %s instead of %s".formatted(cpu, it.root, expected));
    } else if (it.rootGeneration != get(generations, expected)) {
      report(
          "I8",
          "CPU %d goes to user mode on what was %s before that was freed and made again"
              .formatted(cpu, expected));
    }
  }

  private int borrower(KObject object) {
    for (int i = 0; i < cpus.size(); i++) {
      if (cpus.get(i).activeMm == object) {
        return i;
      }
    }
    throw new IllegalStateException("nobody borrows " + object);
  }

  private int walker(KObject root) {
    for (int i = 0; i < cpus.size(); i++) {
      if (cpus.get(i).root == root) {
        return i;
      }
    }
    throw new IllegalStateException("nobody walks " + root);
  }

  // ---- numbers by object -----------------------------------------------------------------------

  private static int get(int[] numbers, KObject of) {
    return of.handle() < numbers.length ? numbers[of.handle()] : 0;
  }

  private int[] add(int[] numbers, KObject of, int n) {
    int[] all = numbers;
    if (of.handle() >= all.length) {
      all = Arrays.copyOf(all, Math.max(memory.objectCount() + 1, 2 * all.length));
    }
    all[of.handle()] += n;
    return all;
  }
}
