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
  private final Set<String> strays = new TreeSet<>();
  private long positive;
  private long negative;
  private boolean cut;
  private @Nullable Execution witness;
  private long witnessWay = Long.MAX_VALUE;
  private int witnessSubtree;

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
    cut = true;
  }

  /** An access may go astray. */
  synchronized void stray(String what) {
    strays.add(what);
  }

  /** {@return whether there was one of which a loop would go on} */
  synchronized boolean isCut() {
    return cut;
  }

  /** {@return whether an execution found there would be the one to show} */
  synchronized boolean wantsWitness(long way, int subtree) {
    return way < witnessWay || (way == witnessWay && subtree < witnessSubtree);
  }

  /** Keeps an execution to show: whoever searches, the first of the first way's first subtree. */
  synchronized void witness(long way, int subtree, Supplier<Execution> execution) {
    if (wantsWitness(way, subtree)) {
      witness = execution.get();
      witnessWay = way;
      witnessSubtree = subtree;
    }
  }

  synchronized Result result(boolean complete, boolean conditionOnly) {
    return new Result(
        List.copyOf(states),
        positive,
        negative,
        List.copyOf(flags),
        List.copyOf(strays),
        cut,
        complete,
        conditionOnly,
        witness);
  }
}
