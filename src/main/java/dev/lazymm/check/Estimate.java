package dev.lazymm.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many executions an exploration has in all, more or less.
 *
 * <p>What several draws say differs by factors, and the draws that say much are the rarer ones, so
 * their mean is more often too small than too large. The range is made on a scale of logarithms:
 * from one standard deviation of the draws below their mean to two above it. How often that holds
 * is measured, not derived; see docs/check.md.
 *
 * @param least it has at least so many, most often
 * @param most it has at most so many, most often; the same if that is certain
 */
public record Estimate(double least, double most) {
  private static final double BELOW = 1;
  private static final double ABOVE = 2;

  /** Draws that are all but the same may be so by chance. */
  private static final double LEAST_DEVIATION = 0.02;

  static Estimate certain(double executions) {
    return new Estimate(executions, executions);
  }

  /** {@return whether this is the number of executions} */
  public boolean isCertain() {
    return least == most;
  }

  /**
   * {@return what several draws say; null if there are none}
   *
   * @param counts how many executions there are by each
   */
  static @Nullable Estimate of(List<Double> counts) {
    if (counts.size() < 2) {
      return null;
    }
    double mean = mean(counts);
    List<Double> logs = counts.stream().map(n -> Math.log(Math.max(1, n))).toList();
    double middle = mean(logs);
    double squares = logs.stream().mapToDouble(l -> (l - middle) * (l - middle)).sum();
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / (logs.size() - 1)));
    return new Estimate(mean * Math.exp(-BELOW * deviation), mean * Math.exp(ABOVE * deviation));
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).sum() / numbers.size();
  }
}
