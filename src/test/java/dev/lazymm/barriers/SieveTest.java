package dev.lazymm.barriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.ScenarioLibrary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Halving says what one by one says. */
class SieveTest {
  private static Question question(
      String design, String arch, @Nullable Duration timeout, String... scenarios) {
    return new Question(
        Designs.find(design).orElseThrow(),
        Arches.find(arch).orElseThrow(),
        List.of(Model.ofHardware(arch)),
        Stream.of(scenarios)
            .map(name -> Subject.of(ScenarioLibrary.builtIn().find(name), name))
            .toList(),
        Set.of(),
        false,
        1_000_000,
        timeout,
        1);
  }

  /** What is needed in some form, and what is met. */
  private static Set<String> sites(Necessity found, boolean needed) {
    return found.cells().stream()
        .filter(c -> !needed || c.answer() == Cell.Answer.NEEDED)
        .map(Cell::site)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource({
    "refcount,x86-lazy",
    "shootdown,powerpc-radix",
    "shootdown,x86-eager", // broken as it is, but in some
    "luto-hazard,riscv",
    "desnoyers-hp,arm64",
    "refcount-rt,s390"
  })
  void itAgreesWithEachFormAlone(String design, String arch) {
    Question question =
        question(
            design,
            arch,
            null,
            "membarrier-c1-in",
            "membarrier-c1-out",
            "membarrier-sync-core-lazy",
            "tlb-switch-back",
            "e06-idle-exit",
            "get-put-exit",
            "clone-sibling-exits");
    Sieved found = Sieve.of(question);
    Necessity each = Analysis.ofEachAlone(question, (n, of) -> {});
    assertThat(found.open()).isEmpty();
    assertThat(found.needed().keySet()).isEqualTo(sites(each, true)).isNotEmpty();
    Set<String> met = new TreeSet<>(found.needed().keySet());
    met.addAll(found.notNeeded());
    assertThat(met).isEqualTo(sites(each, false));
    assertThat(found.notNeeded()).isNotEmpty().doesNotContainAnyElementsOf(found.needed().keySet());
  }

  @Test
  void whatIsNotLookedAtIsOpen() {
    Sieved found =
        Sieve.of(question("refcount", "x86-lazy", Duration.ofNanos(1), "tlb-switch-back"));
    assertThat(found.notNeeded()).isEmpty();
  }
}
