package dev.lazymm.barriers;

import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.IdleRounds;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Setup;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a thread pays that goes idle and comes back, user to idle to user, by site. Counted as the
 * difference that one more round makes on one CPU. Spin locks are not counted.
 *
 * @param fences how often each full barrier is passed
 * @param updates how often each read-modify-write is done
 * @param full which of the updates are full barriers too
 * @param ipis how many IPIs are sent to other CPUs
 */
public record RoundTrip(
    Map<String, Integer> fences, Map<String, Integer> updates, Set<String> full, int ipis) {
  public RoundTrip {
    fences = Map.copyOf(fences);
    updates = Map.copyOf(updates);
    full = Set.copyOf(full);
  }

  /**
   * {@return the counts}
   *
   * @param forms what can become of each site, which tells full updates from others
   */
  static RoundTrip of(Designs.Entry design, Arches.Entry arch, Map<String, Set<Weakening>> forms) {
    Counter two = count(design, arch, 2);
    Counter one = count(design, arch, 1);
    Map<String, Integer> updates = difference(two.updates, one.updates);
    Set<String> full = new TreeSet<>(updates.keySet());
    full.removeIf(site -> !forms.getOrDefault(site, Set.of()).contains(Weakening.ACQUIRE));
    return new RoundTrip(difference(two.fences, one.fences), updates, full, two.ipis - one.ipis);
  }

  private static Counter count(Designs.Entry design, Arches.Entry arch, int rounds) {
    Counter counter = new Counter();
    Setup.runAlone(IdleRounds.of(1, rounds), KernelFactory.of(arch, design), counter);
    return counter;
  }

  private static Map<String, Integer> difference(
      Map<String, Integer> more, Map<String, Integer> less) {
    Map<String, Integer> difference = new TreeMap<>();
    more.forEach((site, n) -> {
      int d = n - less.getOrDefault(site, 0);
      if (d != 0) {
        difference.put(site, d);
      }
    });
    return difference;
  }

  /** {@return how many full barriers a round has, read-modify-writes included} */
  public int fullBarriers(Weakenings weakened) {
    int n = 0;
    for (Map.Entry<String, Integer> e : fences.entrySet()) {
      n += weakened.forms().containsKey(e.getKey()) ? 0 : e.getValue();
    }
    for (Map.Entry<String, Integer> e : updates.entrySet()) {
      boolean is = full.contains(e.getKey()) && !weakened.forms().containsKey(e.getKey());
      n += is ? e.getValue() : 0;
    }
    return n;
  }

  /** {@return how many read-modify-writes a round has, of any order} */
  public int readModifyWrites() {
    return updates.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static final class Counter implements SequentialMachine.Observer {
    private final Map<String, Integer> fences = new TreeMap<>();
    private final Map<String, Integer> updates = new TreeMap<>();
    private int ipis;

    @Override
    public void ipi(int sender, int target, Ipi ipi, Site site) {
      ipis += sender == target ? 0 : 1;
    }

    @Override
    public void smpMb(int cpu, Site site) {
      fences.merge(site.name(), 1, Integer::sum);
    }

    @Override
    public void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {
      updates.merge(site.name(), 1, Integer::sum);
    }
  }
}
