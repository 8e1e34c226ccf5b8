package dev.lazymm.check;

import java.util.List;

/**
 * What an execution does one after the other and, at last, before the first again: a cycle that a
 * memory model allows, and would not with some barrier more.
 *
 * @param turns the events of two CPUs or more, each with what leads on from it
 */
public record Circle(List<Turn> turns) {
  /** Nothing keeps this from taking effect before the next, which ought to come first. */
  public static final String BEFORE = "before";

  /**
   * An event of the cycle.
   *
   * @param act what it is
   * @param step the step of the witness that it is of
   * @param on how it leads to the next event of the cycle: {@code po}, {@code rf}, {@code co},
   *     {@code fr}, or {@link #BEFORE}
   * @param orders of a step in program order, the smallest relation of the model that has it; empty
   *     if none does
   * @param would the same with the barrier
   */
  public record Turn(Act act, int step, String on, String orders, String would) {}

  public Circle {
    turns = List.copyOf(turns);
  }
}
