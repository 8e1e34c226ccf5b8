package dev.lazymm.check;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;
import java.util.List;

/**
 * One event that a thread of a {@link SmallProgram} comes to, after {@link Flattened} has resolved
 * interrupt masks, local handlers and waits.
 *
 * @param act what happens
 * @param when whether it happens only if the register is not 0
 * @param scope 0 with the thread's own register, else the number of the local handler's run
 * @param open whether interrupts are on at some place between the step before and this one
 * @param on whether interrupts are on while the thread waits here
 */
record OracleStep(Act act, boolean when, int scope, boolean open, boolean on) {
  /** What happens at a step; cells are numbers into {@link Flattened#cells}. */
  sealed interface Act {
    record Read(int cell) implements Act {}

    record Write(int cell, long value) implements Act {}

    record WriteLast(int cell) implements Act {}

    record Modify(int cell, Rmw kind, long operand, long expected) implements Act {}

    /** An add whose result nobody is given. */
    record Add(int cell, long operand) implements Act {}

    /** An await; {@code seen} says whether the value goes to the register. */
    record Wait(int cell, Cond cond, long operand, boolean seen) implements Act {}

    record Acquire(int cell) implements Act {}

    /** The IPI to one target, which runs {@code body} there; {@code waits} for its end or not. */
    record Post(int target, int handler, List<OracleStep> body, boolean waits) implements Act {}
  }
}
