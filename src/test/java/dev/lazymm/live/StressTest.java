package dev.lazymm.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Effort;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import dev.lazymm.workload.Setup;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Good designs stay clean under stress; planted races are found in a bounded number of rounds. */
@ResourceLock("processors")
class StressTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();
  private static final long SEED = 20261122;
  private static final int MILLION = 1_000_000;

  /** Both CPUs switch between A and B and idle, sharing both mms, while mms come and go. */
  private static Scenario churn(int times) {
    String first =
        "run A1; idle; run B1; mprotect; idle; run A1; run k1; run B1; idle; run k1; "
            .repeat(times);
    String second =
        "run A2; idle; run A2; run B2; idle; run k2; run B2; munmap; idle; ".repeat(times);
    return ScenarioParser.parse(
            "churn",
            """
            scenario churn: two CPUs switch on the same two mms, which die in the end
            cpu 0: (A1) %s run A1; exec C; idle; run B1; exit; run k1; idle
            cpu 1: (A2) %s run B2; fork D1; run A2; exit; run B2; exec E; run D1; exit; idle
            """
                .formatted(first, second))
        .getFirst();
  }

  private static KernelFactory kernel(String arch, Function<Kernel, LazyMm> design) {
    return memory -> new Kernel(memory, Arches.find(arch).orElseThrow().make(), design);
  }

  private static KernelFactory kernel(String arch, String design) {
    return kernel(arch, Designs.find(design).orElseThrow().make());
  }

  /** Not pinned: who else works on this system is not known. */
  private static LiveOptions options(long rounds) {
    return LiveOptions.rounds(rounds, SEED).withPinned(false);
  }

  private static LiveResult run(Scenario scenario, KernelFactory kernel, long rounds) {
    return Live.run(Setup.prepare(scenario, kernel), options(rounds));
  }

  private static List<String> names(LiveResult result) {
    return result.found().stream().map(f -> f.finding().name()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "refcount, x86-eager",
    "refcount, powerpc-hash",
    "shootdown, powerpc-hash",
    "shootdown-debug, powerpc-hash",
    "no-lazy, x86-eager",
    "no-lazy, powerpc-hash"
  })
  void goodDesignsStayClean(String design, String arch) {
    LiveResult result = run(churn(100), kernel(arch, design), 20);
    assertThat(result.found()).isEmpty();
    assertThat(result.stuck()).isNull();
    assertThat(result.switches()).isGreaterThan(20_000);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "refcount, x86-eager, 1000000",
    "refcount, powerpc-hash, 200000",
    "shootdown, powerpc-hash, 1000000",
    "no-lazy, x86-eager, 200000",
    "no-lazy, powerpc-hash, 200000"
  })
  void aMillionSwitchesAreClean(String design, String arch, int usual) {
    Prepared prepared = Setup.prepare(churn(500), kernel(arch, design));
    long wanted = Effort.of(usual, MILLION);
    long switches = 0;
    for (long seed = SEED; switches < wanted; seed++) {
      LiveResult result = Live.run(prepared, LiveOptions.rounds(20, seed).withPinned(false));
      assertThat(result.found()).isEmpty();
      assertThat(result.stuck()).isNull();
      switches += result.switches();
    }
    assertThat(switches).isGreaterThanOrEqualTo(wanted);
  }

  // ---- planted races ---------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"x86-eager", "powerpc-hash"})
  void notCountingIsFound(String arch) {
    LiveResult result = run(LIBRARY.find("e07-idle-exit"), kernel(arch, "no-refcount"), 1000);
    assertThat(names(result)).contains("I1");
    assertThat(result.stuck()).isNull();
  }

  /** The decrement of the lazy reference reads, then writes: of two at once, one is lost. */
  private static final class TornDrop extends Refcount {
    private final Kernel kernel;

    TornDrop(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
      long count = cpu.readOnce(mm.mmCount) - 1;
      cpu.writeOnce(mm.mmCount, count);
      if (count == 0) {
        kernel.lifetime().mmdropFinal(cpu, mm);
      }
    }
  }

  @Test
  void aTornDecrementIsFound() {
    LiveResult result = run(churn(20), kernel("x86-eager", TornDrop::new), 20_000);
    assertThat(names(result)).containsAnyOf("I1", "I4", "I5", "UAF");
  }

  @Test
  void aTornDecrementIsFoundInAShortScenario() {
    LiveResult result =
        run(LIBRARY.find("e06-idle-exit-move"), kernel("x86-eager", TornDrop::new), 200_000);
    assertThat(names(result)).containsAnyOf("I1", "I4", "I5", "UAF");
  }

  /** The handlers are not waited for: the mm may be gone when they run. */
  private static final class HastyShootdown extends Shootdown {
    HastyShootdown(Kernel kernel) {
      super(kernel, false);
    }

    @Override
    public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
      super.cleanupLazyTlbs(NotWaiting.on(cpu), mm);
    }
  }

  @Test
  void aShootdownThatDoesNotWaitIsFound() {
    LiveResult result =
        run(LIBRARY.find("e08-shoot-idle"), kernel("powerpc-hash", HastyShootdown::new), 100_000);
    assertThat(names(result)).containsAnyOf("I1", "I2");
  }

  @Test
  void aShootdownThatIsNotSentIsFound() {
    Prepared prepared =
        Setup.prepare(LIBRARY.find("e08-shoot-idle"), kernel("powerpc-hash", "shootdown"));
    Set<Site> weakened = Set.of(Sites.SHOOT_IPI);
    LiveResult result = Live.run(prepared, options(1000).withWeakened(weakened));
    assertThat(names(result)).contains("I1", "I2", "always");
  }

  /** Lazy CPUs are spared the flush although tables are freed, and may still walk them. */
  private static final class SparingFlush extends X86Eager {
    SparingFlush(Kernel kernel) {
      super(kernel, kernel.memory());
    }

    @Override
    protected void flushTlbMmRange(Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
      super.flushTlbMmRange(cpu, mm, range, false);
    }
  }

  @Test
  void tablesFreedUnderALazyWalkerAreFound() {
    KernelFactory kernel = memory -> new Kernel(memory, SparingFlush::new, Refcount::new);
    LiveResult result = run(LIBRARY.find("munmap-lazy"), kernel, 100_000);
    assertThat(names(result)).contains("I2");
  }
}
