package dev.lazymm.prove;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import java.util.List;

/**
 * What a scenario came to on one kernel.
 *
 * @param verdict the word of the {@link Verdict}
 * @param executions complete executions
 * @param blocked graphs that could not be completed
 * @param events those of the largest execution
 * @param broken what is broken, the gravest first
 */
record Outcome(String verdict, long executions, long blocked, int events, List<Broken> broken) {
  /** An invariant and a sentence about the execution that breaks it. */
  record Broken(String invariant, String what) {
    static Broken of(Violation violation) {
      return new Broken(violation.invariant(), violation.what());
    }
  }

  static Outcome of(CheckResult result) {
    List<Broken> broken =
        result.verdict() instanceof Verdict.Violated(List<Violation> violations)
            ? violations.stream().map(Broken::of).toList()
            : List.of();
    return new Outcome(
        result.verdict().word(),
        result.executions(),
        result.blocked(),
        result.bound().events(),
        broken);
  }

  /** {@return what two runs must agree on} */
  String text() {
    List<String> names = broken.stream().map(Broken::invariant).toList();
    return "%s %d %d %d %s\n".formatted(verdict, executions, blocked, events, names);
  }
}
