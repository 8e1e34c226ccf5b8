package dev.lazymm.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lifetime designs are tried on which architectures, where a test would otherwise try all on
 * all: each design on those it is meant for, and the designs of the dispute on every one.
 */
public final class Pairs {
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

  private Pairs() {}

  /** {@return whether a design is meant for an architecture, and so must hold there} */
  public static boolean meant(String design, String arch) {
    Set<String> arches = MEANT_FOR.get(design);
    return arches == null || arches.contains(arch);
  }

  /** {@return the architectures on which tests of products try a design} */
  public static List<Arches.Entry> arches(Designs.Entry design) {
    boolean every = Designs.ALL.indexOf(design) <= NO_LAZY;
    return Arches.ALL.stream().filter(a -> every || EACH_KIND.contains(a.name())).toList();
  }

  private static final int NO_LAZY =
      Designs.ALL.stream().map(Designs.Entry::name).toList().indexOf(Designs.NO_LAZY);
}
