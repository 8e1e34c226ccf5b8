package dev.lazymm.check;

import dev.lazymm.workload.KernelState;
import dev.lazymm.workload.Population;
import dev.lazymm.workload.Prepared;
import java.util.LinkedHashSet;
import java.util.Set;

/** The states in which the executions of a scenario end, all of them: an oracle for machines. */
public final class CheckedStates {
  private CheckedStates() {}

  /** {@return every final state that the checker reaches} */
  public static Set<KernelState> of(Prepared prepared) {
    return of(prepared, false);
  }

  /**
   * {@return every final state that the checker reaches}
   *
   * @param orderedIncrements as in {@link Checker.Options}
   */
  static Set<KernelState> of(Prepared prepared, boolean orderedIncrements) {
    Set<KernelState> states = new LinkedHashSet<>();
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph graph) {
            Population all = Population.of(prepared.memory());
            Execution x = new Execution(explorer, graph, prepared, all);
            states.add(KernelState.of(prepared, x));
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            states.clear();
          }
        };
    Explorer.Options how =
        Explorer.Options.defaults(prepared.memory().cpus())
            .withOrderedIncrements(orderedIncrements);
    new Explorer(prepared.program(), new Sc(), how, listener).run();
    return states;
  }
}
