package dev.lazymm.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What checking one design on one architecture under one model over one scenario gave.
 *
 * @param design the lifetime design
 * @param arch the architecture
 * @param model the memory model
 * @param scenario the scenario's name
 * @param verdict what was found
 * @param reached whether every state that the scenario says exists was reached; null if it says
 *     none
 * @param executions complete executions explored
 * @param blocked graphs that could not be completed
 * @param costs how many IPIs to other CPUs one execution has, by the kernel's name of the handler,
 *     and how many {@linkplain #BROADCAST broadcasts}; without those that no execution has
 * @param bound what was looked at
 * @param weakened which sites counted for less
 */
public record CheckResult(
    String design,
    String arch,
    String model,
    String scenario,
    Verdict verdict,
    @Nullable Boolean reached,
    long executions,
    long blocked,
    Map<String, Range> costs,
    Bound bound,
    Weakenings weakened) {
  /** The name under which {@link #costs} counts flushes that reach every CPU without an IPI. */
  public static final String BROADCAST = "broadcast";

  /**
   * The fewest and the most of something in one execution, over all that were explored.
   *
   * @param least the fewest
   * @param most the most
   */
  public record Range(long least, long most) {}

  /**
   * What a verdict is about.
   *
   * @param cpus how many CPUs
   * @param events the events of the largest execution seen
   * @param maxExecutions how many executions were allowed
   * @param complete whether every execution of the scenario was explored
   * @param leftOut what its model does not look at ({@link Model#leftOut})
   */
  public record Bound(
      int cpus, int events, long maxExecutions, boolean complete, List<String> leftOut) {
    public Bound {
      leftOut = List.copyOf(leftOut);
    }
  }

  public CheckResult {
    costs = Map.copyOf(costs);
  }
}
