package dev.lazymm.check;

import java.util.List;

/**
 * An execution, as a person reads it: the kernel's steps in an order in which they can happen.
 *
 * @param cpus how many CPUs
 * @param steps what happens, in order
 */
public record Witness(int cpus, List<Step> steps) {
  /**
   * A kernel function's doing on one CPU, as far as others can tell or the story needs.
   *
   * @param cpu where
   * @param action the scenario's action
   * @param step the kernel function
   * @param site the ordering points passed, joined by commas; may be empty
   * @param cells what was written, read or moved: {@code mm_count(A) 1->0}
   * @param bad whether this is where it goes wrong
   */
  public record Step(
      int cpu, String action, String step, String site, List<String> cells, boolean bad) {
    public Step {
      cells = List.copyOf(cells);
    }
  }

  public Witness {
    steps = List.copyOf(steps);
  }
}
