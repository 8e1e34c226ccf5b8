package dev.lazymm.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  private static final int SEEDS = 4;

  private static Explorer explorer(Program program) {
    return new Explorer(
        program, new Sc(), Explorer.Options.defaults(program.memory().cpus()), new Tally.Silent());
  }

  // ---- the range -------------------------------------------------------------------------------

  @Test
  void theRangeIsMadeOfTheSpread() {
    Estimate estimate = requireNonNull(Estimate.of(List.of(100.0, 400.0)));
    double deviation = Math.log(4) / Math.sqrt(2);
    assertThat(estimate.least()).isCloseTo(250 * Math.exp(-deviation), within(1e-9));
    assertThat(estimate.most()).isCloseTo(250 * Math.exp(2 * deviation), within(1e-9));
  }

  @Test
  void drawsThatAgreeAreNotCertain() {
    Estimate estimate = requireNonNull(Estimate.of(Collections.nCopies(8, 500.0)));
    assertThat(estimate.isCertain()).isFalse();
    assertThat(estimate.least()).isLessThan(500);
    assertThat(estimate.most()).isGreaterThan(500);
  }

  @Test
  void oneDrawSaysNothing() {
    assertThat(Estimate.of(List.of(5.0))).isNull();
  }

  // ---- estimating ------------------------------------------------------------------------------

  /**
   * Nothing is known of the program at first; what is counted in is events, so nothing is timed.
   * One of so many ranges may miss the number.
   */
  @ParameterizedTest
  @CsvSource({"ainc, 8", "readers, 16", "casrot, 9", "lastzero, 9", "indexer, 15", "ring, 16"})
  void theNumberIsMostOftenInTheRange(String family, int n) {
    double expected = Families.expected(family, n).orElseThrow();
    int inside = 0;
    var widths = new double[SEEDS];
    for (int seed = 1; seed <= SEEDS; seed++) {
      Estimate estimate =
          requireNonNull(
              Estimator.counted(explorer(Families.program(family, n)), new SplittableRandom(seed))
                  .of(Footprint.Known.NOTHING, 20_000));
      assertThat(estimate.isCertain()).isFalse();
      widths[seed - 1] = estimate.most() / estimate.least();
      inside += estimate.least() <= expected && expected <= estimate.most() ? 1 : 0;
    }
    assertThat(inside).isGreaterThanOrEqualTo(SEEDS - 1);
    Arrays.sort(widths);
    assertThat(widths[SEEDS / 2]).as("usual width").isLessThan(45);
    assertThat(widths[SEEDS - 1]).as("largest width").isLessThan(100);
  }

  @Test
  void aSmallNumberIsCertain() {
    assertThat(
            Estimator.counted(explorer(Families.program("casrot", 5)), new SplittableRandom(1))
                .of(Footprint.Known.NOTHING, 20_000))
        .isEqualTo(new Estimate(43, 43));
  }

  /** That is the search's to say; what fails is no execution. */
  @Test
  void codeMayFail() {
    Memory memory = new Memory(Layout.lineEach(), 2);
    Cell x = memory.cell(new Thing(memory), "x", 0);
    Program program =
        Program.of(
            memory,
            List.of(
                cpu -> cpu.writeOnce(x, 1),
                cpu -> {
                  if (cpu.readOnce(x) == 1) {
                    throw new IllegalStateException("a bug");
                  }
                }));
    assertThat(
            Estimator.counted(explorer(program), new SplittableRandom(1))
                .of(Footprint.Known.NOTHING, 20_000))
        .isEqualTo(new Estimate(1, 1));
  }

  private static final class Thing extends KObject {
    Thing(Memory memory) {
      super(memory, "thing");
    }

    @Override
    public String type() {
      return "thing";
    }
  }

  @Test
  void tooLittleTimeSaysNothing() {
    assertThat(
            Estimator.counted(explorer(Families.program("casrot", 9)), new SplittableRandom(1))
                .of(Footprint.Known.NOTHING, 10))
        .isNull();
  }

  // ---- of a search -----------------------------------------------------------------------------

  /** It is told while the search goes on, which then ends, as what is told ends it. */
  @Test
  void aLongSearchIsEstimated() {
    Program program = Families.program("ainc", 14);
    Search.Bounds bounds =
        new Search.Bounds(
            2,
            Long.MAX_VALUE,
            System.nanoTime() + Duration.ofMinutes(1).toNanos(),
            Long.MAX_VALUE,
            Search.SPLIT_AFTER,
            Long.MAX_VALUE,
            n -> {});
    Search search =
        new Search(
            program,
            Sc::new,
            Explorer.Options.defaults(program.memory().cpus()),
            bounds,
            new Tally.Silent(),
            null);
    search.tell(estimate -> {
      throw new IllegalStateException("from " + estimate.least());
    });
    assertThatThrownBy(search::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("from ");
  }
}
