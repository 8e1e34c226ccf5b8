package dev.lazymm.check;

import java.util.List;

/**
 * An execution, as a person reads it: the kernel's steps in an order in which they can happen.
 *
 * @param cpus how many CPUs
 * @param steps what happens, in order
 * @param ipis the interrupts that one of these steps sends and another handles
 */
public record Witness(int cpus, List<Step> steps, List<Ipi> ipis) {
  /**
   * A kernel function's doing on one CPU, as far as others can tell or the story needs.
   *
   * @param cpu where
   * @param action the scenario's action
   * @param step the kernel function
   * @param site the ordering points passed, joined by commas; may be empty
   * @param cells what was written, read or moved: {@code mm_count(A) 1->0}
   * @param bad whether this is where it goes wrong
   * @param stack the lines of the kernel that were being run, the innermost first; of the harm if
   *     it is here, else of the first thing told; may be empty
   */
  public record Step(
      int cpu,
      String action,
      String step,
      String site,
      List<String> cells,
      boolean bad,
      List<Source> stack) {
    public Step {
      cells = List.copyOf(cells);
      stack = List.copyOf(stack);
    }

    /** A step of which nobody knows where it stands in the source. */
    public Step(int cpu, String action, String step, String site, List<String> cells, boolean bad) {
      this(cpu, action, step, site, cells, bad, List.of());
    }

    Step asBad() {
      return new Step(cpu, action, step, site, cells, true, stack);
    }
  }

  /**
   * An interrupt from one CPU to another.
   *
   * @param from the step that sends it, an index of {@link Witness#steps}
   * @param to the first step of its handler, another index
   */
  public record Ipi(int from, int to) {}

  public Witness {
    steps = List.copyOf(steps);
    ipis = List.copyOf(ipis);
  }

  /** An execution without interrupts. */
  public Witness(int cpus, List<Step> steps) {
    this(cpus, steps, List.of());
  }
}
