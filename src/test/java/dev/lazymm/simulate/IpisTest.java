package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.FlagAfterHandler;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** IPIs, and interrupts that are off. */
class IpisTest extends SmallMachine {
  private final Ipi inc = new Ipi("inc", (cpu, info) -> cpu.atomicInc(thing.x, SITE));

  @Test
  void anIpiThatIsWaitedForHasRun() {
    for (long seed = 0; seed < 50; seed++) {
      Cell saw = memory.cell(thing, "saw", 0);
      SimulatedRun run =
          run(
              seed,
              cpu -> {
                cpu.onEachCpu(new long[] {3}, inc, thing, true, SITE);
                cpu.writeOnce(saw, cpu.readOnce(thing.x));
              },
              cpu -> cpu.writeOnce(thing.y, 1));
      assertThat(run.state().value(saw)).isEqualTo(2);
      assertThat(run.tally().ipis()).isEqualTo(1);
      assertThat(run.tally().handlers()).isEqualTo(2);
    }
  }

  @Test
  void anIpiThatIsNotWaitedForRunsInTheEnd() {
    SimulatedRun run =
        run(1, cpu -> cpu.onEachCpu(new long[] {2}, inc, thing, false, SITE), cpu -> {});
    assertThat(run.state().value(thing.x)).isEqualTo(1);
    assertThat(run.tally().waits()).isZero();
  }

  @Test
  void noIpiIsTakenWithInterruptsOff() {
    for (long seed = 0; seed < 50; seed++) {
      Cell before = memory.cell(thing, "before", 0);
      Cell after = memory.cell(thing, "after", 0);
      SimulatedRun run =
          run(
              seed,
              cpu -> cpu.onEachCpu(new long[] {2}, inc, thing, true, SITE),
              cpu -> {
                cpu.irqDisable(SITE);
                cpu.writeOnce(before, cpu.readOnce(thing.x));
                for (int i = 0; i < 2000; i++) {
                  cpu.writeOnce(thing.y, i);
                }
                cpu.writeOnce(after, cpu.readOnce(thing.x));
                cpu.irqEnable(SITE);
              });
      assertThat(run.state().value(after)).isEqualTo(run.state().value(before));
      assertThat(run.state().value(thing.x)).isEqualTo(1);
    }
  }

  @Test
  void twoThatWaitForEachOthersHandlersWithInterruptsOffHang() {
    Script both =
        cpu -> {
          cpu.irqDisable(SITE);
          cpu.onEachCpu(new long[] {3 - (1L << cpu.id())}, inc, thing, true, SITE);
        };
    SimulatedRun run = run(1, both, both);
    assertThat(run.findings()).extracting(Finding::invariant).containsExactly("HANG", "WARN");
  }

  @Test
  void anIpiEndsNoWait() {
    SimulatedRun run =
        run(
            1,
            cpu -> {
              cpu.onEachCpu(new long[] {2}, inc, thing, true, SITE);
              cpu.writeOnce(thing.y, 7);
            },
            cpu -> cpu.await(thing.y, Cond.EQ, 7, Ordering.ACQUIRE, SITE));
    assertThat(run.ended()).isTrue();
    assertThat(run.state().value(thing.x)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void theReturnOfAHandlerRestoresInterrupts(FlagAfterHandler.Handler how) {
    FlagAfterHandler flag = new FlagAfterHandler(how);
    for (long seed = 0; seed < 20; seed++) {
      SimulatedRun run = simulator.run(flag.program(), seed);
      assertThat(run.ended()).isTrue();
      assertThat(run.state().value(flag.off())).isZero();
    }
  }
}
