package dev.lazymm.count;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Site;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what one CPU does while it is on. Which cells are seen by others is learnt from the whole
 * run, so a count is asked for at its end.
 */
final class Meter implements SequentialMachine.Observer {
  /** The handlers that come to end a borrow: do_shoot_lazy_tlb, do_exit_flush_lazy_tlb. */
  private static final Pattern ENDS_BORROWS = Pattern.compile("(?!do_check).*lazy.*");

  /** What a CPU has one of, with its number: {@code rq3}, {@code cpu_tlbstate0}. */
  private static final Pattern PER_CPU = Pattern.compile("(?!x86)[a-z_]+(\\d+)");

  private final Map<String, Integer> rmws = new HashMap<>();
  private final Map<String, Integer> barriers = new HashMap<>();
  private final Map<Cell, Integer> stores = new HashMap<>();
  private final Map<String, Integer> ipis = new HashMap<>();
  private final Map<Cell, BitSet> touched = new HashMap<>();
  private final BitSet scanned = new BitSet();
  private final Map<String, Integer> inVain = new HashMap<>();
  private int metered = -1;
  private String handler = "";
  private int target = -1;

  /** Counts what {@code cpu} does from here. */
  void on(int cpu) {
    metered = cpu;
  }

  /** Counts nothing from here. */
  void off() {
    metered = -1;
    answered(false);
  }

  /** The handler that runs has found what it was sent for, or has not. */
  private void answered(boolean found) {
    if (target >= 0 && !found) {
      inVain.merge(handler, 1, Integer::sum);
    }
    target = -1;
  }

  /**
   * {@return what was counted}
   *
   * @param cpu the CPU that was metered
   */
  Count count(int cpu) {
    Map<String, Integer> seen = new HashMap<>();
    stores.forEach((cell, n) -> {
      BitSet by = touched.getOrDefault(cell, new BitSet());
      if (by.cardinality() > 1 || !by.get(cpu)) {
        seen.merge(cell.owner().type() + "->" + cell.field(), n, Integer::sum);
      }
    });
    return new Count(rmws, barriers, seen, ipis, inVain, scanned.cardinality());
  }

  @Override
  public void load(int cpu, Cell cell, long value) {
    touch(cpu, cell);
    if (cpu == metered) {
      int of = cpuOf(cell.owner().name());
      if (of >= 0 && of != cpu) {
        scanned.set(of);
      }
    }
  }

  /** The CPU that an object belongs to; -1 if to none. */
  private static int cpuOf(String object) {
    Matcher perCpu = PER_CPU.matcher(object);
    return perCpu.matches() ? Integer.parseInt(perCpu.group(1)) : -1;
  }

  @Override
  public void store(int cpu, Cell cell, long value) {
    touch(cpu, cell);
    if (cpu == metered) {
      stores.merge(cell, 1, Integer::sum);
    } else if (cpu == target && cell.owner() instanceof Task task && cell == task.activeMm.cell()) {
      answered(true);
    }
  }

  @Override
  public void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {
    touch(cpu, cell);
    if (cpu != metered) {
      return;
    }
    if (cell.owner() instanceof Mm mm && cell == mm.mmCount) {
      rmws.merge(site.name(), 1, Integer::sum);
    }
    if (ordering == Ordering.FULL) {
      barriers.merge(site.name(), 1, Integer::sum);
    }
  }

  @Override
  public void smpMb(int cpu, Site site) {
    if (cpu == metered) {
      barriers.merge(site.name(), 1, Integer::sum);
    }
  }

  @Override
  public void ipi(int sender, int receiver, Ipi ipi, Site site) {
    answered(false); // each handler has returned when the next begins
    if (sender == metered && receiver != sender) {
      ipis.merge(ipi.name(), 1, Integer::sum);
      if (ENDS_BORROWS.matcher(ipi.name()).matches()) {
        handler = ipi.name();
        target = receiver;
      }
    }
  }

  private void touch(int cpu, Cell cell) {
    touched.computeIfAbsent(cell, c -> new BitSet()).set(cpu);
  }
}
