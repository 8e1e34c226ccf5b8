package dev.lazymm.simulate;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.workload.FinalState;
import org.jspecify.annotations.Nullable;

/** How one run ended. */
final class EndState implements FinalState {
  private final Values values;
  private final Watch watch;

  EndState(Values values, Watch watch) {
    this.values = values;
    this.watch = watch;
  }

  @Override
  public long value(Cell cell) {
    return values.get(cell);
  }

  @Override
  public @Nullable KObject root(int cpu) {
    return watch.root(cpu);
  }

  @Override
  public boolean freed(KObject object) {
    return watch.isFreed(object);
  }

  @Override
  public boolean live(Mm mm) {
    return watch.isLive(mm);
  }
}
