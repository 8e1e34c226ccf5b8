package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.membarrier;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One kernel method broken in one way.
 *
 * @param method the method
 * @param broken what is wrong, in one line
 * @param history the regression of Linux that it repeats; may be empty
 * @param design the lifetime design it is broken under, with a membarrier design behind a plus
 * @param arch the architecture
 * @param model the memory model
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
    String model,
    String scenario,
    Variant variant,
    Set<Site> weakened,
    List<String> expected) {

  private static final String SC = "sc";

  /** Begins a fault: that method, broken so. */
  static Fault in(KernelMethod method, String broken) {
    return new Fault(method, broken, "", "", "", SC, "", Variant.PLAIN, Set.of(), List.of());
  }

  /** As in this regression of Linux. */
  Fault as(String regression) {
    return new Fault(
        method, broken, regression, design, arch, model, scenario, variant, weakened, expected);
  }

  /** Under this design on this architecture. */
  Fault on(String newDesign, String newArch) {
    return new Fault(
        method, broken, history, newDesign, newArch, model, scenario, variant, weakened, expected);
  }

  /** Under this memory model: SC unless it is said. */
  Fault under(String newModel) {
    return new Fault(
        method, broken, history, design, arch, newModel, scenario, variant, weakened, expected);
  }

  /** Over this scenario: a name, or one line a CPU. */
  Fault over(String... lines) {
    String text = String.join("\n", lines);
    return new Fault(
        method, broken, history, design, arch, model, text, variant, weakened, expected);
  }

  /** The broken kernel. */
  Fault by(Variant newVariant) {
    return new Fault(
        method, broken, history, design, arch, model, scenario, newVariant, weakened, expected);
  }

  /** The plain kernel with sites that count for nothing. */
  Fault byWeakening(Site... sites) {
    return new Fault(
        method, broken, history, design, arch, model, scenario, variant, Set.of(sites), expected);
  }

  /** What must find it. */
  Fault foundBy(String... invariants) {
    List<String> all = List.of(invariants);
    return new Fault(
        method, broken, history, design, arch, model, scenario, variant, weakened, all);
  }

  /** {@return the verdict on the unbroken kernel} */
  CheckResult checkPlain() {
    return check(Variant.PLAIN, Checker.Options.defaults());
  }

  /** {@return the verdict on the broken kernel} */
  CheckResult checkBroken() {
    return check(variant, Checker.Options.defaults().withWeakened(Weakenings.removing(weakened)));
  }

  /** {@return the verdict on the broken kernel if the last CPU is tried first} */
  CheckResult checkBrokenBackwards() {
    List<Integer> order = IntStream.range(0, parsed().cpus().size()).boxed().toList().reversed();
    return check(
        variant,
        Checker.Options.defaults().withWeakened(Weakenings.removing(weakened)).withOrder(order));
  }

  private CheckResult check(Variant how, Checker.Options options) {
    Arches.Entry archEntry = Arches.find(arch).orElseThrow();
    String[] designs = design.split(Pattern.quote(Membarriers.SEPARATOR), 2);
    Designs.Entry designEntry = Designs.find(designs[0]).orElseThrow();
    Variant made = // who breaks a design makes it
        how == Variant.PLAIN && designs.length > 1
            ? membarrier(Membarriers.find(designs[1]).orElseThrow().make())
            : how;
    return new Checker(options.withModel(Model.named(model)))
        .check(parsed(), memory -> made.make(memory, archEntry.make(), designEntry.make()));
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
    String where = model.equals(SC) ? "" : model + ", ";
    return design + ", " + arch + ", " + where + scenario.replace("\n", " / ");
  }

  @Override
  public String toString() {
    return method + ": " + broken;
  }
}
