package dev.lazymm.litmus.c;

import dev.lazymm.litmus.way.End;
import java.util.List;

/** A statement. */
public sealed interface Statement {
  /**
   * Where a statement is in the test, and its text, for those who read an execution.
   *
   * @param line from 1
   */
  record At(int line, String text) {}

  /** {@code { all }}. */
  record Block(List<Statement> all) implements Statement {
    public Block {
      all = List.copyOf(all);
    }
  }

  /** {@code expression;}. */
  record Evaluate(Expression expression, At at) implements Statement {}

  /** {@code if (condition) then else otherwise}. */
  record If(Expression condition, Statement then, Statement otherwise, At at)
      implements Statement {}

  /**
   * {@code for (; condition; step) body}; also {@code while} and {@code do ... while}.
   *
   * @param testFirst whether the condition is tested before the first time
   */
  record Loop(Expression condition, Statement body, Statement step, boolean testFirst, At at)
      implements Statement {}

  /** Leaves the loop, or this time through it, or the thread. */
  record Jump(End end) implements Statement {}
}
