package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
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
    return atEnd(x);
  }

  private static Optional<Finding> atEnd(Execution x) {
    for (Mm mm : x.mms()) {
      if (!x.live(mm)) {
        continue;
      }
      long expected = expectedCount(x, mm);
      long count = x.value(mm.mmCount);
      if (count != expected) {
        String what =
            "at the end mm_count(%s) is %d, but %d references exist".formatted(mm, count, expected);
        return Optional.of(new Finding(what, lastEvents(x), false));
      }
      int users = usersAtEnd(x, mm);
      if (users >= 0 && x.value(mm.mmUsers) != users) {
        String what =
            "at the end mm_users(%s) is %d, but there are %d users"
                .formatted(mm, x.value(mm.mmUsers), users);
        return Optional.of(new Finding(what, lastEvents(x), false));
      }
    }
    return Optional.empty();
  }

  /** The users that the scenario leaves to the mm that is in this slot last; -1 if none was. */
  private static int usersAtEnd(Execution x, Mm mm) {
    int users = -1;
    for (String letter : x.prepared().outline().users().keySet()) { // in the order of their making
      if (x.prepared().mm(letter, x).filter(m -> m == mm).isPresent()) {
        users = x.prepared().usersAtEnd(letter);
      }
    }
    return users;
  }

  /** {@return how many references to the struct exist at the end} */
  static long expectedCount(Execution x, Mm mm) {
    long n = x.value(mm.mmUsers) > 0 ? 1 : 0;
    n += x.pinsAtEnd(mm);
    for (int cpu = 0; cpu < x.memory().cpus(); cpu++) {
      Task current = x.current(cpu);
      Mm owned = x.value(current.mm);
      if (owned == null) {
        n += x.kernel().lazyMm().refcounts() && x.value(current.activeMm) == mm ? 1 : 0;
      }
    }
    return n;
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
