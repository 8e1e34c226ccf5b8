package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.kernel.history.SwitchingNotSeen;
import dev.lazymm.kernel.history.SwitchingTooLate;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.Population;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import dev.lazymm.workload.Setup;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds I7 to {@link TlbOracle}, execution by execution. */
class TlbOracleTest {
  private static final int MOST = 60;

  /** How many executions of a check were compared, and in how many of them I7 is broken. */
  private record Compared(int executions, int broken) {}

  private static Compared compare(Scenario scenario, Function<Kernel, Arch> arch) {
    Prepared prepared = Setup.prepare(scenario, memory -> new Kernel(memory, arch, Refcount::new));
    int[] seen = new int[2];
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph graph) {
            Execution x =
                new Execution(explorer, graph, prepared, Population.of(prepared.memory()));
            boolean broken = new NoStaleTranslation().find(x).isPresent();
            assertThat(TlbOracle.breaksI7(x))
                .as("%s, execution %d", scenario.name(), seen[0])
                .isEqualTo(broken);
            seen[0]++;
            seen[1] += broken ? 1 : 0;
            return seen[0] < MOST;
          }

          @Override
          public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            seen[0] = 0;
            seen[1] = 0;
          }
        };
    new Explorer(
            prepared.program(),
            new Sc(),
            Explorer.Options.defaults(prepared.memory().cpus()),
            listener)
        .run();
    return new Compared(seen[0], seen[1]);
  }

  static Stream<Scenario> scenarios() {
    return ScenarioLibrary.builtIn().list().stream()
        .filter(s -> s.name().startsWith("tlb-") || s.name().contains("munmap"));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void nothingIsStaleOnTheSoundArchitectures(Scenario scenario) {
    for (Arches.Entry arch : Arches.ALL) {
      Compared compared = compare(scenario, arch.make());
      assertThat(compared.executions()).isPositive();
      assertThat(compared.broken()).as(arch.name()).isZero();
    }
  }

  private static final List<Function<Kernel, Arch>> WRONG =
      List.of(
          k -> new SwitchingNotSeen(k, k.memory()),
          k -> new SwitchingTooLate(k, k.memory()),
          k -> // never flushes on the way in
          new X86Eager(k, k.memory()) {
                @Override
                protected NewAsid chooseNewAsid(Cpu cpu, Mm next, long nextTlbGen) {
                  return new NewAsid(super.chooseNewAsid(cpu, next, nextTlbGen).asid(), false);
                }
              },
          k -> // all mms in one slot, nothing flushed between them
          new X86Lazy(k, k.memory()) {
                @Override
                protected NewAsid chooseNewAsid(Cpu cpu, Mm next, long nextTlbGen) {
                  return new NewAsid(0, false);
                }
              },
          k -> // a partial flush passes for all before it
          new X86Lazy(k, k.memory()) {
                @Override
                protected boolean mayFlushPartially(long local, long newTlbGen, long mmTlbGen) {
                  return true;
                }
              },
          k -> // flushes ask nobody else
          new X86Eager(k, k.memory()) {
                @Override
                protected boolean shouldFlushTlb(Cpu cpu, int target, Mm mm, boolean trimCpumask) {
                  return target == cpu.id();
                }
              });

  @Test
  void whatIsStaleIsSoForBoth() {
    for (int i = 0; i < WRONG.size(); i++) {
      int broken = 0;
      for (Scenario scenario : scenarios().toList()) {
        broken += compare(scenario, WRONG.get(i)).broken();
      }
      assertThat(broken).as("the wrong architecture %d", i).isPositive();
    }
  }

  /** The user goes on after each of them, and its entries with it. */
  @Test
  void userModeGoesOnAfterAPin() {
    Scenario scenario =
        ScenarioParser.parse(
                "by hand",
                """
                scenario s: the pins of one CPU may all come before the flush of the other
                cpu 0: (A1) pin A; mprotect; unpin A
                cpu 1: (A2) pin A; unpin A
                """)
            .getFirst();
    assertThat(compare(scenario, WRONG.getLast()).broken())
        .isEqualTo(compare(scenario, WRONG.getLast()).executions());
  }
}
