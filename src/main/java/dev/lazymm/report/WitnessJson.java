package dev.lazymm.report;

import dev.lazymm.check.Witness;
import java.util.List;

/** A counterexample and the command that draws it. */
record WitnessJson(int cpus, List<StepJson> steps, String command) {
  static WitnessJson of(Witness witness, String command) {
    return new WitnessJson(
        witness.cpus(), witness.steps().stream().map(StepJson::of).toList(), command);
  }
}
