package dev.lazymm.litmus;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a search has found so far. Shared by all who search one test. */
final class Tally {
  private final Set<String> states = new TreeSet<>();
  private final Set<String> flags = new TreeSet<>();
  private long positive;
  private long negative;
  private long cut;
  private @Nullable Execution witness;
  private int witnessJob = Integer.MAX_VALUE;

  /** A consistent execution that ends in a state. */
  synchronized void execution(boolean holds, String state, List<String> raised) {
    states.add(state);
    flags.addAll(raised);
    if (holds) {
      positive++;
    } else {
      negative++;
    }
  }

  /** An execution of which a loop would go on. */
  synchronized void cut() {
    cut++;
  }

  /** {@return whether an execution of a job would be the one to show} */
  synchronized boolean wantsWitness(int job) {
    return job < witnessJob;
  }

  /** Keeps an execution to show: the first of the first job. */
  synchronized void witness(int job, Supplier<Execution> execution) {
    if (job < witnessJob) {
      witness = execution.get();
      witnessJob = job;
    }
  }

  synchronized Result result(boolean complete, boolean conditionOnly) {
    return new Result(
        List.copyOf(states),
        positive,
        negative,
        List.copyOf(flags),
        cut > 0,
        complete,
        conditionOnly,
        witness);
  }
}
