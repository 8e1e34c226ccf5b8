package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Riscv;
import dev.lazymm.kernel.RiscvBefore;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;
import dev.lazymm.workload.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** riscv: a mask that is never trimmed, flushes by IPI; and what it lacked up to v6.8. */
class RiscvTest {
  @ParameterizedTest
  @ValueSource(strings = {"refcount", "no-lazy"})
  void whereBorrowsAreCountedEverythingHolds(String design) {
    assertThat(ArchChecks.brokenIn(design, Riscv::new)).isEmpty();
  }

  /**
   * SHOOTDOWN would nearly do: the mask holds every borrower. But exec activates its mm with
   * interrupts on, and the IPI finds active_mm ahead of the MMU; powerpc has
   * ARCH_WANT_IRQS_OFF_ACTIVATE_MM.
   */
  @Test
  void shootdownLacksTheIrqsOffOfExec() {
    assertThat(ArchChecks.brokenIn("shootdown", Riscv::new))
        .isEqualTo(Map.of("exec-by-kthread", List.of("I2"), "e09-exec", List.of("I2")));
    Function<Kernel, Arch> irqsOff =
        k ->
            new Riscv(k) {
              @Override
              public boolean wantIrqsOffActivateMm() {
                return true;
              }
            };
    assertThat(ArchChecks.broken("exec-by-kthread", "shootdown", irqsOff)).isEmpty();
  }

  /** smp_callin: flushes were not for the CPU while it was offline, and its TLB was not emptied. */
  @Test
  void aCpuThatComesBackFlushes() {
    Function<Kernel, Arch> without =
        k ->
            new Riscv(k) {
              @Override
              public void cpuInit(Cpu cpu, Mm initMm) {
                cpu.loadRoot(initMm.pgd, Sites.ROOT);
              }
            };
    assertThat(ArchChecks.broken("hotplug-back", "refcount", without)).containsExactly("I7");
    assertThat(ArchChecks.broken("hotplug-back", "refcount", Riscv::new)).isEmpty();
  }

  /**
   * set_mm sets the bit in mm_cpumask by a relaxed atomic, and nothing orders it before what the
   * MMU walks next: a flush may miss the CPU, which misses the change. powerpc has smp_mb there.
   */
  @ParameterizedTest
  @ValueSource(strings = {"riscv", "lkmm"})
  void fromOneProcessToAnotherNoBarrierIsBehindTheMask(String model) {
    Scenario scenario = ArchChecks.LIBRARY.find("tlb-switch-in");
    assertThat(ArchChecks.broken(scenario, "refcount", Riscv::new, model)).containsExactly("I7");
    Function<Kernel, Arch> ordered =
        k ->
            new Riscv(k) {
              @Override
              protected void setMm(Cpu cpu, Mm next) {
                cpu.setCpu(next.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
                cpu.smpMb(Sites.MASK_MB);
                super.setMm(cpu, next);
              }
            };
    assertThat(ArchChecks.broken(scenario, "refcount", ordered, model)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"riscv", "armv8", "lkmm"})
  void r09IsFoundBeforeItsFixAndGoneAfter(String model) {
    Scenario scenario = ArchChecks.LIBRARY.find("membarrier-c2-in");
    assertThat(ArchChecks.broken(scenario, "refcount", RiscvBefore::new, model))
        .containsExactly("never");
    assertThat(ArchChecks.broken(scenario, "refcount", Riscv::new, model)).isEmpty();
  }

  /** The barrier before the store of rq->curr was there; and from kernel to user mmdrop's. */
  @ParameterizedTest
  @ValueSource(strings = {"membarrier-c2-out", "membarrier-c1-in", "membarrier-c3-in"})
  void r09IsAboutTheWayInFromAnotherProcessAlone(String scenario) {
    Scenario parsed = ArchChecks.LIBRARY.find(scenario);
    assertThat(ArchChecks.broken(parsed, "refcount", RiscvBefore::new, "riscv")).isEmpty();
  }

  @Test
  void r09IsNotToBeSeenUnderSequentialConsistency() {
    assertThat(ArchChecks.broken("membarrier-c2-in", "refcount", RiscvBefore::new)).isEmpty();
  }
}
