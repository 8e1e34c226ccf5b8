package dev.lazymm.replay;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Site;

/**
 * The meter of one driven kernel: watches its machine and knows operations by the place in the
 * kernel's code that they come from.
 */
final class Counters extends Tally implements SequentialMachine.Observer {
  private static final int LAZY_GRABS = 0;
  private static final int LAZY_DROPS = 1;
  private static final int FINAL_DROPS = 2;
  private static final int FULL_BARRIERS = 3;
  private static final int SHOOT_IPIS = 4;
  private static final int SHOOT_HANDLERS = 5;
  private static final int SHOOT_HITS = 6;
  private static final int MM_DEATHS = 7;
  private static final int EXIT_FLUSH_IPIS = 8;
  private static final int GRABS_OF_INIT_MM = 9;
  private static final int KINDS = 10;

  private boolean muted;

  Counters() {
    super(KINDS);
  }

  /** Stops or starts counting: what only repairs the model's state did not happen. */
  void mute(boolean on) {
    muted = on;
  }

  @Override
  public void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {
    if (muted) {
      return;
    }
    if (site == Sites.GRAB_LAZY) {
      add(LAZY_GRABS);
    } else if (site == Sites.DROP_EXIT_FLUSH) { // the same function has taken one of init_mm
      add(GRABS_OF_INIT_MM);
    } else if (isLazyDrop(site)) {
      add(LAZY_DROPS);
    } else if (site == Sites.PUT && value == 0) {
      add(MM_DEATHS);
    }
  }

  @Override
  public void smpMb(int cpu, Site site) {
    if (!muted && (isLazyDrop(site) || isOfHazard(site))) {
      add(FULL_BARRIERS);
    }
  }

  @Override
  public void ipi(int sender, int target, Ipi ipi, Site site) {
    if (muted) {
      return;
    }
    if (site == Sites.SHOOT_IPI || site == Sites.HP_IPI || site == Sites.UNLAZY_IPI) {
      add(SHOOT_HANDLERS);
      if (sender != target) {
        add(SHOOT_IPIS);
      }
    } else if (site == Sites.EXIT_FLUSH_IPI) {
      add(EXIT_FLUSH_IPIS);
    }
  }

  /** A CPU was found on the dying mm. */
  void shot() {
    if (!muted) {
      add(SHOOT_HITS);
    }
  }

  @Override
  public void free(int cpu, KObject object) {
    if (!muted && object instanceof Mm) {
      add(FINAL_DROPS);
    }
  }

  long mmDeaths(boolean sinceMark) {
    return count(MM_DEATHS, sinceMark);
  }

  ReplayReport.Costs costs(boolean sinceMark) {
    return new ReplayReport.Costs(
        count(LAZY_GRABS, sinceMark) - count(GRABS_OF_INIT_MM, sinceMark),
        count(LAZY_DROPS, sinceMark),
        count(FINAL_DROPS, sinceMark),
        count(FULL_BARRIERS, sinceMark),
        count(SHOOT_IPIS, sinceMark),
        count(SHOOT_HANDLERS, sinceMark),
        count(SHOOT_HITS, sinceMark),
        count(EXIT_FLUSH_IPIS, sinceMark));
  }

  /** Of the hazard pointers, at a switch: the scan of a final drop is none. */
  private static boolean isOfHazard(Site site) {
    return site == Sites.HP_PUBLISH || site == Sites.HP_CLEAR || site == Sites.FINISH_SWITCH_MM;
  }

  private static boolean isLazyDrop(Site site) {
    return site == Sites.B2A_DROP || site == Sites.B7 || site == Sites.DROP_EXEC;
  }
}
