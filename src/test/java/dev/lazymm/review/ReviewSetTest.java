package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Violation;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a review leaves out changes none of its verdicts. */
class ReviewSetTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  @Test
  void theFewAreOfTheSet() {
    assertThat(ReviewSet.USUAL.of(LIBRARY).stream().map(Scenario::name))
        .containsAll(ReviewSet.FEW)
        .hasSizeLessThan(LIBRARY.list().size());
    assertThat(ReviewSet.DEEP.of(LIBRARY)).isEqualTo(LIBRARY.list());
  }

  /** One architecture of each kind; {@code review --deep} looks at them all. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"x86-unlazy", "powerpc-radix", "s390"})
  void whatItLeavesOutBreaksNothingMore(String arch) {
    Set<String> small = new TreeSet<>(ReviewSet.USUAL.of(LIBRARY).stream().map(Scenario::name).toList());
    Set<String> inSmall = new TreeSet<>();
    Set<String> inAll = new TreeSet<>();
    new Checks(Checks.Options.defaults(), Checks.Progress.NONE)
        .run(
            Job.all(
                Designs.ALL,
                List.of(Arches.find(arch).orElseThrow()),
                LIBRARY.list().stream().map(Job.Named::of).toList()),
            d -> {
              for (Violation v : d.violations()) {
                String what = d.job().design().name() + " " + v.invariant();
                inAll.add(what);
                if (small.contains(d.job().spelled())) {
                  inSmall.add(what);
                }
              }
            });
    assertThat(inSmall).isEqualTo(inAll).isNotEmpty();
  }
}
