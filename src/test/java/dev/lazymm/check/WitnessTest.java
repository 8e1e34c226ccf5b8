package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a witness knows besides its steps: their lines of source, and which IPI ends where. */
class WitnessTest {
  private static List<Witness> witnesses(String design, String arch, String scenarios) {
    List<Witness> witnesses = new ArrayList<>();
    for (Scenario scenario : ScenarioLibrary.builtIn().startingWith(scenarios)) {
      KernelFactory kernel =
          KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
      Verdict verdict = new Checker(Checker.Options.defaults()).check(scenario, kernel).verdict();
      if (verdict instanceof Verdict.Violated(List<Violation> violations)) {
        violations.forEach(v -> witnesses.add(v.witness()));
      }
    }
    assertThat(witnesses).isNotEmpty();
    return witnesses;
  }

  /** The line that is named is one that calls the machine, or the kernel method that does. */
  @Test
  void everyStepKnowsItsLine() throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    for (Witness w : witnesses("shootdown-debug", "x86-eager", "e")) {
      for (Witness.Step step : w.steps()) {
        if (List.of("user", "bprm_mm_init").contains(step.step())) {
          assertThat(step.stack()).as("what the scenario does itself").isEmpty();
          continue;
        }
        assertThat(step.stack()).as(step.toString()).isNotEmpty();
        for (Source s : step.stack()) {
          if (!files.containsKey(s.path())) {
            files.put(s.path(), Files.readAllLines(Path.of("src/main/java", s.path())));
          }
          assertThat(s.type()).startsWith("dev.lazymm.kernel.");
          String line = files.getOrDefault(s.path(), List.of()).get(s.line() - 1);
          assertThat(line).as("%s", s).contains("(");
          assertThat(files.getOrDefault(s.path(), List.of()))
              .as("%s", s)
              .anyMatch(l -> l.contains(" " + s.method() + "("));
        }
        Source inner = step.stack().getFirst();
        assertThat(files.getOrDefault(inner.path(), List.of()).get(inner.line() - 1))
            .as("%s", inner)
            .containsPattern("cpu|\\.(get|set|test|clear)");
      }
    }
  }

  @Test
  void theHarmIsAtItsOwnLine() throws IOException {
    for (Witness w : witnesses("no-refcount", "powerpc-hash", "e07-idle-exit")) {
      for (Witness.Step step : w.steps()) {
        if (step.bad() && step.cells().contains("free A")) {
          Source s = step.stack().getFirst();
          String line = Files.readAllLines(Path.of("src/main/java", s.path())).get(s.line() - 1);
          assertThat(line).containsAnyOf("cpu.free(", "cpu.warnOn(");
          assertThat(step.stack())
              .extracting(Source::method)
              .startsWith("mmdropFinal")
              .contains("mmput", "exitMm");
        }
      }
    }
  }

  /** An IPI goes from a step that sends one to a later one on the CPU that it is sent to. */
  @Test
  void ipisEndInTheirHandlers() {
    int found = 0;
    for (Witness w : witnesses("shootdown-debug", "x86-eager", "e")) {
      List<Witness.Step> steps = w.steps();
      for (Witness.Ipi ipi : w.ipis()) {
        assertThat(ipi.from()).isLessThan(ipi.to());
        int target = steps.get(ipi.to()).cpu();
        assertThat(steps.get(ipi.from()).cells()).contains("IPI to CPU " + target);
        found++;
      }
      boolean[] handled = new boolean[w.cpus()];
      for (int i = 0; i < steps.size(); i++) {
        int at = i;
        long arrows = w.ipis().stream().filter(ipi -> ipi.to() == at).count();
        boolean before = handled[steps.get(i).cpu()];
        boolean now = isOfAHandler(steps.get(i));
        handled[steps.get(i).cpu()] = now;
        assertThat(arrows)
            .as("arrows to step %d of %s", i + 1, steps)
            .isBetween(now && !before ? 1L : 0L, now ? 1L : 0L);
      }
    }
    assertThat(found).isGreaterThan(10);
  }

  /** Whether a handler does it, and not the CPU that asks the others to. */
  private static boolean isOfAHandler(Witness.Step step) {
    List<String> methods = step.stack().stream().map(Source::method).toList();
    return (methods.contains("doCheckLazyTlb") || methods.contains("flushTlbFunc"))
        && !methods.contains("cleanupLazyTlbs")
        && !methods.contains("flushTlbMmRange");
  }

  /** Nobody's IPI is drawn where nobody sends one. */
  @Test
  void withoutIpisThereAreNone() {
    assertThat(witnesses("no-refcount", "powerpc-hash", "e07"))
        .allSatisfy(w -> assertThat(w.ipis()).isEmpty());
  }
}
