package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lazymm.machine.Program;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  /** The seed is fixed; with another, a mean of so many dives may be further off. */
  @ParameterizedTest
  @CsvSource({"ainc, 5", "readers, 8", "casrot, 7", "lastzero, 7", "indexer, 13"})
  void theMeanOfManyDivesIsNearTheCount(String family, int n) {
    Program program = Families.program(family, n);
    Explorer explorer =
        new Explorer(
            program,
            new Sc(),
            Explorer.Options.defaults(program.memory().cpus()),
            new Tally.Silent());
    double estimate = new Estimate(explorer, new SplittableRandom(1)).of(8000);
    double expected = Families.expected(family, n).orElseThrow();
    assertThat(estimate).isCloseTo(expected, within(expected / 4));
  }
}
