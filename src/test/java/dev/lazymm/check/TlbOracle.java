package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I7 the plain way: puts the events of one execution in a row, with a TLB a CPU that caches all it
 * can as early as it can, and after every event looks at what user mode may use. An execution
 * stands for many rows; those tried are, for each event of each CPU, the row in which that CPU
 * comes first up to there and last from there.
 */
final class TlbOracle {
  /** An entry, with the version of its range and the life of its mm as of when it was cached. */
  private record Key(KObject root, KObject range) {}

  private record Cached(int version, int life) {}

  /** One CPU. */
  private static final class Mmu {
    final Map<Long, Map<Key, Cached>> tags = new HashMap<>();
    @Nullable KObject root;
    boolean untagged;
    long tag;
    @Nullable KObject user;
    boolean away;
  }

  private final Execution x;
  private final Graph g;
  private final int ofRoot;
  private final KObject init;
  private final Mmu[] mmus;
  private final Map<KObject, Integer> version = new HashMap<>();
  private final Map<KObject, Integer> valid = new HashMap<>();
  private final Map<Integer, Integer> made = new HashMap<>();
  private final Map<Mm, Integer> life = new HashMap<>();
  private final Set<Mm> gone = new HashSet<>();

  private TlbOracle(Execution x) {
    this.x = x;
    g = x.graph();
    ofRoot = x.register(Hold.ROOT);
    init = x.kernel().arch().rootOf(x.kernel().initMm());
    mmus = new Mmu[g.threads];
    for (int t = 0; t < g.threads; t++) {
      mmus[t] = new Mmu();
      Snapshot.CpuState start = x.prepared().program().start().cpus().get(t);
      KObject root = start.root();
      if (root != null) {
        load(mmus[t], root, start.tag(), false);
        mmus[t].user = root == init ? null : root;
      }
    }
  }

  /** {@return whether in some row that is tried a stale or a foreign entry can be used} */
  static boolean breaksI7(Execution x) {
    Graph g = x.graph();
    for (int cpu = 0; cpu < g.threads; cpu++) {
      for (int first = 0; first <= g.length[cpu]; first++) {
        if (first > 0 && !matters(g.kind[g.po[cpu][first - 1]])) {
          continue;
        }
        for (boolean up : new boolean[] {true, false}) {
          if (new TlbOracle(x).row(cpu, first, up)) {
            return true;
          }
          if (g.threads < 3) {
            break;
          }
        }
      }
    }
    return false;
  }

  /** After which events a TLB caches something new, or is used. */
  private static boolean matters(int kind) {
    return kind == Kind.USER || kind == Kind.HOLD || kind == Kind.FLUSH || kind == Kind.FLUSH_ALL;
  }

  private boolean row(int cpu, int first, boolean up) {
    int[] next = new int[g.threads];
    fill();
    boolean bad = usable();
    for (int n = 0; n < g.size && !bad; n++) {
      int t = pick(next, cpu, first, up);
      int e = g.po[t][next[t]++];
      happen(t, e, next[t] < g.length[t] ? g.po[t][next[t]] : Graph.NONE);
      fill();
      bad = usable();
    }
    return bad;
  }

  /** The first thread in the order of preference whose next event waits for nobody. */
  private int pick(int[] next, int cpu, int first, boolean up) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < g.threads; i++) {
      int t = up ? i : g.threads - 1 - i;
      if (t != cpu) {
        order.add(t);
      }
    }
    order.add(next[cpu] < first ? 0 : order.size(), cpu);
    Set<Integer> wanted = new HashSet<>();
    int t = order.getFirst();
    for (int want : order) {
      if (next[want] < g.length[want]) {
        t = want;
        break;
      }
    }
    while (wanted.add(t)) { // whoever it waits for goes first
      int blocker = blocker(next, t);
      if (blocker < 0) {
        return t;
      }
      t = blocker;
    }
    throw new AssertionError("a cycle");
  }

  private int blocker(int[] next, int t) {
    int e = g.po[t][next[t]];
    for (int other = 0; other < g.threads; other++) {
      if (other != t && next[other] < g.length[other] && x.isBefore(g.po[other][next[other]], e)) {
        return other;
      }
    }
    return -1;
  }

  private void happen(int t, int e, int following) {
    Mmu mmu = mmus[t];
    boolean inHandler = (g.flags[e] & Graph.IN_HANDLER) != 0;
    boolean pause = g.kind[e] == Kind.POLL || g.kind[e] == Kind.FENCE || g.kind[e] == Kind.DEPENDS;
    if (!inHandler && !pause) {
      mmu.user = null;
    }
    mmu.away = following != Graph.NONE && (g.flags[following] & Graph.IN_HANDLER) != 0;
    switch (g.kind[e]) {
      case Kind.USER -> mmu.user = x.object(e);
      case Kind.HOLD -> {
        if (g.op[e] == ofRoot) {
          load(mmu, x.object(e), (int) (g.operand[e] >> 1) - 1, (g.operand[e] & 1) != 0);
        }
      }
      case Kind.FLUSH -> flush(mmu, g.cell[e] < 0 ? null : x.object(e));
      case Kind.FLUSH_ALL -> {
        for (Mmu each : mmus) {
          each.tags.keySet().removeIf(tag -> g.op[e] == 0 || tag == g.op[e]);
        }
      }
      case Kind.PTE -> {
        for (KObject range : ranges(x.object(e))) {
          made.put(e, version.merge(range, 1, Integer::sum));
        }
      }
      case Kind.FLUSHED -> {
        for (int i = g.index[e] - 1; i >= 0; i--) {
          int change = g.po[t][i];
          if (g.kind[change] == Kind.PTE && g.cell[change] == g.cell[e]) {
            for (KObject range : ranges(x.object(e))) {
              valid.merge(range, made.getOrDefault(change, 0), Math::max);
            }
            break;
          }
        }
      }
      case Kind.UNLINK -> {
        for (Mm mm : x.mms()) {
          if (mm.userTables == x.object(e)) {
            gone.add(mm);
          }
        }
      }
      case Kind.ALLOC -> {
        if (x.object(e) instanceof Mm mm) {
          life.merge(mm, 1, Integer::sum);
          gone.remove(mm);
          for (KObject range : ranges(mm)) {
            valid.remove(range); // of the mm that was there before
          }
        }
      }
      default -> {}
    }
  }

  private static List<KObject> ranges(KObject changed) {
    return changed instanceof Mm mm ? List.of(mm.rangeTables, mm.userTables) : List.of(changed);
  }

  private static void load(Mmu mmu, KObject root, int tag, boolean flush) {
    mmu.root = root;
    mmu.untagged = tag < 0;
    mmu.tag = mmu.untagged ? -root.handle() : tag + 1L;
    if (flush) {
      mmu.tags.remove(mmu.tag);
    }
  }

  private static void flush(Mmu mmu, @Nullable KObject range) {
    if (mmu.untagged) {
      mmu.tags.clear();
    } else if (mmu.tags.get(mmu.tag) instanceof Map<Key, Cached> all) {
      all.keySet().removeIf(key -> range == null || key.range() == range);
    }
  }

  private void fill() {
    for (Mmu mmu : mmus) {
      for (Mm mm : x.mms()) {
        KObject root = mmu.root;
        if (root != null && root != init && x.kernel().arch().rootOf(mm) == root) {
          for (KObject range : gone.contains(mm) ? List.<KObject>of() : ranges(mm)) {
            Cached now = new Cached(version.getOrDefault(range, 0), life.getOrDefault(mm, 0));
            mmu.tags
                .computeIfAbsent(mmu.tag, _ -> new HashMap<>())
                .putIfAbsent(new Key(root, range), now);
          }
        }
      }
    }
  }

  private boolean usable() {
    for (Mmu mmu : mmus) {
      if (mmu.user == null || mmu.away) {
        continue;
      }
      for (Map.Entry<Key, Cached> entry : mmu.tags.getOrDefault(mmu.tag, Map.of()).entrySet()) {
        Key key = entry.getKey();
        Cached cached = entry.getValue();
        if (key.root() != mmu.user
            || cached.version() < valid.getOrDefault(key.range(), 0)
            || cached.life() != lifeOf(key.root())) {
          return true;
        }
      }
    }
    return false;
  }

  private int lifeOf(KObject root) {
    for (Mm mm : x.mms()) {
      if (x.kernel().arch().rootOf(mm) == root) {
        return life.getOrDefault(mm, 0);
      }
    }
    return 0;
  }
}
