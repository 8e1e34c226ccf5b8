package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Line;
import dev.lazymm.isa.Op;
import java.util.List;
import java.util.Map;

/**
 * A thread's code.
 *
 * @param steps what it does, in order
 * @param labels the index of the step after each label; that after the last is the end
 */
record Code(List<Step> steps, Map<String, Integer> labels) {
  /**
   * A part of an instruction.
   *
   * @param first whether the instruction begins with it
   * @param place of the instruction in the test
   * @param text the instruction
   */
  record Step(Op op, boolean first, Line.Place place, String text) {
    /** {@return the line of the instruction, from 1} */
    int line() {
      return place.line();
    }
  }

  Code {
    steps = List.copyOf(steps);
    labels = Map.copyOf(labels);
  }
}
