package dev.lazymm.live;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;

/**
 * What one CPU does with memory. Each access says whether its ordering counts; at a site that is
 * weakened it does not. Owned by the CPU's thread.
 */
final class Accesses {
  private final CellMemory cells;
  private final Lives lives;
  private final Steps steps;
  private final Findings findings;
  private final Watch watch;
  private final Rcu rcu;

  Accesses(LiveMachine machine, Rcu rcu, Steps steps, Findings findings) {
    watch = machine.watch();
    this.rcu = rcu;
    cells = machine.cells();
    lives = machine.lives();
    this.steps = steps;
    this.findings = findings;
  }

  /** Where the cell is, before an access to it. */
  private long at(Cell cell) {
    steps.point();
    if (Lives.isFree(lives.of(cell.owner())) && !isAwaited(cell.owner())) {
      findings.add("UAF", cell + " is used after it was freed");
    }
    return cells.address(cell);
  }

  /** Whether the free waits for the section that this CPU is in. */
  private boolean isAwaited(KObject freed) {
    long[] sections = watch.readersAtFree(freed);
    return sections != null && rcu.isStillIn(sections);
  }

  long loadPlain(Cell cell) {
    return OffHeap.get(at(cell));
  }

  void storePlain(Cell cell, long value) {
    OffHeap.set(at(cell), value);
  }

  long load(Cell cell, boolean acquire) {
    long address = at(cell);
    return acquire ? OffHeap.getAcquire(address) : OffHeap.getOpaque(address);
  }

  void store(Cell cell, long value, boolean release) {
    long address = at(cell);
    if (release) {
      OffHeap.setRelease(address, value);
    } else {
      OffHeap.setOpaque(address, value);
    }
  }

  /** {@return the old value} */
  long rmw(Rmw op, Cell cell, long operand, long expected, boolean full) {
    long old = Atomics.rmw(op, at(cell), operand, expected, full);
    if (op == Rmw.ADD || op == Rmw.ADD_UNLESS) {
      watchCounter(op, cell, old, operand, expected);
    }
    return old;
  }

  /** I4 while it runs: no counter of an mm goes below 0, none rises again from 0. */
  private void watchCounter(Rmw op, Cell cell, long old, long operand, long expected) {
    if (op.succeeds(old, expected)
        && cell.owner() instanceof Mm mm
        && (cell == mm.mmCount || cell == mm.mmUsers)) {
      long value = old + operand;
      if (value < 0 || (old == 0 && value > 0)) {
        findings.add("I4", "%s goes from %d to %d".formatted(cell, old, value));
      }
    }
  }

  /** {@return the value that ended the wait} */
  long await(Cell cell, Cond cond, long operand, boolean acquire, Site site) {
    long address = at(cell);
    long[] seen = new long[1];
    steps.waitUntil(
        () -> {
          seen[0] = acquire ? OffHeap.getAcquire(address) : OffHeap.getOpaque(address);
          return cond.test(seen[0], operand);
        },
        () -> "for %s %s %d (%s)".formatted(cell, cond, operand, site));
    return seen[0];
  }

  void lock(Lock lock, Site site) {
    long address = at(lock.cell());
    steps.waitUntil(
        () -> OffHeap.getOpaque(address) == 0 && OffHeap.compareAndSet(address, 0, 1),
        () -> "for the lock %s (%s)".formatted(lock, site));
  }

  void unlock(Lock lock) {
    OffHeap.setRelease(at(lock.cell()), 0);
  }
}
