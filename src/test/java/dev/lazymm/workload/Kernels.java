package dev.lazymm.workload;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Membarriers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which kernels a test of many scenarios takes: every design on every architecture is too much for
 * each of them, so each takes another share, and all scenarios together take every pair often. And
 * on which architectures a design is meant to hold.
 */
public final class Kernels {
  /** Architectures on which every borrower is in mm_cpumask to the end. */
  private static final Set<String> WITH_A_MASK =
      Set.of("powerpc-hash", "powerpc-radix", "x86-unlazy", "x86-ipi-broadcast");

  /** Those whose exit interrupts every borrower and moves its active_mm. */
  private static final Set<String> UNLAZIED_BY_THE_EXIT = Set.of("x86-unlazy");

  /** The architectures on which a design holds, where that is not all of them. */
  private static final Map<String, Set<String>> MEANT_FOR =
      Map.of(
          "no-refcount", Set.of(),
          "shootdown", Set.of("powerpc-hash"),
          "shootdown-debug", Set.of("powerpc-hash"),
          "piggin-v4", Set.of("powerpc-hash"),
          "luto-hazard-mask", WITH_A_MASK,
          "luto-hazard-empty", UNLAZIED_BY_THE_EXIT);

  /** An eager mask, a mask that is never trimmed, and active_mm that moves with the MMU. */
  private static final Set<String> EACH_KIND = Set.of("x86-eager", "powerpc-hash", "x86-unlazy");

  /** The share of {@link #share} that has each design on one architecture. */
  public static final int ONE_ARCH = 12;

  private static final int NO_LAZY = Designs.ALL.indexOf(designs(Designs.NO_LAZY).getFirst());

  /** A design on an architecture. */
  public record Pair(Designs.Entry design, Arches.Entry arch) {
    public KernelFactory factory() {
      return KernelFactory.of(arch, design);
    }

    @Override
    public String toString() {
      return design.name() + " on " + arch.name();
    }
  }

  /** {@return each of {@code designs} on every architecture} */
  public static List<Pair> all(List<Designs.Entry> designs) {
    return designs.stream()
        .flatMap(design -> Arches.ALL.stream().map(arch -> new Pair(design, arch)))
        .toList();
  }

  /**
   * {@return one in {@code of} of the pairs of {@code designs} and all architectures: every design
   * on some architectures and every architecture with some designs; another share for another name}
   */
  public static List<Pair> share(Scenario scenario, List<Designs.Entry> designs, int of) {
    return share(scenario, designs, Arches.ALL, of);
  }

  /** {@return the same of some architectures} */
  public static List<Pair> share(
      Scenario scenario, List<Designs.Entry> designs, List<Arches.Entry> arches, int of) {
    int first = Math.floorMod(scenario.name().hashCode(), of);
    return IntStream.range(0, designs.size())
        .boxed()
        .flatMap(d ->
            IntStream.range(0, arches.size())
                .filter(a -> Math.floorMod(a + d + first, of) == 0)
                .mapToObj(a -> new Pair(designs.get(d), arches.get(a))))
        .toList();
  }

  /** {@return whether a design is meant for an architecture, and so must hold there} */
  public static boolean meant(String design, String arch) {
    Set<String> arches = MEANT_FOR.get(design);
    return arches == null || arches.contains(arch);
  }

  /**
   * {@return the architectures on which tests of products try a design: the designs of the dispute
   * on every one, the others on one of each kind}
   */
  public static List<Arches.Entry> arches(Designs.Entry design) {
    boolean every = Designs.ALL.indexOf(design) <= NO_LAZY;
    return Arches.ALL.stream().filter(a -> every || EACH_KIND.contains(a.name())).toList();
  }

  /** A is not freed yet. */
  static final Condition KEPT = new Condition.Not(new Condition.Freed("A"));

  private static final Set<String> LAST_USER_BESIDE_AN_UNPLUG =
      Set.of("hotplug-exit", "hotplug-deep-idle");

  /**
   * {@return whether A may be kept by a CPU that is offline, against what the scenario says} The
   * last user has seen the CPU borrow, and leaves its reference in the rq only after the CPU's last
   * switch (E19's open point, docs/hotplug.md).
   */
  public static boolean keepsForOffline(String scenario, String design) {
    return LAST_USER_BESIDE_AN_UNPLUG.contains(scenario)
        && (design.equals("luto-hazard") || design.equals("luto-hazard-mask"));
  }

  /** {@return the designs of those names} */
  public static List<Designs.Entry> designs(String... names) {
    return Stream.of(names).map(name -> Designs.find(name).orElseThrow()).toList();
  }

  /** {@return the same designs with the conditional membarrier of 2022} */
  public static List<Designs.Entry> conditional(List<Designs.Entry> designs) {
    Membarriers.Entry conditional = Membarriers.find("conditional").orElseThrow();
    return designs.stream().map(d -> d.with(conditional)).toList();
  }

  private Kernels() {}
}
