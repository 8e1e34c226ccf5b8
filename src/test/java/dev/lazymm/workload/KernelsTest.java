package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tests that take a share of the kernels for each scenario come to together. */
class KernelsTest {
  private static final List<Scenario> ALL = ScenarioLibrary.builtIn().list();

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8, Kernels.ONE_ARCH})
  void theLibraryHasEveryDesignOnEveryArchitecture(int of) {
    Set<Kernels.Pair> pairs = new HashSet<>();
    for (Scenario scenario : ALL) {
      List<Kernels.Pair> share = Kernels.share(scenario, Designs.ALL, of);
      assertThat(share).as(scenario.name()).doesNotHaveDuplicates();
      assertThat(share.stream().map(Kernels.Pair::design).distinct())
          .as("every design in %s", scenario.name())
          .hasSize(Designs.ALL.size());
      assertThat(share.stream().map(Kernels.Pair::arch).distinct())
          .as("every architecture in %s", scenario.name())
          .hasSize(Arches.ALL.size());
      pairs.addAll(share);
    }
    assertThat(pairs).containsExactlyInAnyOrderElementsOf(Kernels.all(Designs.ALL));
  }

  /** Few designs are on every architecture, too: each in some scenarios. */
  @Test
  void theLibraryHasTwoDesignsOnEveryArchitecture() {
    List<Designs.Entry> two = Kernels.designs("no-refcount", "shootdown");
    List<Kernels.Pair> pairs = new ArrayList<>();
    ALL.forEach(scenario -> pairs.addAll(Kernels.share(scenario, two, Kernels.ONE_ARCH)));
    assertThat(pairs).hasSize(2 * ALL.size()).containsAll(Kernels.all(two));
  }

  @Test
  void aShareOfOneIsAll() {
    assertThat(Kernels.share(ALL.getFirst(), Designs.ALL, 1))
        .containsExactlyElementsOf(Kernels.all(Designs.ALL));
  }

  @Test
  void aScenarioAlwaysHasTheSameShare() {
    Scenario scenario = ScenarioLibrary.builtIn().find("e07-idle-exit");
    assertThat(Kernels.share(scenario, Kernels.designs("refcount"), 4))
        .extracting(Kernels.Pair::toString)
        .containsExactly(
            "refcount on powerpc-radix", "refcount on x86-ipi-broadcast", "refcount on riscv-before");
  }
}
