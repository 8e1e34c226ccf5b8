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
    Checker.Options how =
        Checker.Options.defaults().withModel(Model.named(model));
    CheckResult result = new Checker(how).check(found(name), factory);
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
}
