package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.LinusRule;
import dev.lazymm.kernel.LutoHazard;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.RefcountRt;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.TakingBack;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hazard pointers, Linus's rule, PREEMPT_RT's deferred drop: E18, E19 and I12. */
class RivalsTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  /**
   * The last user goes while another CPU borrows; in the second it borrows through its own exit.
   */
  private static final List<String> EXITS = List.of("e07-idle-exit", "e06-exit-exit");

  private static List<String> broken(Scenario scenario, KernelFactory factory) {
    CheckResult result = new Checker(Checker.Options.defaults()).check(scenario, factory);
    assertThat(result.executions()).isPositive();
    assertThat(result.bound().complete()).isTrue();
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }

  private static List<String> broken(Scenario scenario, String arch, String design) {
    return broken(
        scenario,
        KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow()));
  }

  private static List<String> broken(
      Scenario scenario, String arch, Function<Kernel, LazyMm> design) {
    Function<Kernel, Arch> make = Arches.find(arch).orElseThrow().make();
    return broken(scenario, memory -> new Kernel(memory, make, design));
  }

  private static Scenario scenario(String... lines) {
    return ScenarioParser.parse("test", "scenario test: test\n" + String.join("\n", lines))
        .getFirst();
  }

  // ---- what holds where ------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refcount-rt",
        "luto-hazard",
        "luto-hazard-mask",
        "luto-hazard-empty",
        "linus-rule",
        "desnoyers-hp"
      })
  void holdsWhereItIsMeantTo(String design) {
    for (Arches.Entry arch : Kernels.arches(Designs.find(design).orElseThrow())) {
      if (Kernels.meant(design, arch.name())) {
        for (String prefix : List.of("e07-", "hazard-")) {
          for (Scenario scenario : LIBRARY.startingWith(prefix)) {
            assertThat(broken(scenario, arch.name(), design))
                .as("%s on %s: %s", design, arch.name(), scenario.name())
                .isEmpty();
          }
        }
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "refcount-rt",
        "luto-hazard",
        "luto-hazard-mask",
        "luto-hazard-empty",
        "linus-rule",
        "desnoyers-hp"
      })
  void holdsOverTheWholeLibrary(String design) {
    for (Arches.Entry arch : Kernels.arches(Designs.find(design).orElseThrow())) {
      if (Kernels.meant(design, arch.name())) {
        for (Scenario scenario : LIBRARY.list()) {
          if (!scenario.name().startsWith("hotplug-")) {
            assertThat(broken(scenario, arch.name(), design))
                .as("%s on %s: %s", design, arch.name(), scenario.name())
                .isEqualTo(
                    needsItsOwnMembarrier(scenario, design, arch) ? List.of("I9") : List.of());
          }
        }
      }
    }
  }

  /**
   * The series of 2022 has no rq->prev_mm, by which finish_task_switch serializes the core as
   * merged; its own x86 does that where it un-lazies (patch 2, {@code luto-hazard+conditional}).
   */
  private static boolean needsItsOwnMembarrier(
      Scenario scenario, String design, Arches.Entry arch) {
    return scenario.name().equals("membarrier-sync-core-lazy")
        && design.startsWith("luto-hazard")
        && arch.name().startsWith("x86");
  }

  @Test
  void withItsOwnMembarrierTheSeriesSerializesTheCore() {
    Scenario scenario = LIBRARY.find("membarrier-sync-core-lazy");
    assertThat(broken(scenario, "x86-eager", "luto-hazard")).containsExactly("I9");
    Designs.Entry series =
        Designs.find("luto-hazard")
            .orElseThrow()
            .with(Membarriers.find("conditional").orElseThrow());
    Arches.Entry x86 = Arches.find("x86-eager").orElseThrow();
    assertThat(broken(scenario, KernelFactory.of(x86, series))).isEmpty();
  }

  /** riscv got SYNC_CORE after the series, and relies on finish_task_switch as x86 did. */
  @Test
  void theSeriesOwnMembarrierWouldHaveToSerializeRiscvToo() {
    Scenario scenario = LIBRARY.find("membarrier-sync-core-lazy");
    Arches.Entry riscv = Arches.find("riscv").orElseThrow();
    Membarriers.Entry conditional = Membarriers.find("conditional").orElseThrow();
    for (String design : List.of("refcount", "luto-hazard")) {
      Designs.Entry series = Designs.find(design).orElseThrow().with(conditional);
      assertThat(broken(scenario, KernelFactory.of(riscv, series))).containsExactly("I9");
    }
    assertThat(broken(scenario, "riscv", "refcount")).isEmpty();
  }

  /** Where no IPI drops a counted borrow; see docs/hotplug.md for x86-unlazy. */
  @ParameterizedTest
  @ValueSource(
      strings = {"refcount-rt", "luto-hazard", "luto-hazard-mask", "linus-rule", "desnoyers-hp"})
  void withHotplugNothingIsLostButAnMmMayBeKept(String design) {
    for (Scenario scenario : LIBRARY.startingWith("hotplug-")) {
      boolean kept = Kernels.keepsForOffline(scenario.name(), design);
      assertThat(broken(scenario, "powerpc-hash", design))
          .as("%s: %s", design, scenario.name())
          .isEqualTo(kept ? List.of("always") : List.of());
    }
  }

  /**
   * Where no flush interrupts, an IPI of the design can find active_mm ahead of the MMU: exec on
   * x86 stores active_mm, and activates it with interrupts on. Who sends no IPI is not hurt, nor
   * who waits afterwards until the slot is cleared.
   */
  @Test
  void execActivatesTooLateForIpisOnX86WithoutFlushIpis() {
    Scenario exec = LIBRARY.find("exec-by-kthread");
    for (String design : List.of("shootdown", "linus-rule")) {
      assertThat(broken(exec, "x86-ipi-broadcast", design)).as(design).containsExactly("I2");
    }
    for (String design : List.of("luto-hazard", "desnoyers-hp")) {
      assertThat(broken(exec, "x86-ipi-broadcast", design)).as(design).isEmpty();
    }
  }

  /** E19: for_each_possible_lazymm_cpu must not leave out a CPU that may borrow. */
  @ParameterizedTest
  @CsvSource({
    "luto-hazard-mask, x86-eager",
    "luto-hazard-mask, x86-lazy-clear",
    "luto-hazard-empty, x86-eager",
    "luto-hazard-empty, x86-lazy",
    "luto-hazard-empty, x86-ipi-broadcast",
    "luto-hazard-empty, powerpc-hash",
    "luto-hazard-empty, powerpc-radix"
  })
  void whoLooksAtTooFewCpusFreesWhatIsBorrowed(String design, String arch) {
    for (String name : EXITS) {
      assertThat(broken(LIBRARY.find(name), arch, design)).contains("I1");
    }
  }

  /** x86 since v6.14: the second flush clears the bit of a lazy CPU, as in E14. */
  @Test
  void onX86LazyTheMaskIsRightUntilTheSecondFlush() {
    assertThat(broken(LIBRARY.find("e14-exit-flush"), "x86-lazy", "luto-hazard-mask")).isEmpty();
    assertThat(broken(LIBRARY.find("e12-munmap-twice"), "x86-lazy", "luto-hazard-mask"))
        .containsExactly("I1");
  }

  // ---- weak memory -----------------------------------------------------------------------------

  private static List<String> brokenUnderLkmm(String design, Site... weakened) {
    Checker.Options options =
        Checker.Options.defaults()
            .withModel(Model.named("lkmm"))
            .withWeakened(Weakenings.removing(Set.of(weakened)));
    KernelFactory factory =
        KernelFactory.of(
            Arches.find("powerpc-hash").orElseThrow(), Designs.find(design).orElseThrow());
    CheckResult result = new Checker(options).check(LIBRARY.find("hazard-back"), factory);
    assertThat(result.bound().complete()).isTrue();
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(Violation::invariant).toList()
        : List.of();
  }

  /** The acquire of the reader is not: the fully ordered mmdrop behind it does as much. */
  @Test
  void theReleaseThatEndsABorrowIsNeeded() {
    assertThat(brokenUnderLkmm("luto-hazard")).isEmpty();
    assertThat(brokenUnderLkmm("luto-hazard", Sites.LAZY_MM_CLEAR)).contains("I1");
    assertThat(brokenUnderLkmm("luto-hazard", Sites.LAZY_MM_READ)).isEmpty();
  }

  /** Of Desnoyers's two barriers the one before the clear is needed here; both are for I9 too. */
  @Test
  void theScanReadsSlotsWithAcquire() {
    assertThat(brokenUnderLkmm("desnoyers-hp")).isEmpty();
    assertThat(brokenUnderLkmm("desnoyers-hp", Sites.HP_CLEAR)).contains("I1");
    assertThat(brokenUnderLkmm("desnoyers-hp", Sites.HP_READ)).contains("I1");
    assertThat(brokenUnderLkmm("desnoyers-hp", Sites.HP_PUBLISH)).isEmpty();
    assertThat(brokenUnderLkmm("desnoyers-hp", Sites.HP_SCAN)).isEmpty();
  }

  // ---- E18 -------------------------------------------------------------------------------------

  /** As smp_call_function_many: the caller is expected to look after itself. */
  private static final class OthersOnly extends LinusRule {
    OthersOnly(Kernel kernel, boolean exitMoves) {
      super(kernel, exitMoves);
    }

    @Override
    protected long[] whom(Cpu cpu, Mm mm) {
      long[] cpus = super.whom(cpu, mm);
      cpus[cpu.id() >>> 6] &= ~CpuMask.bit(cpu.id());
      return cpus;
    }
  }

  /** The rule's letter; nothing is harmed, as the IPIs include the CPU that sends them. */
  @Test
  void exitBorrowsWhatItPuts() {
    for (String name : EXITS) {
      for (String arch : List.of("powerpc-hash", "x86-eager")) {
        assertThat(broken(LIBRARY.find(name), arch, "linus-rule-exit")).containsExactly("WARN");
        assertThat(broken(LIBRARY.find(name), arch, "linus-rule")).isEmpty();
      }
    }
  }

  /** On x86 with patches 20 to 22 the flush of exit_mmap has ended the borrow of exit_mm before. */
  @Test
  void theFlushMayHaveMovedTheExitAlready() {
    for (String name : EXITS) {
      assertThat(broken(LIBRARY.find(name), "x86-unlazy", "linus-rule-exit")).isEmpty();
    }
  }

  /** What the letter is good for: an unlazying that leaves its own CPU out. */
  @Test
  void whoLeavesItsOwnCpuOutNeedsTheMoveInExit() {
    for (String name : EXITS) {
      Scenario exit = LIBRARY.find(name);
      assertThat(broken(exit, "powerpc-hash", k -> new OthersOnly(k, false))).contains("I1");
      assertThat(broken(exit, "powerpc-hash", k -> new OthersOnly(k, true))).isEmpty();
    }
  }

  /** exit_mm is not the only one: a kernel context that borrows may put the last user too. */
  @Test
  void theMoveInExitIsNotEnough() {
    Scenario put = LIBRARY.find("hazard-put-lazy");
    assertThat(broken(put, "powerpc-hash", k -> new OthersOnly(k, true))).contains("I1");
    assertThat(broken(put, "powerpc-hash", "linus-rule")).isEmpty();
  }

  // ---- bounded retention -----------------------------------------------------------------------

  /** drop_mm is a reference like any other: the count law counts it, and no more than it. */
  @Test
  void whatIsHandedToACpuIsCounted() {
    Scenario moved = LIBRARY.find("hazard-moved-on");
    assertThat(broken(moved, "powerpc-hash", k -> new Uncounted(k))).contains("I4", "I5");
    assertThat(broken(moved, "powerpc-hash", "luto-hazard")).isEmpty();
  }

  private static final class Uncounted extends LutoHazard {
    Uncounted(Kernel kernel) {
      super(kernel, Lazy.ONLINE);
    }

    @Override
    public long references(Mm mm, ToLongFunction<Cell> value) {
      return 0;
    }
  }

  /** A CPU that has gone on keeps one mm, and gives it back at its next switch. */
  @Test
  void anRqKeepsOneMmUntilItsNextSwitch() {
    String cpu0 = "cpu 0: run A1; exit";
    Scenario kept =
        scenario(cpu0, "cpu 1: (A1) idle; run B1", "exists with luto-hazard: !freed(A)");
    Scenario never = scenario(cpu0, "cpu 1: (A1) idle; run B1", "never with shootdown: !freed(A)");
    assertThat(broken(kept, "powerpc-hash", "luto-hazard")).isEmpty();
    assertThat(broken(never, "powerpc-hash", "shootdown")).isEmpty();
  }

  // ---- hotplug ---------------------------------------------------------------------------------

  /** sched_force_init_mm ends the borrow for the hazard pointer as well (E19). */
  @Test
  void aCpuThatLeavesBorrowsNothingMore() {
    for (String name : List.of("hotplug-then-exit", "hotplug-drop")) {
      assertThat(broken(LIBRARY.find(name), "powerpc-hash", "luto-hazard")).as(name).isEmpty();
    }
    assertThat(broken(LIBRARY.find("hotplug-drop"), "powerpc-hash", k -> new BorrowingOn(k)))
        .containsExactly("always");
  }

  /** The CPU goes to init_mm, and its lazy_mm stays. */
  private static final class BorrowingOn extends LutoHazard {
    BorrowingOn(Kernel kernel) {
      super(kernel, Lazy.ONLINE);
    }

    @Override
    public void endLazyTlb(Cpu cpu, Mm mm) {}
  }

  /**
   * What keeps an mm for a CPU that is gone is a hand-over behind the CPU's last switch. Who looks
   * once more and takes it back keeps none.
   */
  @Test
  void aHandOverThatIsTakenBackKeepsNothingForACpuThatIsGone() {
    Scenario exit = LIBRARY.find("hotplug-exit");
    assertThat(broken(exit, "powerpc-hash", "luto-hazard")).containsExactly("always");
    assertThat(broken(exit, "powerpc-hash", k -> new TakingBack(k))).isEmpty();
    Scenario moved =
        scenario("cpu 0: run A1; exit; run C1", "cpu 1: (A1) idle; run B1", "always: freed(A)");
    assertThat(broken(moved, "powerpc-hash", "luto-hazard")).containsExactly("always");
    assertThat(broken(moved, "powerpc-hash", k -> new TakingBack(k))).isEmpty();
  }

  // ---- PREEMPT_RT and the context law ----------------------------------------------------------

  /** The same drop in the scheduler, four ways. */
  private static final Scenario LAST_DROP =
      scenario(
          "cpu 0: run A1; exit; run C1",
          "cpu 1: (A1) idle; run B1",
          "always with refcount, refcount-rt: freed(A)");

  @ParameterizedTest
  @ValueSource(strings = {"powerpc-hash", "x86-eager"})
  void theDeferredDropHolds(String arch) {
    assertThat(broken(LAST_DROP, arch, (Function<Kernel, LazyMm>) RefcountRt::new)).isEmpty();
    assertThat(broken(LAST_DROP, arch, (Function<Kernel, LazyMm>) Refcount::new)).isEmpty();
  }

  /** Without PREEMPT_RT an RCU callback is a softirq, where x86 must not free a pgd. */
  @Test
  void aCallbackThatIsASoftirqMustNotDropOnX86() {
    Function<Kernel, LazyMm> deferred =
        k ->
            new RefcountRt(k) {
              @Override
              public boolean preemptRt() {
                return false;
              }
            };
    assertThat(broken(LAST_DROP, "x86-eager", deferred)).contains("I12");
    assertThat(broken(LAST_DROP, "powerpc-hash", deferred)).isEmpty();
  }
}
