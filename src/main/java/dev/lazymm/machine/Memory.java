package dev.lazymm.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address space of one modelled computer: all objects and cells that were ever made, with their
 * initial values. It only grows; slabs reuse their slots. Values live in the machines, so one
 * memory serves many runs at once. Thread-safe.
 */
public final class Memory {
  private static final long LINES = 1 << 20; // more than any object has

  private final Layout layout;
  private final int cpus;
  private volatile @Nullable KObject[] objects = new KObject[64]; // read without the lock
  private int objectCount;
  private final List<Cell> cells = new ArrayList<>();
  private final List<Long> initial = new ArrayList<>();

  /**
   * @param layout where fields lie on cache lines
   * @param cpus how many CPUs the computer has (nr_cpu_ids), at least 1
   */
  public Memory(Layout layout, int cpus) {
    if (cpus < 1) {
      throw new IllegalArgumentException("a computer has at least one CPU, not " + cpus);
    }
    this.layout = layout;
    this.cpus = cpus;
  }

  /** {@return the number of CPUs} */
  public int cpus() {
    return cpus;
  }

  /** {@return a new cell of {@code owner} that holds {@code value} at first} */
  public Cell cell(KObject owner, String field, long value) {
    return make(owner, field, value, false);
  }

  /** {@return a new pointer cell of {@code owner}, NULL at first} */
  public <T extends KObject> Ref<T> ref(KObject owner, String field, Class<T> type) {
    return new Ref<>(make(owner, field, 0, true), this, type);
  }

  /** {@return a new spin lock of {@code owner}, free at first} */
  public Lock lock(KObject owner, String field) {
    return new Lock(make(owner, field, 0, false));
  }

  /** {@return a new, empty bitmap of this computer's CPUs} */
  public CpuMask mask(KObject owner, String field) {
    Cell[] words = new Cell[(cpus + 63) >>> 6];
    for (int i = 0; i < words.length; i++) {
      words[i] = make(owner, i == 0 ? field : field + "[" + i + "]", 0, false);
    }
    return new CpuMask(words);
  }

  /** {@return the object with this handle} */
  public KObject object(long handle) {
    return Objects.requireNonNull(objects[(int) handle]);
  }

  /** {@return the cell with this index} */
  public synchronized Cell cell(int index) {
    return cells.get(index);
  }

  /** {@return how many cells there are now} */
  public synchronized int cellCount() {
    return cells.size();
  }

  /** {@return how many objects there are now; handles run from 1 to this} */
  public synchronized int objectCount() {
    return objectCount;
  }

  /** {@return the value that a cell had when it was made} */
  public synchronized long initial(int index) {
    return initial.get(index);
  }

  synchronized int register(KObject object) {
    @Nullable KObject[] table = objects;
    if (++objectCount == table.length) {
      table = Arrays.copyOf(table, 2 * table.length);
    }
    table[objectCount] = object;
    objects = table; // publishes the new element
    return objectCount;
  }

  private synchronized Cell make(KObject owner, String field, long value, boolean pointer) {
    int line = layout.lineOf(owner.type(), field, owner.cells().size());
    Cell cell = new Cell(cells.size(), owner, field, owner.handle() * LINES + line, pointer);
    cells.add(cell);
    initial.add(value);
    owner.add(cell);
    return cell;
  }
}
