package dev.lazymm.check.faults;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One kernel method broken in one way.
 *
 * @param method the method
 * @param broken what is wrong, in one line
 * @param history the regression of Linux that it repeats; may be empty
 * @param design the lifetime design it is broken under
 * @param arch the architecture
 * @param scenario a name of the built-in library, or the CPU lines of a scenario of its own
 * @param variant the broken kernel
 * @param weakened sites that count for nothing
 * @param expected the invariants that must find it
 */
record Fault(
    KernelMethod method,
    String broken,
    String history,
    String design,
    String arch,
    String scenario,
    Variant variant,
    Set<Site> weakened,
    List<String> expected) {

  /** Begins a fault: that method, broken so. */
  static Fault in(KernelMethod method, String broken) {
    return new Fault(method, broken, "", "", "", "", Variant.PLAIN, Set.of(), List.of());
  }

  /** As in this regression of Linux. */
  Fault as(String regression) {
    return new Fault(
        method, broken, regression, design, arch, scenario, variant, weakened, expected);
  }

  /** Under this design on this architecture. */
  Fault on(String newDesign, String newArch) {
    return new Fault(
        method, broken, history, newDesign, newArch, scenario, variant, weakened, expected);
  }

  /** Over this scenario: a name, or one line a CPU. */
  Fault over(String... lines) {
    String text = String.join("\n", lines);
    return new Fault(method, broken, history, design, arch, text, variant, weakened, expected);
  }

  /** The broken kernel. */
  Fault by(Variant newVariant) {
    return new Fault(
        method, broken, history, design, arch, scenario, newVariant, weakened, expected);
  }

  /** The plain kernel with a site that counts for nothing. */
  Fault byWeakening(Site site) {
    return new Fault(
        method, broken, history, design, arch, scenario, variant, Set.of(site), expected);
  }

  /** What must find it. */
  Fault foundBy(String... invariants) {
    return new Fault(
        method, broken, history, design, arch, scenario, variant, weakened, List.of(invariants));
  }

  /** {@return the verdict on the unbroken kernel} */
  CheckResult checkPlain() {
    return check(Variant.PLAIN, Checker.Options.defaults());
  }

  /** {@return the verdict on the broken kernel} */
  CheckResult checkBroken() {
    return check(variant, Checker.Options.defaults().withWeakened(weakened));
  }

  /** {@return the verdict on the broken kernel if the last CPU is tried first} */
  CheckResult checkBrokenBackwards() {
    List<Integer> order = IntStream.range(0, parsed().cpus().size()).boxed().toList().reversed();
    return check(variant, Checker.Options.defaults().withWeakened(weakened).withOrder(order));
  }

  private CheckResult check(Variant how, Checker.Options options) {
    Arches.Entry archEntry = Arches.find(arch).orElseThrow();
    Designs.Entry designEntry = Designs.find(design).orElseThrow();
    return new Checker(options)
        .check(parsed(), memory -> how.make(memory, archEntry.make(), designEntry.make()));
  }

  /** {@return the scenario} */
  Scenario parsed() {
    if (!scenario.contains(":")) {
      return ScenarioLibrary.builtIn().find(scenario);
    }
    String text = "scenario fault: " + broken + "\n" + scenario;
    return ScenarioParser.parse("fault", text).getFirst();
  }

  /** {@return what is broken, with its history} */
  String headline() {
    return history.isEmpty() ? broken : broken + " [" + history + "]";
  }

  /** {@return where it shows, in one line} */
  String place() {
    return design + ", " + arch + ", " + scenario.replace("\n", " / ");
  }

  @Override
  public String toString() {
    return method + ": " + broken;
  }
}
