package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What interrupts do wrong to a kernel, as {@code lazymm check} finds and tells it. */
class InterruptChecksTest {
  private static Scenario scenario(String lines) {
    return ScenarioParser.parse("t", "scenario t: a test\n" + lines).getFirst();
  }

  private static List<Violation> violations(Scenario scenario, Function<Kernel, Lifetime> part) {
    KernelFactory factory =
        memory ->
            new Kernel(
                memory,
                Arches.find("powerpc-hash").orElseThrow().make(),
                Designs.find("shootdown").orElseThrow().make()) {
              @Override
              protected Lifetime makeLifetime() {
                return part.apply(this);
              }
            };
    CheckResult result = new Checker(Checker.Options.defaults()).check(scenario, factory);
    return result.verdict() instanceof Verdict.Violated v ? v.violations() : List.of();
  }

  /** Two CPUs shoot each other, and neither can be interrupted. */
  @Test
  void aDeadlockOfIpisSaysWhoWaitsForWhom() {
    List<Violation> found =
        violations(
            scenario("cpu 0: (A1) idle; run B1; exit\ncpu 1: (B1) idle; run A1; exit"),
            kernel ->
                new Lifetime(kernel) {
                  @Override
                  public void mmdropFinal(Cpu cpu, Mm mm) {
                    boolean on = cpu.irqSave(Sites.IRQ_FLUSH);
                    super.mmdropFinal(cpu, mm);
                    cpu.irqRestore(on, Sites.IRQ_FLUSH);
                  }
                });
    assertThat(found)
        .filteredOn(v -> v.invariant().equals(Invariants.HANG))
        .singleElement()
        .satisfies(v -> {
          assertThat(v.what())
              .isEqualTo(
                  "CPU 0 waits, interrupts off, for CPU 1 to take the IPI for do_shoot_lazy_tlb;"
                      + " CPU 1 waits, interrupts off, for CPU 0 to take the IPI for"
                      + " do_shoot_lazy_tlb");
          assertThat(v.witness().steps()).isNotEmpty();
        });
  }

  /** The last pin of A goes where a kernel thread borrows B, which dies elsewhere. */
  private static final Scenario TWO_ENDS =
      scenario(
          """
          start: cpu 0 pins A
          cpu 0: (B1) run k1; unpin A
          cpu 1: (A1) exit; run B1; exit
          """);

  /** Were its race not one that is accepted, __mmdrop's last look at active_mm would be found. */
  @Test
  void aPlainReadThatAHandlerInterruptsRaces() {
    List<Violation> found =
        violations(
            TWO_ENDS,
            kernel ->
                new Lifetime(kernel) {
                  @Override
                  public void mmdropFinal(Cpu cpu, Mm mm) {
                    cpu.read(kernel.current(cpu).activeMm);
                    super.mmdropFinal(cpu, mm);
                  }
                });
    assertThat(found).hasSize(1);
    Violation race = found.getFirst();
    assertThat(race.invariant()).isEqualTo("RACE");
    assertThat(race.what()).isEqualTo("CPU 0 races with its interrupt handler on active_mm(k1)");
    Witness.Step last = race.witness().steps().getLast();
    assertThat(last.bad()).isTrue();
    assertThat(last.cpu()).isZero();
    assertThat(race.witness().ipis()).isNotEmpty();
  }

  @Test
  void theKernelsOwnReadIsMarkedAsARaceThatIsAccepted() {
    assertThat(violations(TWO_ENDS, Lifetime::new)).isEmpty();
  }

  /** With READ_ONCE, or interrupts off, there is no race to accept. */
  @Test
  void aMarkedOrMaskedReadDoesNotRace() {
    assertThat(
            violations(
                TWO_ENDS,
                kernel ->
                    new Lifetime(kernel) {
                      @Override
                      public void mmdropFinal(Cpu cpu, Mm mm) {
                        cpu.readOnce(kernel.current(cpu).activeMm);
                        boolean on = cpu.irqSave(Sites.IRQ_FLUSH);
                        cpu.read(kernel.current(cpu).activeMm);
                        cpu.irqRestore(on, Sites.IRQ_FLUSH);
                        super.mmdropFinal(cpu, mm);
                      }
                    }))
        .isEmpty();
  }
}
