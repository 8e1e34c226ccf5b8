package dev.lazymm.count;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Sequence;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much of the kernel's code some scenarios come through with a design: which kernel functions,
 * which barriers and atomics, which interrupts, in any order of the actions.
 *
 * @param functions kernel functions
 * @param sites barriers and atomics by name
 * @param ipis handlers by name
 */
public record Extent(Set<String> functions, Set<String> sites, Set<String> ipis) {
  public Extent {
    functions = Set.copyOf(functions);
    sites = Set.copyOf(sites);
    ipis = Set.copyOf(ipis);
  }

  /** {@return what these scenarios come through on a kernel} */
  public static Extent of(List<Scenario> scenarios, KernelFactory kernel) {
    Walker walker = new Walker();
    for (Scenario scenario : scenarios) {
      Sequence.all(() -> Sequence.begin(scenario, kernel, walker), _ -> {});
    }
    return new Extent(walker.functions, walker.sites, walker.ipis);
  }

  /** {@return what of this is not in {@code other}} */
  public Extent without(Extent other) {
    return new Extent(
        minus(functions, other.functions), minus(sites, other.sites), minus(ipis, other.ipis));
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /** Notes where it comes by. */
  private static final class Walker implements SequentialMachine.Observer {
    private final Set<String> functions = new TreeSet<>();
    private final Set<String> sites = new TreeSet<>();
    private final Set<String> ipis = new TreeSet<>();

    @Override
    public void step(int cpu, String name) {
      functions.add(name);
    }

    @Override
    public void smpMb(int cpu, Site site) {
      sites.add(site.name());
    }

    @Override
    public void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {
      sites.add(site.name());
    }

    @Override
    public void ipi(int sender, int target, Ipi ipi, Site site) {
      ipis.add(ipi.name());
    }
  }
}
