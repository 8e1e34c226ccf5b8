package dev.lazymm.check;

import java.util.List;

/**
 * Something that a CPU does in an execution, as a sentence names it.
 *
 * @param cpu where
 * @param what the thing: {@code the read of on_cpu(t1)}
 * @param step the kernel function; may be empty
 * @param stack the lines that were being run, the innermost first; may be empty
 */
public record Act(int cpu, String what, String step, List<Source> stack) {
  public Act {
    stack = List.copyOf(stack);
  }

  /** {@return where in the source: {@code , mmdrop (Lifetime.java:80)}; may be empty} */
  public String where() {
    String line =
        stack.isEmpty()
            ? ""
            : " (%s:%d)".formatted(stack.getFirst().file(), stack.getFirst().line());
    return step.isEmpty() ? line : ", " + step + line;
  }

  @Override
  public String toString() {
    return what + " by CPU " + cpu + where();
  }
}
