package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.kernel.MembarrierState;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * E15, the other way round: the scenarios that say that kthread_use_mm needs no barrier before it
 * stores tsk->mm do find one missing where it is needed.
 */
class KthreadUseMmBarrierTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.withRegressions();

  /** What orders a thread's accesses before tsk->mm = mm as it is; arm64 has the dsb besides. */
  private static final Set<Site> OTHERS =
      Set.of(Sites.B1, Sites.GET_NOT_ZERO, Sites.B2_SWITCH_TO);

  /**
   * A membarrier(2) that also interrupts kernel threads that only borrow a registered mm: it asks
   * for the rq's copy of the state alone. Then it is kthread_use_mm with another mm that ends this,
   * and not the switch to the kernel thread.
   */
  private static class AsksWhoBorrows extends Membarrier {
    private final Kernel kernel;

    AsksWhoBorrows(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    protected boolean isGlobalTarget(Cpu cpu, int id) {
      long state = cpu.readOnce(kernel.cpuRq(id).membarrierState);
      return (state & MembarrierState.GLOBAL_EXPEDITED.bit()) != 0;
    }
  }

  /** The same with Lutomirski's barrier (patch 9 of 23). */
  private static final class AsksWhoBorrowsWithBarrier extends AsksWhoBorrows {
    AsksWhoBorrowsWithBarrier(Kernel kernel) {
      super(kernel);
    }

    @Override
    public void beforeMmChange(Cpu cpu) {
      cpu.smpMb(Sites.B7_BEFORE);
    }
  }

  private static List<String> broken(
      Function<Kernel, MembarrierDesign> membarrier, String arch, String model, Set<Site> weak) {
    KernelFactory factory =
        memory ->
            new Kernel(memory, Arches.find(arch).orElseThrow().make(), Refcount::new) {
              @Override
              protected MembarrierDesign makeMembarrier() {
                return membarrier.apply(this);
              }
            };
    Checker.Options how =
        Checker.Options.defaults()
            .withModel(Model.named(model))
            .withWeakened(Weakenings.removing(weak))
            .withAfterViolation(0);
    CheckResult result = new Checker(how).check(LIBRARY.find("e15-use-after-global"), factory);
    return switch (result.verdict()) {
      case Verdict.Holds _ -> List.of();
      case Verdict.Violated v -> v.violations().stream().map(Violation::invariant).toList();
      case Verdict.Inconclusive i -> List.of(i.why());
    };
  }

  @ParameterizedTest
  @CsvSource({"arm64, armv8", "powerpc-hash, power", "powerpc-hash, lkmm"})
  void isFoundMissingWhereItIsNeeded(String arch, String model) {
    assertThat(broken(AsksWhoBorrows::new, arch, model, OTHERS)).containsExactly("never");
    assertThat(broken(AsksWhoBorrowsWithBarrier::new, arch, model, OTHERS)).isEmpty();
  }

  /** Two others stand there as it is, and each would do alone. */
  @ParameterizedTest
  @CsvSource({"arm64, armv8", "powerpc-hash, power", "powerpc-hash, lkmm"})
  void isNotAlone(String arch, String model) {
    for (Site stays : List.of(Sites.B1, Sites.GET_NOT_ZERO)) {
      Set<Site> weak = new HashSet<>(OTHERS);
      weak.remove(stays);
      assertThat(broken(AsksWhoBorrows::new, arch, model, weak)).as(stays.name()).isEmpty();
    }
  }

  /** Who does not let a store overtake a store or a load never needs it. */
  @ParameterizedTest
  @CsvSource({"sc", "tso"})
  void onX86NothingIsNeeded(String model) {
    assertThat(broken(AsksWhoBorrows::new, "x86-eager", model, OTHERS)).isEmpty();
  }
}
