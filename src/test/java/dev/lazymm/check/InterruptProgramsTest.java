package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Interleavings.Outcome;
import dev.lazymm.check.RandomPrograms.Drawn;
import dev.lazymm.check.RandomPrograms.Feature;
import dev.lazymm.workload.Effort;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs with IPIs to others and to oneself, waits, irq-off regions and nested masks: the
 * executions and the hangs of brute force, each shown once.
 */
class InterruptProgramsTest {
  static List<Set<Feature>> features() {
    return List.of(
        Set.of(Feature.IPI, Feature.MASKS),
        Set.of(Feature.IPI, Feature.MASKS, Feature.RMW),
        Set.of(Feature.IPI, Feature.MASKS, Feature.AWAIT),
        Set.of(Feature.IPI, Feature.MASKS, Feature.LOCK),
        Set.of(Feature.IPI, Feature.MASKS, Feature.AWAIT, Feature.LOCK, Feature.RMW));
  }

  @ParameterizedTest
  @MethodSource("features")
  void executionsAndHangsEachOnce(Set<Feature> features) {
    compare(features, 7, 50, 1_500);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("features")
  void executionsAndHangsEachOnceOfMany(Set<Feature> features) {
    compare(features, 8, Effort.of(1_000, 3_000), 10_000); // 5,000 in all
  }

  private static void compare(Set<Feature> features, long seed, int programs, long budget) {
    RandomPrograms drawing = new RandomPrograms(features, seed, budget);
    Random random = new Random(seed);
    int hangs = 0;
    for (int i = 0; i < programs; i++) {
      Drawn drawn = drawing.next();
      SmallProgram small = drawn.program();
      int[] order = Exploration.shuffled(small.threads().size(), random);
      Exploration found = Exploration.of(small.toProgram(), order);
      assertThat(found.differencesFrom(drawn.outcome())).as("%s", small).isEmpty();
      assertThat(found.hangsDifferencesFrom(drawn.outcome())).as("%s", small).isEmpty();
      hangs += drawn.outcome().hangs().size();
    }
    if (features.contains(Feature.AWAIT) || features.contains(Feature.LOCK)) {
      assertThat(hangs).isGreaterThan(programs / 2);
    }
  }

  /** What the kernel's queue does this machine does, too: its verdicts hold for the queue. */
  @ParameterizedTest
  @MethodSource("features")
  void theKernelsQueueDoesNothingElse(Set<Feature> features) {
    RandomPrograms drawing = new RandomPrograms(features, 9, 1_500);
    int fewer = 0;
    for (int i = 0; i < 100; i++) {
      Drawn drawn = drawing.next();
      Outcome queued = Interleavings.queued(drawn.program());
      assertThat(drawn.outcome().complete())
          .as("%s", drawn.program())
          .containsAll(queued.complete());
      fewer += queued.complete().size() < drawn.outcome().complete().size() ? 1 : 0;
    }
    assertThat(fewer).isPositive();
  }
}
