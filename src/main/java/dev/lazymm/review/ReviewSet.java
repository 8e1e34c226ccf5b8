package dev.lazymm.review;

import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;

/**
 * Which scenarios of a library a review looks at, for every design on every architecture the same:
 * those of some size, and the larger ones that break what no other does. {@code ReviewSetTest}
 * holds the usual one to the whole library.
 *
 * @param cpus of how many CPUs a scenario may be
 * @param actions of how many actions, those of all CPUs together
 */
public record ReviewSet(int cpus, int actions) {
  /** What there is time for. */
  public static final ReviewSet USUAL = new ReviewSet(2, 7);

  /** The whole library. */
  public static final ReviewSet DEEP = new ReviewSet(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Larger ones that break, in some kernel under sc, what those of the usual size do not. */
  public static final List<String> LARGER = List.of("e09-reused-registered");

  /**
   * Those that are looked at under the hardware's model as well, and in which sites are weakened:
   * each is the cheapest to show that some site is needed, of {@code refcount}, {@code shootdown}
   * or {@code luto-hazard} on {@code x86-lazy}, {@code powerpc-hash}, {@code powerpc-radix}, {@code
   * riscv} or {@code arm64}.
   */
  public static final List<String> FEW =
      List.of(
          "clone-sibling-exits",
          "e06-idle-exit",
          "e06-idle-exit-move",
          "e07-kthread-chain",
          "e08-shoot-use",
          "e12-leave-mm",
          "e12-munmap",
          "e12-munmap-exit",
          "e14-own-exit",
          "exec-last-user",
          "fork-child-exits",
          "get-put-exit",
          "hazard-back",
          "hotplug-borrow",
          "hotplug-drop",
          "leave-mm-return",
          "membarrier-c1-in",
          "membarrier-c1-out",
          "membarrier-c2-first",
          "membarrier-f-b",
          "membarrier-f-in",
          "membarrier-global",
          "membarrier-rseq",
          "membarrier-sync-core",
          "membarrier-sync-core-caller",
          "membarrier-sync-core-lazy",
          "membarrier-sync-core-switch",
          "membarrier-x-clears",
          "mprotect-return",
          "switch-kernel-user-same",
          "tlb-switch-back",
          "tlb-switch-in");

  /** {@return whether it leaves nothing out} */
  public boolean isWhole() {
    return equals(DEEP);
  }

  /** {@return the scenarios that are looked at, in the order of the library} */
  public List<Scenario> of(ScenarioLibrary library) {
    return library.list().stream().filter(this::has).toList();
  }

  private boolean has(Scenario s) {
    int size = s.cpus().stream().mapToInt(line -> line.actions().size()).sum();
    return (s.cpus().size() <= cpus && size <= actions) || LARGER.contains(s.name());
  }

  /** {@return those of a library in which sites are weakened} */
  static List<Scenario> few(ScenarioLibrary library) {
    return library.list().stream().filter(s -> FEW.contains(s.name())).toList();
  }
}
