package dev.lazymm.check.faults;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import java.util.List;

/**
 * What checking a fault gave.
 *
 * @param plain the verdict on the kernel without it
 * @param broken the verdict on the kernel with it
 * @param backwards the same, if the last CPU is tried first
 */
record Outcome(Fault fault, CheckResult plain, CheckResult broken, CheckResult backwards) {
  static Outcome of(Fault fault, CheckResult plain) {
    return new Outcome(fault, plain, fault.checkBroken(), fault.checkBrokenBackwards());
  }

  /** {@return the invariants that the broken kernel breaks, the gravest first} */
  List<String> found() {
    return found(broken);
  }

  /** {@return the invariants that a result says are broken} */
  static List<String> found(CheckResult result) {
    return result.verdict() instanceof Verdict.Violated violated
        ? violated.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }
}
