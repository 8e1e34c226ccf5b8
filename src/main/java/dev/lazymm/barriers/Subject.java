package dev.lazymm.barriers;

import dev.lazymm.workload.Scenario;

/**
 * A scenario that sites are tried on.
 *
 * @param scenario the scenario
 * @param spelled how a command line names it: its name, or {@code FILE:NAME}
 * @param generated whether it was drawn, so that no command line can name it
 */
public record Subject(Scenario scenario, String spelled, boolean generated) {
  /** {@return one that a command line can name} */
  public static Subject of(Scenario scenario, String spelled) {
    return new Subject(scenario, spelled, false);
  }
}
