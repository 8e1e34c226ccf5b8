package dev.lazymm.live;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;
import dev.lazymm.workload.FinalState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a round ended: a copy, equal to another if no cell, root or life differs. */
final class EndState implements FinalState {
  private static final int FREE = 1; // as Lives.now says
  private static final int ALLOCATED = 2;

  private final Memory memory;
  private final List<Mm> startMms;
  private final long[] values;
  private final byte[] lives;
  private final int[] roots;
  private final int[] active;

  /**
   * @param startMms the mms that are there when a round begins
   */
  EndState(Memory memory, long[] values, byte[] lives, Watch watch, List<Mm> startMms) {
    this.memory = memory;
    this.startMms = startMms;
    this.values = values;
    this.lives = lives;
    roots = new int[memory.cpus()];
    active = new int[memory.cpus()];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = handle(watch.rootOf(i));
      active[i] = handle(watch.activeOf(i));
    }
  }

  private static int handle(@Nullable KObject object) {
    return object == null ? 0 : object.handle();
  }

  Memory memory() {
    return memory;
  }

  @Override
  public long value(Cell cell) {
    int i = cell.index();
    return i < values.length ? values[i] : memory.initial(i);
  }

  /** {@return the last value of a pointer} */
  <T extends KObject> @Nullable T value(Ref<T> ref) {
    return ref.resolve(value(ref.cell()));
  }

  @Override
  public @Nullable KObject root(int cpu) {
    return roots[cpu] == 0 ? null : memory.object(roots[cpu]);
  }

  /** {@return what the CPU says that it counts on as its active_mm} */
  @Nullable KObject held(int cpu) {
    return active[cpu] == 0 ? null : memory.object(active[cpu]);
  }

  @Override
  public boolean freed(KObject object) {
    return life(object) == FREE;
  }

  @Override
  public boolean live(Mm mm) {
    boolean born = mm.slab() == null || startMms.contains(mm) || life(mm) == ALLOCATED;
    return born && !freed(mm);
  }

  private int life(KObject object) {
    return object.handle() < lives.length ? lives[object.handle()] : 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EndState o
        && memory == o.memory
        && Arrays.equals(values, o.values)
        && Arrays.equals(lives, o.lives)
        && Arrays.equals(roots, o.roots)
        && Arrays.equals(active, o.active);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(values) * 31 + Arrays.hashCode(lives)) * 31 + Arrays.hashCode(roots);
  }
}
