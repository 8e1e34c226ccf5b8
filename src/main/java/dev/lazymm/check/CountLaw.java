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
        int w = g.coAt(c, p);
        long old = g.written(g.coAt(c, p - 1), c);
        boolean rises = g.kind[w] == Kind.RMW_W && old == 0 && g.value[w] > 0;
        if (g.value[w] < 0 || rises) {
          String what = "%s goes from %d to %d".formatted(cell, old, g.value[w]);
          return Optional.of(new Finding(what, List.of(w), false));
        }
      }
    }
    return ended(x, x.endLaws().counts());
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
