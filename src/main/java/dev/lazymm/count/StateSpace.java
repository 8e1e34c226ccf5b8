package dev.lazymm.count;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Sequence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many states of the kernel's memory some scenarios come through with a design, from the boot
 * on and in every order of the actions. A state is what all cells hold, addresses included, locks
 * not; it changes with each store and each read-modify-write. Actions are not interleaved: how many
 * executions that makes is for the checker to say.
 *
 * @param states different states
 * @param transitions different pairs of one state and the next
 */
public record StateSpace(int states, int transitions) {
  /** {@return what these scenarios come through on a kernel} */
  public static StateSpace of(List<Scenario> scenarios, KernelFactory kernel) {
    Set<Long> states = new HashSet<>();
    Set<Long> transitions = new HashSet<>();
    for (Scenario scenario : scenarios) {
      Sequence.all(
          () -> Sequence.begin(scenario, kernel, new Walker(states, transitions)), _ -> {});
    }
    return new StateSpace(states.size(), transitions.size());
  }

  /** One run. A state is a sum of 64 bits over its cells, so that a store changes one term. */
  private static final class Walker implements SequentialMachine.Observer {
    private final Set<Long> states;
    private final Set<Long> transitions;
    private final Map<Cell, Long> values = new HashMap<>();
    private long state;

    Walker(Set<Long> states, Set<Long> transitions) {
      this.states = states;
      this.transitions = transitions;
    }

    @Override
    public void store(int cpu, Cell cell, long value) {
      goOn(cell, value);
    }

    @Override
    public void rmw(int cpu, Cell cell, long old, long value, Ordering ordering, Site site) {
      goOn(cell, value);
    }

    private void goOn(Cell cell, long value) {
      long old = values.getOrDefault(cell, 0L); // what is not stored yet is 0 nearly everywhere
      if (old == value) {
        return;
      }
      values.put(cell, value);
      long next = state + term(cell, value) - term(cell, old);
      states.add(next);
      transitions.add(mix(state) + next);
      state = next;
    }

    /** The name stands for the cell: its number depends on what was made before it. */
    private static long term(Cell cell, long value) {
      return mix(mix(cell.toString().hashCode()) + value);
    }

    /** The finalizer of SplitMix64: every bit of x moves every bit of the result. */
    private static long mix(long x) {
      long y = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
      y = (y ^ y >>> 27) * 0x94d049bb133111ebL;
      return y ^ y >>> 31;
    }
  }
}
