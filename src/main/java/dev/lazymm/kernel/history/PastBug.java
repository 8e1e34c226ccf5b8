package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Arches;
import java.util.List;

/**
 * A bug that Linux had, or that a series on its way there would have brought.
 *
 * @param id its number among the regressions: {@code R05}
 * @param name the class that has it
 * @param fixed the commit that ended it and its version, or the series that never came in
 * @param about what went wrong, in a line
 * @param breaks the invariants that it is said to break: {@code I6, I8}
 * @param arches the architectures that had it, without it
 * @param designs the designs that had it; empty if it was the same with each
 * @param with makes a kernel that has it
 */
public record PastBug(
    String id,
    String name,
    String fixed,
    String about,
    String breaks,
    List<Arches.Entry> arches,
    List<String> designs,
    Variant with) {
  public PastBug {
    arches = List.copyOf(arches);
    designs = List.copyOf(designs);
  }

  /** {@return whether no class is needed: the kernel as it is has it} */
  public boolean isPlain() {
    return with == Variant.PLAIN;
  }
}
