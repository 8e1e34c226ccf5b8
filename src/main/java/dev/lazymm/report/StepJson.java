package dev.lazymm.report;

import dev.lazymm.check.Witness;
import java.util.List;

/** A kernel step of a counterexample. */
record StepJson(int cpu, String action, String step, String site, List<String> cells, boolean bad) {
  static StepJson of(Witness.Step s) {
    return new StepJson(s.cpu(), s.action(), s.step(), s.site(), s.cells(), s.bad());
  }
}
