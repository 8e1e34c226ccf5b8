package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.kernel.history.AlphaIpi;
import dev.lazymm.kernel.history.IrqsOnSwitch;
import dev.lazymm.kernel.history.IrqsOnUse;
import dev.lazymm.kernel.history.SwitchingNotSeen;
import dev.lazymm.kernel.history.SwitchingTooLate;
import dev.lazymm.kernel.history.UnorderedSwitch;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regressions of Linux's TLB flushes: found with the method of the time, gone with its fix. */
class HistoryTest {
  private static final Scenario R01 =
      ScenarioParser.parse(
              "test",
              """
              scenario r01: a flush beside kthread_use_mm, on a CPU that has run the mm
              start: cpu 1 pins A
              cpu 0: (A1) mprotect
              cpu 1: (A2) run B1; run k1; use A; unuse; run B1; unpin A
              """)
          .getFirst();

  private static Map<String, Violation> broken(
      Scenario scenario, Function<Kernel, Arch> arch, Function<Kernel, KthreadUseMm> use) {
    CheckResult result =
        new Checker(Checker.Options.defaults())
            .check(
                scenario,
                memory ->
                    new Kernel(memory, arch, Refcount::new) {
                      @Override
                      protected KthreadUseMm makeKthreadUseMm() {
                        return use.apply(this);
                      }
                    });
    assertThat(result.bound().complete()).isTrue();
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().collect(Collectors.toMap(Violation::invariant, w -> w))
        : Map.of();
  }

  private static Map<String, Violation> broken(String scenario, Function<Kernel, Arch> arch) {
    return broken(ScenarioLibrary.builtIn().find(scenario), arch, KthreadUseMm::new);
  }

  private static Violation i7(Map<String, Violation> found) {
    return Objects.requireNonNull(found.get("I7"), "I7 is not broken");
  }

  private static List<String> lines(Violation violation) {
    return violation.witness().steps().stream().map(s -> s.cpu() + " " + s.step()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlb-switch-in", "tlb-switch-back", "tlb-slots", "tlb-use"})
  void r13IsFoundAndGoneWithItsFix(String scenario) {
    Violation i7 = i7(broken(scenario, k -> new SwitchingNotSeen(k, k.memory())));
    assertThat(i7.what()).contains("CPU 1 may use an entry of user tables(A)");
    assertThat(lines(i7)).contains("0 flush_tlb_mm_range", "1 switch_mm_irqs_off");
    assertThat(broken(scenario, k -> new X86Lazy(k, k.memory()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlb-switch-back", "tlb-slots", "tlb-use"})
  void r15IsFoundAndGoneWithItsFix(String scenario) {
    Map<String, Violation> found = broken(scenario, k -> new SwitchingTooLate(k, k.memory()));
    boolean evicted = scenario.equals("tlb-slots");
    assertThat(found.containsKey("I7")).isNotEqualTo(evicted);
    assertThat(broken(scenario, k -> new X86Lazy(k, k.memory()))).isEmpty();
  }

  /** A store that waits in a store buffer is not in sequential consistency: see its litmus test. */
  @ParameterizedTest
  @ValueSource(strings = {"tlb-switch-in", "tlb-switch-back", "tlb-slots", "tlb-use", "tlb-fork"})
  void r14IsNotToBeSeenUnderSequentialConsistency(String scenario) {
    assertThat(broken(scenario, k -> new UnorderedSwitch(k, k.memory()))).isEmpty();
  }

  /** Under the last two x86's code is broken with the fix as well: it counts on x86's loads. */
  @ParameterizedTest
  @ValueSource(strings = {"tso", "lkmm", "armv8", "power"})
  void r14IsFoundUnderWeakModels(String model) {
    Scenario scenario = ScenarioLibrary.builtIn().find("tlb-switch-back");
    Checker checker = new Checker(Checker.Options.defaults().withModel(Model.named(model)));
    CheckResult before =
        checker.check(scenario, m -> new Kernel(m, k -> new UnorderedSwitch(k, m), Refcount::new));
    CheckResult after =
        checker.check(scenario, m -> new Kernel(m, k -> new X86Lazy(k, m), Refcount::new));
    assertThat(before.verdict()).isInstanceOf(Verdict.Violated.class);
    if (model.equals("tso") || model.equals("lkmm")) {
      assertThat(after.verdict()).isEqualTo(new Verdict.Holds());
    }
  }

  @Test
  void r18IsFoundAndGoneWithItsFix() {
    assertThat(broken("exec-last-user", k -> new IrqsOnSwitch(k, k.memory())))
        .containsKeys("I3", "WARN");
    assertThat(broken("exec-last-user", k -> new X86Lazy(k, k.memory()))).isEmpty();
  }

  @Test
  void r01IsFoundAndGoneWithItsFix() {
    Map<String, Violation> found = broken(R01, k -> new AlphaIpi(k, k.memory()), IrqsOnUse::new);
    assertThat(found).containsKeys("I3", "I7");
    assertThat(lines(i7(found))).contains("1 ipi_flush_tlb_mm", "1 kthread_use_mm");
    assertThat(broken(R01, k -> new AlphaIpi(k, k.memory()), KthreadUseMm::new)).isEmpty();
  }
}
