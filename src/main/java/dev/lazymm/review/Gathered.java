package dev.lazymm.review;

import dev.lazymm.check.Invariants;
import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** What the checks of one design on one architecture add up to; keeps no check. */
final class Gathered {
  private static final Comparator<Review.Counterexample> TELLING_FIRST =
      Comparator.comparing(Gathered::isOfOneCpu)
          .thenComparingInt(c -> c.violation().witness().steps().size());

  private final String design;
  private final String arch;
  private final Commands commands;
  private final Map<String, Integer> broken =
      new TreeMap<>(Comparator.<String>comparingInt(Invariants.names()::indexOf));
  private final Set<String> underSc = new HashSet<>();
  private final Set<String> brokenScenarios = new HashSet<>();
  private final Map<String, Review.Counterexample> shortest = new HashMap<>();
  private boolean inconclusive;
  private int scenarios;
  private int underHardware;
  private long executions;

  Gathered(String design, String arch, Commands commands) {
    this.design = design;
    this.arch = arch;
    this.commands = commands;
  }

  /** Adds one more; those under sequential consistency come first. */
  void add(Done d) {
    boolean sc = d.job().model() == Model.SC;
    scenarios += sc ? 1 : 0;
    underHardware += sc ? 0 : 1;
    executions += d.result().executions();
    inconclusive |= d.inconclusive();
    if (!sc && brokenScenarios.contains(d.job().spelled())) {
      return; // what is broken under the one is under the other
    }
    for (Violation v : d.violations()) {
      broken.merge(v.invariant(), 1, Integer::sum);
      if (sc) {
        underSc.add(v.invariant());
        brokenScenarios.add(d.job().spelled());
      }
      shortest.merge(
          v.invariant(),
          Review.Counterexample.of(d, v, commands),
          BinaryOperator.minBy(TELLING_FIRST));
    }
  }

  Review.Row row() {
    List<String> hardwareOnly = new ArrayList<>(broken.keySet());
    hardwareOnly.removeAll(underSc);
    Model model = Model.ofHardware(arch);
    return new Review.Row(
        design,
        arch,
        broken.isEmpty() ? inconclusive ? "inconclusive" : "holds" : "violated",
        broken,
        scenarios,
        executions,
        Invariants.names().stream().flatMap(i -> Stream.ofNullable(shortest.get(i))).toList(),
        new Review.Hardware(model.name(), model.isWhatIf(arch), underHardware, hardwareOnly));
  }

  /** One between CPUs tells more than one that a CPU has with itself. */
  private static boolean isOfOneCpu(Review.Counterexample c) {
    return c.violation().witness().steps().stream().map(Witness.Step::cpu).distinct().count() < 2;
  }
}
