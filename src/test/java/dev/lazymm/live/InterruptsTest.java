package dev.lazymm.live;

import static dev.lazymm.live.World.OTHER;
import static dev.lazymm.live.World.SITE;
import static dev.lazymm.live.World.impatient;
import static dev.lazymm.live.World.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.FlagAfterHandler;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Script;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** IPIs and the interrupt flag. */
@ResourceLock("processors")
class InterruptsTest {
  private static final long BOTH = 3;

  @Test
  void aSenderThatWaitsSeesWhatTheHandlersDid() {
    World w = new World(3);
    Ipi ipi =
        new Ipi(
            "add",
            (cpu, info) -> {
              cpu.warnOn(!cpu.irqsDisabled(), "irqs on in a handler");
              cpu.atomicInc(w.x, SITE);
            });
    long[] all = {CpuMask.bit(0) | CpuMask.bit(1) | CpuMask.bit(2)};
    Script sends =
        cpu -> {
          cpu.onEachCpu(all, ipi, w.thing, true, SITE);
          cpu.warnOn(cpu.readOnce(w.x) < BOTH, "not all have run it");
        };
    w.run(100, options(), w.x, sends, sends, sends);
    assertThat(w.stuck).isNull();
    assertThat(w.found).isEmpty();
    assertThat(w.ends).containsExactly("[9]");
  }

  /** CPU 1 sends to CPU 0, which has interrupts off from before the sending to its end. */
  @Test
  void interruptsOffHoldAnIpiBack() {
    World w = new World(2);
    Ipi ipi = new Ipi("set", (cpu, info) -> cpu.writeOnce(w.x, 1));
    Script target =
        cpu -> {
          cpu.irqDisable(SITE);
          cpu.storeRelease(w.y, 1, OTHER);
          cpu.await(w.y, Cond.EQ, 2, Ordering.ACQUIRE, OTHER);
          for (int i = 0; i < 20; i++) {
            cpu.smpMb(OTHER);
          }
          cpu.writeOnce(w.seen[0], cpu.readOnce(w.x));
          cpu.irqEnable(SITE);
          cpu.writeOnce(w.seen[1], cpu.readOnce(w.x));
        };
    Script sender =
        cpu -> {
          cpu.await(w.y, Cond.EQ, 1, Ordering.ACQUIRE, OTHER);
          cpu.onEachCpu(new long[] {1}, ipi, w.thing, false, OTHER);
          cpu.storeRelease(w.y, 2, OTHER);
        };
    assertThat(w.run(50, options(), List.of(w.seen), target, sender).ends)
        .containsExactly("[0, 1]");
    LiveOptions weak = options().withWeakened(Set.of(SITE)); // the interrupts stay on
    assertThat(w.run(50, weak, List.of(w.seen), target, sender).ends).contains("[1, 1]");
  }

  @ParameterizedTest
  @EnumSource
  void theReturnOfAHandlerRestoresInterrupts(FlagAfterHandler.Handler how) {
    FlagAfterHandler flag = new FlagAfterHandler(how);
    Set<Long> ends = new HashSet<>();
    World.run(flag.program(), 20, impatient(), (machine, end) -> ends.add(end.value(flag.off())));
    assertThat(ends).containsExactly(0L);
  }
}
