package dev.lazymm.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Checker;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.KernelFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Why no exploration looks for executions that differ in the names of CPUs alone: scenarios that
 * are the same with their CPUs in another order are few. One that is so in {@code n} orders has at
 * least one of {@code n} executions that is like no other, so the rest is more than could be
 * spared.
 */
class SymmetryTest {
  @ParameterizedTest
  @CsvSource({"2, 3, 1", "3, 3, 15"})
  void littleCouldBeSparedWithinAnExploration(int cpus, int actions, int percent) {
    KernelFactory refcount =
        KernelFactory.of(
            Arches.find("powerpc-hash").orElseThrow(), Designs.find("refcount").orElseThrow());
    double[] spared = new double[1];
    long[] all = new long[2];
    new ScenarioSpace(new Size(cpus, 3, 2, actions), Vocabulary.CTXSW)
        .forEach(member -> {
          long executions =
              new Checker(Checker.Options.defaults())
                  .check(member.scenario(), refcount)
                  .executions();
          spared[0] += executions * (1 - 1.0 / member.symmetries());
          all[0] += executions;
          all[1] += member.symmetries() > 1 ? 1 : 0;
          return true;
        });
    assertThat(all[1]).as("scenarios that are the same in another order").isPositive();
    assertThat(100 * spared[0] / all[0])
        .as("percent of %d", all[0])
        .isBetween(0.01, (double) percent);
  }
}
