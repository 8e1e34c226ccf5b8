package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How many executions a program has, estimated from random dives (Knuth, Estimating the efficiency
 * of backtrack programs, 1975). A dive grows the first graph, then takes one of the choices that it
 * noted on the way, each with the same chance, and so on until there is none. An execution met
 * after choices among k1, k2, ... stands for k1 * k2 * ... of them. The mean over all dives is
 * unbiased, but the spread is large: most dives see little, a few see much.
 *
 * <p>Has an explorer of its own, so that what it learns of the program changes no exploration.
 */
final class Estimate {
  private final Explorer explorer;
  private final RandomGenerator random;
  private boolean complete;

  /**
   * @param explorer one that nobody else uses; its listener is not told
   * @param random what the dives are drawn from
   */
  Estimate(Explorer explorer, RandomGenerator random) {
    this.explorer = explorer;
    this.random = random;
  }

  /** {@return the mean of so many dives, in executions} */
  double of(int dives) {
    double sum = 0;
    Footprint.Known known = explorer.footprint().known();
    for (int i = 0; i < dives; i++) {
      try {
        sum += dive(known);
      } catch (Footprint.Restart e) {
        known = explorer.footprint().known();
        sum = 0;
        i = -1; // what was seen without knowing that counts for nothing
      }
    }
    return sum / dives;
  }

  private double dive(Footprint.Known known) {
    double weight = 1;
    double sum = 0;
    List<Level> at = Level.ALL;
    while (true) {
      complete = false;
      List<List<Level>> next = explorer.grown(known, at, new Watcher());
      sum += complete ? weight : 0;
      if (next.isEmpty()) {
        return sum;
      }
      weight *= next.size();
      at = next.get(random.nextInt(next.size()));
    }
  }

  /** {@return the places that begin with one of some choices alone} */
  static List<List<Level>> each(List<Level> place, int level, List<Choice> noted) {
    List<List<Level>> all = new ArrayList<>();
    for (Choice choice : noted) {
      List<Level> one = new ArrayList<>(place.subList(0, level).stream().map(Level::done).toList());
      one.add(new Level(place.get(level).applied(), List.of(choice)).trimmed());
      all.add(one);
    }
    return all;
  }

  private final class Watcher implements Explorer.Listener {
    @Override
    public boolean complete(Explorer e, Graph graph) {
      complete = true;
      return true;
    }

    @Override
    public boolean failed(Explorer e, Graph graph, int cpu, RuntimeException failure) {
      return true;
    }

    @Override
    public void restarted() {}
  }
}
