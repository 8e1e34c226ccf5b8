package dev.lazymm.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution explained.
 *
 * @param relations what leads from a step of one CPU to a step of another
 * @param prevention which barriers would have kept it from happening
 * @param shape what is left of it when all is taken away that does not bear on why it is allowed;
 *     null if no memory access is
 */
public record Explained(List<Related> relations, Prevention prevention, @Nullable Shape shape) {
  /**
   * A pair of a relation.
   *
   * @param name {@code rf}, {@code co}, {@code fr}, or a relation of the model
   * @param from a step, an index of {@link Witness#steps}
   * @param to another
   * @param of the memory that it is about: {@code mm_count(A)}; empty if it is about none
   */
  public record Related(String name, int from, int to, String of) {}

  public Explained {
    relations = List.copyOf(relations);
  }
}
