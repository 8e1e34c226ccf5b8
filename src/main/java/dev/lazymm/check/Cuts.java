package dev.lazymm.check;

import dev.lazymm.machine.Refusal;
import java.util.Arrays;

/**
 * The choices that a new access has in the co of a cell with {@link Kind#ADD}s.
 *
 * <p>Adds commute: of two whose results nobody is given, neither comes first unless somebody sees
 * the one without the other. So co is here a list of sets. A write that is no ADD stands alone; the
 * ADDs between two such, or between two reads that see different ones, are a set, in which the
 * list's order means nothing. A read sees the latest write that is no ADD and all ADDs since, up to
 * its <em>cut</em>. Where it splits a set the part that it sees must be closed: with an ADD all
 * that happens before it.
 *
 * <p>A choice is a place in co at which there is a cut, and which ADDs of the set behind it come
 * first, as bits in the order of their stamps; so it says the same in every graph that has the same
 * events. Only choices that are consistent are found, in the order of co, and the last is what is
 * done by default: to see all, or to come last. Exact under sequential consistency, for which alone
 * there are ADDs. Owned by one explorer.
 */
final class Cuts {
  /** The most ADDs that a set may have in which some are told from others. */
  static final int MOST = 31;

  private final MemoryModel model;

  /** How many choices there are. */
  int size;

  private int[] places = new int[8];
  private int[] chosen = new int[8];
  private int[] seen = new int[8];
  private int[] conflicts = new int[8];

  private int[] before = new int[0];
  private int[] other = new int[0];
  private int[] members = new int[0];
  private int[] kept = new int[4];
  private int keptSize;
  private final int[] needs = new int[MOST];
  private final int[] rank = new int[MOST];
  private int[] closed = new int[16];
  private int closedSize;

  Cuts(MemoryModel model) {
    this.model = model;
  }

  /** {@return the place of a choice: that of a cut in co} */
  int place(int i) {
    return places[i];
  }

  /** {@return which ADDs of the set behind the place come first, too} */
  int chosen(int i) {
    return chosen[i];
  }

  /**
   * {@return which ADDs of the set that is then behind the write a read that is given it sees, too}
   */
  int seen(int i) {
    return seen[i];
  }

  /**
   * {@return the read added first that the write part of a read part with this choice would have to
   * give another value; NONE if there is none}
   */
  int conflict(int i) {
    return conflicts[i];
  }

  /** {@return what a read with a choice reads} */
  long value(Graph g, int c, int i) {
    int p = places[i];
    long sum = g.valueAt(c, p);
    if (chosen[i] != 0) {
      int[] set = g.adds.members(c, p, g.adds.nextCut(c, p));
      for (int m = 0; m < set.length; m++) {
        sum += (chosen[i] >>> m & 1) == 0 ? 0 : g.value[set[m]];
      }
    }
    return sum;
  }

  // ---- new events ------------------------------------------------------------------------------

  /** Finds what a read may see that is next in a thread after its first {@code count} events. */
  void ofRead(Graph g, int t, int count, int c) {
    begin(g);
    model.before(g, t, count, before);
    for (int base = 0, end; base <= g.coLength[c]; base = end + 1) {
      end = g.adds.last(c, base);
      if (isAfter(g, c, end)) {
        continue;
      }
      int latest = lastIn(g, c, base, end);
      int cut = base;
      while (true) {
        int next = g.adds.nextCut(c, cut);
        boolean last = next == end && !isSplit(g, c, cut, end);
        if (latest <= next) {
          sets(g, c, cut, next, 0);
          int conflict = conflict(g, c, cut, end, last);
          for (int i = 0; i < closedSize - (last ? 0 : 1); i++) {
            add(cut, closed[i], 0, conflict);
          }
        }
        if (last) {
          break;
        }
        cut = next;
      }
    }
  }

  /** Finds where a store, the latest event, may stand without being read. */
  void ofWrite(Graph g, int w) {
    begin(g);
    int c = g.cell[w];
    model.before(g, g.thread[w], g.index[w], before);
    for (int base = 0, end; base <= g.coLength[c]; base = end + 1) {
      end = g.adds.last(c, base);
      if (isClosed(g, c, end) || isAfter(g, c, end)) {
        continue;
      }
      int cut = g.adds.cutBefore(c, end);
      sets(g, c, cut, end, 0);
      for (int i = 0; i < closedSize; i++) {
        add(cut, closed[i], 0, Graph.NONE);
      }
    }
  }

  /** Finds where an ADD, the latest event, may stand without being read. */
  void ofAdd(Graph g, int w) {
    begin(g);
    int c = g.cell[w];
    model.before(g, g.thread[w], g.index[w], before);
    for (int base = 0, end; base <= g.coLength[c]; base = end + 1) {
      end = g.adds.last(c, base);
      if (!isClosed(g, c, end) && !isAfter(g, c, end)) {
        add(end, 0, 0, Graph.NONE);
      }
    }
  }

  /** {@return the sets of the ADDs in a stretch of co that have all that their ADDs need} */
  int[] closedSets(Graph g, int c, int after, int last) {
    setsOf(g, c, after, last, 0);
    return Arrays.copyOf(closed, closedSize);
  }

  // ---- revisits --------------------------------------------------------------------------------

  /**
   * Finds where write w, which is not in co yet, may stand so that read r, which is detached, and
   * no other sees it. A wait that what it sees does not satisfy is of use only if it sees all.
   *
   * @param sees where r is to go on to see all it sees, the place of its cut; else -1
   */
  void ofRevisit(Graph g, int r, int w, int sees) {
    begin(g);
    int c = g.cell[w];
    model.before(g, g.thread[r], g.index[r], before);
    model.before(g, g.thread[w], g.index[w], other);
    int forced = g.kind[w] == Kind.RMW_W ? g.cut[g.readPart(w)] : -1;
    findKept(g, r, w);
    for (int base = 0, end; base <= g.coLength[c]; base = end + 1) {
      end = g.adds.last(c, base);
      boolean here = isIn(base, end, forced) && isIn(base, end, sees);
      if (!here || isClosed(g, c, end) || isAfter(g, c, end) || isIn(g, c, end + 1, other)) {
        continue;
      }
      int cut = g.adds.cutBefore(c, end);
      if ((forced < 0 || cut == forced) && (sees < 0 || cut <= sees)) {
        ofRevisit(g, r, w, sees, base, cut, end);
      }
    }
  }

  private static boolean isIn(int base, int end, int place) {
    return place < 0 || (place >= base && place <= end);
  }

  /** The same, in the stretch of co after a write that has this last cut and this end. */
  private void ofRevisit(Graph g, int r, int w, int sees, int base, int cut, int end) {
    int c = g.cell[w];
    members = g.adds.members(c, cut, end);
    int mine = bits(g, c, cut, end, before);
    int needed = bits(g, c, cut, end, other);
    int most = -1;
    if (sees >= 0) {
      mine = 0;
      for (int m = 0; m < members.length; m++) {
        mine |= g.coPos[members[m]] <= sees ? 1 << m : 0;
      }
      most = mine;
    }
    switch (g.kind[w]) {
      case Kind.ADD -> {
        setsOf(g, c, cut, end, needed | mine);
        int full = closed[closedSize - 1];
        for (int i = 0; i < closedSize; i++) {
          long v = g.valueAt(c, cut) + sum(g, closed[i]) + g.value[w];
          if ((closed[i] & ~most) == 0
              && keptSize == keptSeen(g, base, cut) + keptIn(closed[i])
              && mayRead(g, r, v, end == g.coLength[c] && closed[i] == full)) {
            add(cut, closed[i], 0, Graph.NONE);
          }
        }
      }
      case Kind.RMW_W -> {
        setsOf(g, c, cut, end, needed | mine);
        all(g, r, w, cut, end, 0, most);
      }
      default -> {
        setsOf(g, c, cut, end, needed);
        for (int stood : Arrays.copyOf(closed, closedSize)) {
          setsOf(g, c, cut, end, stood | mine);
          all(g, r, w, cut, end, stood, most);
        }
      }
    }
  }

  /** Notes a choice for each set that r may see of what is then behind w. */
  private void all(Graph g, int r, int w, int cut, int end, int stood, int most) {
    int full = closed[closedSize - 1];
    for (int i = 0; i < closedSize; i++) {
      int more = closed[i] & ~stood;
      boolean last = end == g.coLength[g.cell[w]] && closed[i] == full;
      if ((closed[i] & ~most) == 0
          && keptIn(more) == keptSize
          && mayRead(g, r, g.value[w] + sum(g, more), last)) {
        add(cut, stood, Integer.compress(more, ~stood), Graph.NONE);
      }
    }
  }

  /**
   * Finds what r must see: what came after it and is there for its sake only. What another such
   * needs is there for that.
   */
  private void findKept(Graph g, int r, int w) {
    int c = g.cell[w];
    keptSize = 0;
    for (int p = 1; p <= g.coLength[c]; p++) {
      int x = g.coAt(c, p);
      if (x > r && !g.inPrefix(x, w) && !isNeeded(g, c, x, r)) {
        if (keptSize == kept.length) {
          kept = Arrays.copyOf(kept, 2 * keptSize);
        }
        kept[keptSize++] = x;
      }
    }
  }

  private static boolean isNeeded(Graph g, int c, int x, int r) {
    for (int p = 1; p <= g.coLength[c]; p++) {
      int y = g.coAt(c, p);
      if (y > r && y != x && g.inPrefix(x, y)) {
        return true;
      }
    }
    return false;
  }

  private int keptSeen(Graph g, int base, int cut) {
    int n = 0;
    for (int i = 0; i < keptSize; i++) {
      n += g.coPos[kept[i]] >= base && g.coPos[kept[i]] <= cut ? 1 : 0;
    }
    return n;
  }

  private int keptIn(int bits) {
    int n = 0;
    for (int i = 0; i < keptSize; i++) {
      int m = Arrays.binarySearch(members, kept[i]);
      n += m >= 0 && (bits >>> m & 1) != 0 ? 1 : 0;
    }
    return n;
  }

  private static boolean mayRead(Graph g, int r, long v, boolean last) {
    return last || g.kind[r] != Kind.AWAIT || g.satisfies(r, v);
  }

  private long sum(Graph g, int bits) {
    long sum = 0;
    for (int m = 0; m < members.length; m++) {
      sum += (bits >>> m & 1) == 0 ? 0 : g.value[members[m]];
    }
    return sum;
  }

  // ---- sets ------------------------------------------------------------------------------------

  /** Finds the closed sets of the ADDs in a stretch of co that have those before and some more. */
  private void sets(Graph g, int c, int after, int last, int must) {
    int needed = must | bits(g, c, after, last, before);
    setsOf(g, c, after, last, needed);
  }

  private void setsOf(Graph g, int c, int after, int last, int must) {
    members = g.adds.members(c, after, last);
    int n = members.length;
    closedSize = 0;
    if (n > MOST) {
      throw new Refusal(
          "more than %d increments of one cell are not ordered: expected fewer,".formatted(MOST)
              + " or --ordered-increments");
    }
    int full = (int) ((1L << n) - 1);
    if (must == full) {
      closedSize = 1;
      closed[0] = full;
      return;
    }
    if (Integer.bitCount(must) == n - 1) {
      closedSize = 2;
      closed[0] = must;
      closed[1] = full;
      return;
    }
    order(g, n);
    extend(0, n, 0, must);
  }

  /** What each needs, and an order in which each comes after what it needs. */
  private void order(Graph g, int n) {
    int[] point = new int[g.threads];
    for (int m = 0; m < n; m++) {
      int y = members[m];
      model.before(g, g.thread[y], g.index[y], point);
      needs[m] = 0;
      for (int k = 0; k < n; k++) {
        int x = members[k];
        needs[m] |= k != m && g.index[x] < point[g.thread[x]] ? 1 << k : 0;
      }
      int at = m;
      while (at > 0 && Integer.bitCount(needs[rank[at - 1]]) > Integer.bitCount(needs[m])) {
        rank[at] = rank[at - 1];
        at--;
      }
      rank[at] = m;
    }
  }

  private void extend(int i, int n, int set, int must) {
    if (i == n) {
      if (closedSize == closed.length) {
        closed = Arrays.copyOf(closed, 2 * closedSize);
      }
      closed[closedSize++] = set;
      return;
    }
    int m = rank[i];
    if ((must >>> m & 1) == 0) {
      extend(i + 1, n, set, must);
    }
    if ((needs[m] & ~set) == 0) {
      extend(i + 1, n, set | 1 << m, must);
    }
  }

  /** Which ADDs of a stretch of co are in a prefix. */
  private static int bits(Graph g, int c, int after, int last, int[] prefix) {
    int[] set = g.adds.members(c, after, last);
    int bits = 0;
    for (int m = 0; m < Math.min(set.length, MOST); m++) {
      bits |= g.index[set[m]] < prefix[g.thread[set[m]]] ? 1 << m : 0;
    }
    return bits;
  }

  // ---- co --------------------------------------------------------------------------------------

  private void begin(Graph g) {
    size = 0;
    if (before.length < g.threads) {
      before = new int[g.threads];
      other = new int[g.threads];
    }
  }

  private void add(int place, int set, int more, int conflict) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      chosen = Arrays.copyOf(chosen, 2 * size);
      seen = Arrays.copyOf(seen, 2 * size);
      conflicts = Arrays.copyOf(conflicts, 2 * size);
    }
    places[size] = place;
    chosen[size] = set;
    seen[size] = more;
    conflicts[size++] = conflict;
  }

  /** Whether the write behind a place in co happens before, so that nothing new comes there. */
  private boolean isAfter(Graph g, int c, int end) {
    return isIn(g, c, end + 1, before);
  }

  private static boolean isIn(Graph g, int c, int place, int[] prefix) {
    if (place > g.coLength[c]) {
      return false;
    }
    int e = g.coAt(c, place);
    return g.index[e] < prefix[g.thread[e]];
  }

  /** Whether a read-modify-write has read what is at a place in co, so that nothing comes after. */
  private static boolean isClosed(Graph g, int c, int end) {
    return end < g.coLength[c] && g.kind[g.coAt(c, end + 1)] == Kind.RMW_W;
  }

  /** The place of the last ADD of a stretch that happens before. */
  private int lastIn(Graph g, int c, int after, int end) {
    int p = end;
    while (p > after && !isIn(g, c, p, before)) {
      p--;
    }
    return p;
  }

  /** Whether something is read at the end of a stretch of co, and not at its start. */
  private static boolean isSplit(Graph g, int c, int cut, int end) {
    return cut < end && g.adds.cutBefore(c, end) == end;
  }

  /** The first of those who read after a cut what they would not if a write stood there. */
  private static int conflict(Graph g, int c, int cut, int end, boolean last) {
    int first = isClosed(g, c, end) ? g.readPart(g.coAt(c, end + 1)) : Graph.NONE;
    for (int i = 0; !last && i < g.readsLength[c]; i++) {
      int r = g.reads[c][i];
      if (g.rf[r] != Graph.NONE
          && g.cut[r] > cut
          && g.cut[r] <= end
          && (first == Graph.NONE || r < first)) {
        first = r;
      }
    }
    return first;
  }
}
