package dev.lazymm.check;

import dev.lazymm.machine.Dependency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A dependency that no code has named, and with which a memory model does not allow a violation.
 *
 * @param kind of which kind
 * @param read the read
 * @param to the access whose address or value would be computed from it; null of a control
 *     dependency, which is of all that follows the read
 */
public record SavedBy(Dependency kind, Place read, @Nullable Place to) {
  /**
   * An access of kernel code.
   *
   * @param cpu where
   * @param step the kernel function
   * @param cell what is accessed: {@code on_cpu(t1)}
   * @param stack the lines that were being run, the innermost first; may be empty
   */
  public record Place(int cpu, String step, String cell, List<Source> stack) {
    public Place {
      stack = List.copyOf(stack);
    }

    @Override
    public String toString() {
      String where = step.isEmpty() ? "" : ", " + step;
      if (!stack.isEmpty()) {
        where += " (%s:%d)".formatted(stack.getFirst().file(), stack.getFirst().line());
      }
      return "%s by CPU %d%s".formatted(cell, cpu, where);
    }
  }

  /** {@return one sentence: {@code holds if the control dependency on ... is kept}} */
  public String text() {
    String of = to == null ? "" : " of the access to " + to;
    return "holds if the %s dependency%s on the read of %s is kept"
        .formatted(kind.name().toLowerCase(Locale.ROOT), of, read);
  }
}
