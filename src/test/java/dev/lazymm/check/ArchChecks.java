package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What an architecture breaks, for the tests of each. */
final class ArchChecks {
  static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  private ArchChecks() {}

  /** {@return the invariants that are broken, after every execution has been looked at} */
  static List<String> broken(
      Scenario scenario, String design, Function<Kernel, Arch> arch, String model, Site... weak) {
    Checker.Options options =
        Checker.Options.defaults()
            .withModel(Model.named(model))
            .withWeakened(Weakenings.removing(Set.of(weak)));
    CheckResult result =
        new Checker(options)
            .check(
                scenario,
                memory -> new Kernel(memory, arch, Designs.find(design).orElseThrow().make()));
    assertThat(result.bound().complete()).isTrue();
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }

  /** Under sequential consistency. */
  static List<String> broken(Scenario scenario, String design, Function<Kernel, Arch> arch) {
    return broken(scenario, design, arch, "sc");
  }

  static List<String> broken(String scenario, String design, Function<Kernel, Arch> arch) {
    return broken(LIBRARY.find(scenario), design, arch);
  }

  /**
   * {@return the scenarios of the library that break something, with what; but for those whose
   * names begin with one of {@code leftOut}}
   */
  static Map<String, List<String>> brokenIn(
      String design, Function<Kernel, Arch> arch, String... leftOut) {
    Map<String, List<String>> all = new TreeMap<>();
    List<Scenario> scenarios = new ArrayList<>(LIBRARY.list());
    scenarios.removeIf(s -> Stream.of(leftOut).anyMatch(s.name()::startsWith));
    for (Scenario scenario : scenarios) {
      List<String> broken = broken(scenario, design, arch);
      if (!broken.isEmpty()) {
        all.put(scenario.name(), broken);
      }
    }
    return all;
  }

  static Scenario scenario(String... lines) {
    String text = "scenario s: by hand\n" + String.join("\n", lines);
    return ScenarioParser.parse("by hand", text).getFirst();
  }
}
