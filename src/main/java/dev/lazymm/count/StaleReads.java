package dev.lazymm.count;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who reads a pointer to an mm that is gone, and who follows one: over every order of a scenario's
 * actions, each action done at once. A pointer is gone stale once its mm was freed after the
 * pointer was stored; if the slot is an mm again by then, it compares equal to that one.
 */
public final class StaleReads implements SequentialMachine.Observer {
  /** What became of the mm since the pointer to it was stored. */
  public enum Slot {
    /** It is free. */
    FREED,
    /** It is another mm: the pointer compares equal to one that was never meant. */
    REUSED
  }

  /**
   * A place that reads a stale pointer: what it does with it is compare or pass it on.
   *
   * @param function the kernel function
   * @param field where the pointer is kept: {@code active_mm}
   * @param slot what is at the address now
   */
  public record Read(String function, String field, Slot slot) implements Comparable<Read> {
    @Override
    public int compareTo(Read o) {
      return toString().compareTo(o.toString());
    }

    @Override
    public String toString() {
      return function + " reads " + field + (slot == Slot.FREED ? "" : " of a slot used again");
    }
  }

  /**
   * What was seen in all orders.
   *
   * @param reads places that read a stale pointer
   * @param uses accesses to a freed mm, as {@code function uses field}: dereferences
   * @param orders how many orders there were
   */
  public record Found(Set<Read> reads, Set<String> uses, int orders) {
    public Found {
      reads = Set.copyOf(reads);
      uses = Set.copyOf(uses);
    }
  }

  /** What a pointer cell was given: which object, and in which life of its slot. */
  private record Pointer(long handle, int life) {}

  private final Map<Cell, Pointer> pointers = new HashMap<>();
  private final Map<Long, Integer> lives = new HashMap<>();
  private final Set<KObject> freed = new HashSet<>();
  private final List<Map<Long, Integer>> carried = new ArrayList<>();
  private final String[] function;
  private final Set<Read> reads;
  private final Set<String> uses;

  private StaleReads(int cpus, Set<Read> reads, Set<String> uses) {
    function = new String[cpus];
    Arrays.fill(function, "");
    for (int i = 0; i < cpus; i++) {
      carried.add(new HashMap<>());
    }
    this.reads = reads;
    this.uses = uses;
  }

  /** {@return what is read and used in a scenario on a kernel} */
  public static Found of(Scenario scenario, KernelFactory kernel) {
    Set<Read> reads = new TreeSet<>();
    Set<String> uses = new TreeSet<>();
    List<Sequence> runs = new ArrayList<>();
    Sequence.all(
        () -> Sequence.begin(scenario, kernel, new StaleReads(scenario.cpus().size(), reads, uses)),
        runs::add);
    return new Found(reads, uses, runs.size());
  }

  @Override
  public void load(int cpu, Cell cell, long value) {
    use(cpu, cell);
    Pointer pointer = pointers.get(cell);
    if (pointer != null && pointer.handle == value) {
      carried.get(cpu).put(value, pointer.life);
      boolean gone = life(value) != pointer.life;
      boolean free = freed.stream().anyMatch(o -> o.handle() == value);
      if (gone || free) {
        reads.add(new Read(function[cpu], cell.field(), free ? Slot.FREED : Slot.REUSED));
      }
    }
  }

  @Override
  public void store(int cpu, Cell cell, long value) {
    use(cpu, cell);
    if (cell.isPointer()) {
      Integer life = isCopy(cpu, cell) ? carried.get(cpu).get(value) : null;
      pointers.put(cell, new Pointer(value, life == null ? life(value) : life));
    }
  }

  /**
   * Whether a store hands on a borrow: what it stores is as old as what it was read from. All other
   * stores are of an mm that whoever stores it counts on.
   */
  private boolean isCopy(int cpu, Cell cell) {
    return cell.field().equals("prev_mm") || function[cpu].equals("context_switch");
  }

  private int life(long handle) {
    return lives.getOrDefault(handle, 0);
  }

  @Override
  public void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {
    use(cpu, cell);
  }

  private void use(int cpu, Cell cell) {
    if (freed.contains(cell.owner()) && cell.owner() instanceof Mm) {
      uses.add(function[cpu] + " uses " + cell.field());
    }
  }

  @Override
  public void alloc(int cpu, KObject object) {
    freed.remove(object);
    object.parts().forEach(freed::remove);
    long handle = object.handle();
    lives.merge(handle, 1, Integer::sum);
    carried.get(cpu).remove(handle); // what this CPU has in hand is the new one
  }

  @Override
  public void free(int cpu, KObject object) {
    freed.add(object);
  }

  @Override
  public void ipi(int sender, int target, Ipi ipi, Site site) {
    function[target] = ipi.name();
  }

  @Override
  public void step(int cpu, String name) {
    function[cpu] = name;
  }
}
