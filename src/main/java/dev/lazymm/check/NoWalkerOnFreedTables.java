package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import java.util.Optional;

/**
 * I2: no page-table page, and nothing the MMU is loaded with, is freed while an MMU can reach it.
 * The root itself: its interval ends before it is freed. A table below a root that walks: the
 * interval ends, or the CPU flushes after the table was unlinked, before the table is freed; or the
 * interval begins after the unlinking, with no walk cached under its tag from before.
 */
final class NoWalkerOnFreedTables implements Invariant {
  @Override
  public String name() {
    return "I2";
  }

  @Override
  public String about() {
    return "no walker on freed tables: no MMU can reach what is freed";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Finding found = null;
    for (Execution.Interval root : x.intervals(Hold.ROOT)) {
      for (int f : x.frees()) {
        KObject freed = x.object(f);
        boolean reaches = freed == root.object() || below(x, root.object(), freed);
        if (reaches
            && LiveActiveMm.overlaps(x, root, f)
            && (freed == root.object() || !unreachable(x, root, freed, f))) {
          boolean cross = x.graph().thread[f] != root.cpu();
          if (found == null || (cross && !found.cross())) {
            String what =
                "%s is freed while the MMU of CPU %d is on %s"
                    .formatted(freed, root.cpu(), root.object());
            found = new Finding(what, LiveActiveMm.events(root, f), cross);
          }
        }
      }
    }
    return Optional.ofNullable(found);
  }

  private static boolean below(Execution x, KObject root, KObject table) {
    if (!(root instanceof Mm.PageTable)) {
      return false; // this MMU walks no tables of the mm
    }
    for (Mm mm : x.mms()) {
      if (mm.pgd == root) {
        return table == mm.userTables || table == mm.rangeTables;
      }
    }
    return false;
  }

  /** Whether the table was unlinked, and the CPU forgot it, before it was freed. */
  private static boolean unreachable(Execution x, Execution.Interval root, KObject table, int f) {
    Graph g = x.graph();
    int ofRoot = x.register(Hold.ROOT);
    long tag = x.tagOf(root.cpu(), root.start());
    for (int u = 0; u < g.size; u++) {
      if (g.kind[u] != Kind.UNLINK || x.object(u) != table || !x.isBefore(u, f)) {
        continue;
      }
      int since =
          root.start() == Graph.NONE ? Graph.NONE : x.tlb(root.cpu()).walksSince(root.start());
      if (since != Graph.NONE && x.isBefore(u, since)) {
        return true;
      }
      for (int e = 0; e < g.size; e++) {
        boolean forgets =
            (g.thread[e] == root.cpu() && Tlb.flushes(g, e, ofRoot)) || Tlb.flushesAll(g, e, tag);
        if (forgets && x.isBefore(u, e) && x.isBefore(e, f)) {
          return true;
        }
      }
    }
    return false;
  }
}
