package dev.lazymm.check;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which barriers would have kept something from happening, and by which law of a memory model.
 *
 * @param model the model's name
 * @param answer what was found
 * @param axioms the checks of the model's file that fail with the barriers, as they are named there
 * @param barriers sets of barriers each of which is enough, the cheaper first; empty if none is
 * @param circle the cycle that those checks are about; null if there is none to show
 */
public record Prevention(
    String model,
    Answer answer,
    List<String> axioms,
    List<List<Barrier>> barriers,
    @Nullable Circle circle) {
  private static final int MOST_TOLD = 4;

  /** What was found. */
  public enum Answer {
    /** One barrier, or some together. */
    BARRIERS,
    /** It happens with every barrier there is, and without any reordering. */
    IN_ORDER,
    /** It happens with every barrier there is, but not under sequential consistency. */
    NO_BARRIER
  }

  public Prevention {
    axioms = List.copyOf(axioms);
    barriers = List.copyOf(barriers);
  }

  /** {@return one sentence} */
  public String text() {
    return switch (answer) {
      case IN_ORDER ->
          model.equals(Model.SC.name())
              ? "no barrier would forbid it: under sc all is in order already"
              : "no barrier would forbid it: it happens with everything in order, as under sc";
      case NO_BARRIER ->
          "no barrier forbids it, wherever it is put: the order is missing for another reason";
      case BARRIERS ->
          "%s%s would forbid it with %s"
              .formatted(
                  axioms.isEmpty() ? model : axiom(),
                  axioms.isEmpty() ? "" : " of " + model,
                  barriers.stream()
                      .limit(2)
                      .map(Prevention::set)
                      .collect(Collectors.joining(", or with ")));
    };
  }

  private String axiom() {
    return (axioms.size() == 1 ? "the axiom " : "the axioms ") + String.join(" and ", axioms);
  }

  private static String set(List<Barrier> set) {
    if (set.size() > MOST_TOLD) {
      return set.size() + " barriers together";
    }
    return set.stream().map(Barrier::text).collect(Collectors.joining(" and "));
  }
}
