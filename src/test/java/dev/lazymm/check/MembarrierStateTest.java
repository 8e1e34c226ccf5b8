package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierByState;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.history.UnorderedExitMm;
import dev.lazymm.kernel.history.UnorderedUseMm;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I9a: an rq's copy of the state that is out of date, behind a borrow of the same mm. */
class MembarrierStateTest {
  private static Scenario found(String name) throws IOException {
    Path file = Path.of("examples/scenarios/membarrier-found.scenarios");
    return ScenarioParser.parse(file.toString(), Files.readString(file)).stream()
        .filter(s -> s.name().equals("membarrier-" + name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> broken(String name, KernelFactory factory, String model)
      throws IOException {
    return broken(found(name), factory, model);
  }

  private static List<String> broken(Scenario scenario, KernelFactory factory, String model) {
    Checker.Options how = Checker.Options.defaults().withModel(Model.named(model));
    CheckResult result = new Checker(how).check(scenario, factory);
    return switch (result.verdict()) {
      case Verdict.Holds _ -> List.of();
      case Verdict.Violated v -> v.violations().stream().map(Violation::invariant).toList();
      case Verdict.Inconclusive i -> List.of(i.why());
    };
  }

  /** A kernel as merged on an architecture, but for what is given. */
  private static KernelFactory kernel(
      String arch,
      Function<Kernel, MembarrierDesign> membarrier,
      Function<Kernel, ExitMm> exitMm,
      Function<Kernel, KthreadUseMm> useMm) {
    return memory ->
        new Kernel(memory, Arches.find(arch).orElseThrow().make(), Refcount::new) {
          @Override
          protected MembarrierDesign makeMembarrier() {
            return membarrier.apply(this);
          }

          @Override
          protected ExitMm makeExitMm() {
            return exitMm.apply(this);
          }

          @Override
          protected KthreadUseMm makeKthreadUseMm() {
            return useMm.apply(this);
          }
        };
  }

  private static KernelFactory merged(String arch) {
    return kernel(arch, Membarrier::new, ExitMm::new, KthreadUseMm::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"register-lazy", "exit-sibling", "unuse-sibling"})
  void aBorrowOfTheSameMmKeepsAnOldState(String name) throws IOException {
    for (String arch : List.of("x86-eager", "powerpc-hash", "arm64", "riscv", "s390")) {
      assertThat(broken(name, merged(arch), "sc")).as(arch).containsExactly("I9");
    }
  }

  /** Not only the law is broken: the caller and the thread miss each other's stores. */
  @ParameterizedTest
  @CsvSource({
    "register-lazy, x86-eager, tso",
    "exit-sibling, x86-eager, tso",
    "unuse-sibling, x86-eager, tso",
    "exit-sibling, powerpc-hash, power",
    "exit-sibling, arm64, armv8"
  })
  void theCommandThenMissesTheThread(String name, String arch, String model) throws IOException {
    assertThat(broken(name, merged(arch), model)).contains("I9", "never");
  }

  @ParameterizedTest
  @CsvSource({
    "register-lazy, x86-eager, tso",
    "exit-sibling, x86-eager, tso",
    "unuse-sibling, x86-eager, tso",
    "register-lazy, powerpc-hash, power",
    "exit-sibling, powerpc-hash, power",
    "unuse-sibling, powerpc-hash, power"
  })
  void comparingTheStatesMendsAllThree(String name, String arch, String model) throws IOException {
    KernelFactory mended = kernel(arch, MembarrierByState::new, ExitMm::new, KthreadUseMm::new);
    assertThat(broken(name, mended, model)).isEmpty();
  }

  /** The barriers of v5.11 came with the 0 that the next switch leaves there. */
  @Test
  void before511TheStateStayedWhereItWas() throws IOException {
    KernelFactory exit =
        kernel("x86-eager", Membarrier::new, UnorderedExitMm::new, KthreadUseMm::new);
    KernelFactory use = kernel("x86-eager", Membarrier::new, ExitMm::new, UnorderedUseMm::new);
    assertThat(broken("exit-sibling", exit, "tso")).isEmpty();
    assertThat(broken("unuse-sibling", use, "tso")).isEmpty();
  }

  /** But it was not the mm's own where a kernel thread had come to it from another mm. */
  @Test
  void before511AnotherMmsStateStayedToo() {
    Scenario scenario =
        ScenarioParser.parse(
                "test",
                """
                scenario unuse-from-another: a kernel thread borrows B, uses A; then a thread of A
                start: A register-global-expedited
                start: cpu 0 gets A
                cpu 0: (C1) store x 1; membarrier global-expedited; load y
                cpu 1: (B1) run k1; use A; unuse; run A1; store y 1; load x
                never: cpu0.r1 = 0 & cpu1.r1 = 0
                """)
            .getFirst();
    KernelFactory before = kernel("x86-eager", Membarrier::new, ExitMm::new, UnorderedUseMm::new);
    KernelFactory mended =
        kernel("x86-eager", MembarrierByState::new, ExitMm::new, KthreadUseMm::new);
    assertThat(broken(scenario, before, "tso")).contains("I9", "never");
    assertThat(broken(scenario, mended, "tso")).isEmpty();
  }
}
