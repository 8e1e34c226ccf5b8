package dev.lazymm.cat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled model.
 *
 * @param nodes how many there are
 * @param steps checks, flags and forks in the order of the model
 * @param names what each name means at its end, where that is a relation or may be
 * @param shown what the model shows, by the name it shows it under
 * @param enumerations the tags of each enumeration, for what is interpreted
 */
record Program(
    int nodes,
    List<Step> steps,
    Map<String, Node> names,
    Map<String, Node> shown,
    Map<String, List<String>> enumerations) {

  /** What a program does in order. */
  sealed interface Step {}

  /**
   * A test of a node.
   *
   * @param order what must be evaluated for it, operands first
   */
  record Test(Instruction.Test test, Node of, List<Node> order) implements Step {}

  /**
   * A choice: {@code with name from set}.
   *
   * @param kind how it is solved
   * @param node stands for what is chosen
   * @param set what is chosen from, or for orders its first operand
   * @param order what must be evaluated to know the choices
   */
  record Fork(int index, ForkKind kind, Node node, Node set, Place at, List<Node> order)
      implements Step {}

  /** How a choice is solved. */
  enum ForkKind {
    /** Total orders of each class of events with one location. */
    ORDERS,
    /** One relation out of each of some sets. */
    CROSS,
    /** One element of any set. */
    ANY
  }

  /** {@return the choice that a node stands for, or null} */
  static @Nullable Fork forkOf(Node node) {
    return node.data() instanceof Fork fork ? fork : null;
  }
}
