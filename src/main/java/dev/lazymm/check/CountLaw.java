package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import java.util.List;
import java.util.Optional;

/**
 * I4: mm_count is one for all users together, plus the pins, plus the lazy borrowers if the design
 * counts them; mm_users is the number of users. Along coherence no counter goes below 0 or rises
 * again from 0; at the end both hold exactly for every mm that still exists.
 */
final class CountLaw implements Invariant {
  @Override
  public String name() {
    return "I4";
  }

  @Override
  public String about() {
    return "count law: mm_count = [mm_users > 0] + pins + counted lazy borrowers";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    for (int c = 0; c < g.cells(); c++) {
      if (g.coLength[c] == 0) {
        continue;
      }
      Cell cell = x.cell(g.co[c][0]);
      if (!(cell.owner() instanceof Mm mm) || (cell != mm.mmCount && cell != mm.mmUsers)) {
        continue;
      }
      for (int p = 1; p <= g.coLength[c]; p++) {
        boolean add = g.adds.isAt(c, p);
        int last = add ? g.adds.nextCut(c, p - 1) : p;
        Optional<Finding> found = add ? among(x, c, p - 1, last) : at(x, c, p);
        if (found.isPresent()) {
          return found;
        }
        p = last;
      }
    }
    return ended(x, x.endLaws().counts());
  }

  private static Optional<Finding> at(Execution x, int c, int p) {
    Graph g = x.graph();
    int w = g.coAt(c, p);
    long old = g.valueAt(c, p - 1);
    boolean rises = g.kind[w] == Kind.RMW_W && old == 0 && g.value[w] > 0;
    return g.value[w] < 0 || rises
        ? Optional.of(finding(x, c, old, g.value[w], w))
        : Optional.empty();
  }

  /** Adds that nobody orders: what could be, in any order that they can have. */
  private static Optional<Finding> among(Execution x, int c, int after, int last) {
    Graph g = x.graph();
    int[] members = g.adds.members(c, after, last);
    long start = g.valueAt(c, after);
    for (int done : x.orders(c, after, last)) {
      long old = start;
      for (int m = 0; m < members.length; m++) {
        old += (done >>> m & 1) == 0 ? 0 : g.value[members[m]];
      }
      for (int m = 0; m < members.length; m++) {
        int w = members[m];
        long now = old + g.value[w];
        if ((done >>> m & 1) == 0 && (now < 0 || (old == 0 && now > 0))) {
          boolean next = true;
          for (int k = 0; k < members.length; k++) {
            boolean isDone = (done >>> k & 1) != 0;
            next &= isDone || k == m || !x.isBefore(members[k], w);
          }
          if (next) {
            return Optional.of(finding(x, c, old, now, w));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Finding finding(Execution x, int c, long old, long now, int w) {
    String what = "%s goes from %d to %d".formatted(x.cell(x.graph().co[c][0]), old, now);
    return new Finding(what, List.of(w), false);
  }

  /** {@return a finding about the end of an execution} */
  static Optional<Finding> ended(Execution x, Optional<String> broken) {
    return broken.map(what -> new Finding(what, lastEvents(x), false));
  }

  /** {@return the last event of every CPU} */
  static List<Integer> lastEvents(Execution x) {
    Graph g = x.graph();
    return java.util.stream.IntStream.range(0, g.threads)
        .filter(t -> g.length[t] > 0)
        .mapToObj(g::last)
        .toList();
  }
}
