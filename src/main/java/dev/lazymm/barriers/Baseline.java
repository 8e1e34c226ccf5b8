package dev.lazymm.barriers;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Weakening;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel does in one scenario under one model as it was written.
 *
 * @param subject the scenario
 * @param model the memory model
 * @param result what came out
 * @param uses the sites that it comes by, by name, and what can become of each
 */
public record Baseline(
    Subject subject, Model model, CheckResult result, Map<String, Set<Weakening>> uses) {
  public Baseline {
    uses = Map.copyOf(uses);
  }

  /** {@return whether a site can be shown to be needed here: nothing is broken already} */
  public boolean holds() {
    return result.verdict() instanceof Verdict.Holds;
  }

  /** {@return whether something is broken already, so that it shows nothing about a site} */
  public boolean isBroken() {
    return result.verdict() instanceof Verdict.Violated;
  }

  /** {@return whether a bound was reached before all was explored, so that it may show anything} */
  public boolean isOpen() {
    return result.verdict() instanceof Verdict.Inconclusive;
  }

  /** {@return whether weakening a site so can make a difference} */
  boolean comesBy(String site, Weakening form) {
    return uses.getOrDefault(site, Set.of()).contains(form);
  }

  /** {@return about how much work it is} */
  long work() {
    return result.executions() * result.bound().events() * result.bound().events();
  }
}
