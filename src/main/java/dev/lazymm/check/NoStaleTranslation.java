package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.KObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * I7: when a flush has returned, no CPU uses in user mode what it cached before the change that the
 * flush was for. An order, not a snapshot: an entry may have been cached at any time since the CPU
 * last dropped it, and may be used until the CPU's next step. It is stale if the change need not
 * come before the one, nor the return of the flush after the other. And no CPU uses what it cached
 * from another mm under the same tag.
 */
final class NoStaleTranslation implements Invariant {
  @Override
  public String name() {
    return "I7";
  }

  @Override
  public String about() {
    return "no stale translation: after a flush nobody uses what was cached before";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    List<Integer> changes = new ArrayList<>();
    boolean tags = false;
    for (int e = 0; e < g.size; e++) {
      if (g.kind[e] == Kind.PTE) {
        changes.add(e);
      }
      tags |= g.kind[e] == Kind.HOLD && g.operand[e] != Tlb.UNTAGGED;
    }
    if (changes.isEmpty() && !tags) {
      return Optional.empty(); // nothing goes stale, and roots tell all entries apart
    }
    Finding found = null;
    for (int t = 0; t < g.threads; t++) {
      for (Tlb.Use use : x.tlb(t).uses()) {
        if ((use.root() != use.user() || isOfEarlierMm(x, use)) && !isGone(x, use)) {
          return Optional.of(foreign(use));
        }
        for (int change : changes) {
          int flushed = flushed(g, change);
          if (flushed != Graph.NONE
              && covers(x.object(change), use)
              && isStale(x, use, change, flushed)) {
            boolean cross = g.thread[change] != t;
            if (found == null || (cross && !found.cross())) {
              found = finding(x, use, change, flushed, cross);
            }
          }
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** {@return where the flush for a change returned, NONE if it did not} */
  static int flushed(Graph g, int change) {
    int t = g.thread[change];
    for (int i = g.index[change] + 1; i < g.length[t]; i++) {
      int e = g.po[t][i];
      if (g.kind[e] == Kind.FLUSHED && g.cell[e] == g.cell[change]) {
        return e;
      }
    }
    return Graph.NONE;
  }

  private static boolean covers(KObject changed, Tlb.Use use) {
    return changed == use.range() || (changed instanceof Mm mm && mm == use.mm());
  }

  private static boolean isStale(Execution x, Tlb.Use use, int change, int flushed) {
    boolean cachedAfter = use.since() != Graph.NONE && x.isBefore(change, use.since());
    boolean over = use.end() != Graph.NONE && x.isBefore(use.end(), flushed);
    return !cachedAfter && !over && !broadcast(x, change, flushed, use.tag());
  }

  /** Whether every TLB was rid of a tag in between. */
  static boolean broadcast(Execution x, int change, int flushed, long tag) {
    Graph g = x.graph();
    for (int e = 0; e < g.size; e++) {
      if (Tlb.flushesAll(g, e, tag) && x.isBefore(change, e) && x.isBefore(e, flushed)) {
        return true;
      }
    }
    return false;
  }

  /** The same address, but a mm that was there before. */
  private static boolean isOfEarlierMm(Execution x, Tlb.Use use) {
    if (use.mm() == null || use.begin() == Graph.NONE) {
      return false;
    }
    for (int f : x.frees()) {
      boolean cachedAfter = use.since() != Graph.NONE && x.isBefore(f, use.since());
      if (x.object(f) == use.mm() && !cachedAfter && x.reborn(use.mm(), f, use.begin())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the entry's mm was torn down before it could be cached, or it was flushed after. */
  private static boolean isGone(Execution x, Tlb.Use use) {
    Graph g = x.graph();
    Mm mm = use.mm();
    int until = use.begin() != Graph.NONE ? use.begin() : use.end();
    for (int u = 0; mm != null && u < g.size; u++) {
      if (g.kind[u] == Kind.UNLINK && x.object(u) == mm.userTables) {
        boolean before = use.since() != Graph.NONE && x.isBefore(u, use.since());
        boolean sameLife = use.since() == Graph.NONE || !x.reborn(mm, u, use.since());
        if ((before && sameLife) || (until != Graph.NONE && broadcast(x, u, until, use.tag()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Finding foreign(Tlb.Use use) {
    String what =
        "CPU %d is in user mode on %s where its TLB may hold entries of %s%s"
            .formatted(
                use.cpu(),
                use.user(),
                use.root() == use.user() ? "what was there before, " : "",
                use.root());
    return new Finding(what, List.of(use.begin() != Graph.NONE ? use.begin() : use.end()), false);
  }

  private static Finding finding(Execution x, Tlb.Use use, int change, int flushed, boolean cross) {
    String what =
        "CPU %d may use an entry of %s from before the change, though CPU %d's flush has returned"
            .formatted(use.cpu(), use.range(), x.graph().thread[change]);
    List<Integer> events = new ArrayList<>();
    if (use.since() != Graph.NONE) {
      events.add(use.since());
    }
    events.add(change);
    if (use.begin() == Graph.NONE || x.isBefore(use.begin(), flushed)) {
      if (use.begin() != Graph.NONE) {
        events.add(use.begin());
      }
      events.add(flushed);
    } else {
      events.add(flushed);
      events.add(use.begin());
    }
    return new Finding(what, events, cross);
  }
}
