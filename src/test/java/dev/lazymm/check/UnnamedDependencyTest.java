package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.RelyingDesign;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Designs that rely on a dependency hold if their code names it, and not else. */
class UnnamedDependencyTest {
  private static final Scenario SCENARIO =
      ScenarioParser.parse(
              "test",
              """
              scenario two-idle: two CPUs borrow two mms
              cpu 0: (A1) idle
              cpu 1: (B1) idle
              """)
          .getFirst();

  private static CheckResult check(
      String model, Function<Kernel, LazyMm> design, Set<Site> weakened) {
    return new Checker(
            Checker.Options.defaults()
                .withModel(Model.named(model))
                .withWeakened(Weakenings.removing(weakened)))
        .check(
            SCENARIO,
            memory -> new Kernel(memory, Arches.find("powerpc-hash").orElseThrow().make(), design));
  }

  private static List<Violation> violations(
      String model, Dependency kind, boolean named, Set<Site> weakened) {
    CheckResult result = check(model, kernel -> RelyingDesign.of(kind, kernel, named), weakened);
    return result.verdict() instanceof Verdict.Violated(List<Violation> all) ? all : List.of();
  }

  private static List<String> savedBy(List<Violation> violations) {
    assertThat(violations).hasSize(1);
    return violations.getFirst().savedBy().stream().map(SavedBy::text).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "CONTROL, lkmm", "CONTROL, power", "CONTROL, armv8", "CONTROL, riscv",
    "ADDRESS, lkmm", "ADDRESS, power", "ADDRESS, armv8", "ADDRESS, riscv",
    "DATA, lkmm", "DATA, power", "DATA, armv8", "DATA, riscv"
  })
  void whatIsNotNamedDoesNotOrderAndIsReported(Dependency kind, String model) {
    List<Violation> unnamed = violations(model, kind, false, Set.of());
    List<String> saved = savedBy(unnamed);
    switch (kind) {
      case CONTROL -> {
        assertThat(unnamed.getFirst().invariant()).isEqualTo("UAF");
        assertThat(saved).hasSize(1);
        assertThat(saved.getFirst())
            .matches(
                "holds if the control dependency on the read of flag\\(note\\) by CPU 1, "
                    + "mmgrab_lazy_tlb \\(RelyingDesign\\.java:\\d+\\) is kept");
      }
      case ADDRESS -> {
        assertThat(unnamed.getFirst().invariant()).isEqualTo("WARN");
        assertThat(saved).hasSize(1);
        assertThat(saved.getFirst())
            .matches(
                "holds if the address dependency of the access to length\\(text\\) by CPU 1, "
                    + "mmgrab_lazy_tlb \\(RelyingDesign\\.java:\\d+\\) on the read of "
                    + "text\\(note\\) by CPU 1, .* is kept");
      }
      case DATA -> {
        assertThat(unnamed.getFirst().invariant()).isEqualTo("WARN");
        assertThat(saved).hasSize(3); // a branch or an address orders a store as well
        assertThat(saved.getLast())
            .startsWith("holds if the data dependency of the access to data(note) by CPU 1");
      }
    }
    assertThat(violations(model, kind, true, Set.of())).isEmpty();
    assertThat(savedBy(violations(model, kind, true, Set.of(RelyingDesign.SITE)))).isEqualTo(saved);
  }

  @ParameterizedTest
  @EnumSource
  void allHoldUnderSequentialConsistency(Dependency kind) {
    for (boolean named : new boolean[] {false, true}) {
      assertThat(violations("sc", kind, named, Set.of())).isEmpty();
      assertThat(violations("sc", kind, named, Set.of(RelyingDesign.SITE))).isEmpty();
      assertThat(violations("tso", kind, named, Set.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "power", "armv8", "riscv"})
  void rcuDereferenceNamesItsOwn(String model) {
    CheckResult result = check(model, RelyingDesign.Dereferencing::new, Set.of());
    assertThat(result.verdict()).isEqualTo(new Verdict.Holds());
  }
}
