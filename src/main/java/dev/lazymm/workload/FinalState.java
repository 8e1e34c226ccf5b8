package dev.lazymm.workload;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import org.jspecify.annotations.Nullable;

/** The state in which an execution ended, as its machine knows it. */
public interface FinalState {
  /** {@return the last value of a cell} */
  long value(Cell cell);

  /** {@return what the MMU of a CPU translates through, null if nothing} */
  @Nullable KObject root(int cpu);

  /** {@return whether the object is free now: freed and not allocated again} */
  boolean freed(KObject object);

  /** {@return whether the mm exists: it was there at the start or made since, and is not freed} */
  boolean live(Mm mm);
}
