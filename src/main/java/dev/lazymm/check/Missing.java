package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a graph the barriers of weakened sites would stand: its CPUs are run once more,
 * and say what they are to order and do not.
 */
final class Missing {
  private static final Barrier.Kind[] FENCES = {
    Barrier.Kind.MB, Barrier.Kind.RMB, Barrier.Kind.WMB, Barrier.Kind.MB, Barrier.Kind.MB
  };

  private final Graph g;
  private final Map<Spot, Placed> found = new LinkedHashMap<>();

  /** A barrier of the code that counts for nothing in this run, or for less. */
  record Placed(Act act, Site site) {}

  private Missing(Graph g) {
    this.g = g;
  }

  /** {@return those in a graph, with the code that they are in} */
  static Map<Spot, Placed> in(Explorer explorer, Graph g, Weakenings weakened) {
    Missing missing = new Missing(g);
    if (weakened.isNone()) {
      return missing.found;
    }
    for (int t = 0; t < g.threads; t++) {
      missing.new Finder(t, weakened).hear(explorer, t, g);
    }
    return missing.found;
  }

  private final class Finder implements Recorder {
    private final int thread;
    private final Weakenings weakened;
    private String step = "";
    private Ordering ordering = Ordering.RELAXED;

    Finder(int thread, Weakenings weakened) {
      this.thread = thread;
      this.weakened = weakened;
    }

    @Override
    public void fence(int event, int index, int op, Site site) {
      if (weakened.isWeakened(site) && index < g.length[thread]) {
        add(new Spot(FENCES[op], thread, index), Shape.FENCES.get(op), site);
      }
    }

    @Override
    public void ordering(Ordering wanted) {
      ordering = wanted;
    }

    @Override
    public void operation(
        int event, String what, @Nullable Cell cell, long old, long value, @Nullable Site site) {
      if (event >= 0 && site != null && weakened.isWeakened(site)) {
        boolean acquires =
            switch (what) {
              case "read" -> g.kind[event] == Kind.READ;
              case "await" -> ordering == Ordering.ACQUIRE || ordering == Ordering.FULL;
              case "rmw" -> ordering == Ordering.ACQUIRE || ordering == Ordering.FULL;
              default -> false;
            };
        boolean releases =
            switch (what) {
              case "write" -> true;
              case "rmw" -> ordering == Ordering.RELEASE || ordering == Ordering.FULL;
              default -> false;
            };
        String access = what + " of " + cell;
        if (acquires) {
          add(new Spot(Barrier.Kind.ACQUIRE, thread, g.index[event]), access, site);
        }
        if (releases) {
          add(new Spot(Barrier.Kind.RELEASE, thread, g.index[event]), access, site);
        }
      }
    }

    private void add(Spot spot, String words, Site site) {
      if ((spot.index() == 0 && spot.kind().isFence()) || spot.fits(g)) {
        found.putIfAbsent(spot, new Placed(new Act(thread, words, step, CallStack.here()), site));
      }
    }

    @Override
    public void step(String name) {
      step = name;
    }

    @Override
    public void action(String text) {}
  }
}
