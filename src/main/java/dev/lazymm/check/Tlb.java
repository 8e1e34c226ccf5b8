package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one CPU's TLB may hold along its program order. A TLB may fill at any moment while a root is
 * loaded, so nothing is said of single fills: of each range under each tag it is known since when
 * nothing has dropped it, and an entry may be as old as that.
 */
final class Tlb {
  /** A load without a tag: entries are told apart by their root. */
  static final long UNTAGGED = 0;

  /**
   * An entry that may be used in user mode.
   *
   * @param cpu where
   * @param mm whose entry it is; null if of no mm that is known
   * @param tag the tag it carries
   * @param root the root it was cached from
   * @param range what it translates
   * @param since the event since which it may be there, {@link Graph#NONE} for the start
   * @param user the root that the user mode ought to be on
   * @param begin the event since which it is used, {@link Graph#NONE} for the start
   * @param end the event that ended that, {@link Graph#NONE} if nothing did
   */
  record Use(
      int cpu,
      @Nullable Mm mm,
      long tag,
      KObject root,
      KObject range,
      int since,
      KObject user,
      int begin,
      int end) {}

  /**
   * What a slot says of a tag, and what the tag holds by then.
   *
   * @param event the SLOT
   * @param since for each range of the slot's mm since when entries may be there
   */
  record Slot(int cpu, int event, Map<KObject, Integer> since) {}

  private record Entry(KObject root, KObject range) {}

  private final Execution x;
  private final Graph g;
  private final int cpu;
  private final Map<Long, Map<Entry, Integer>> tags = new HashMap<>();
  private final Map<Integer, Integer> walks = new HashMap<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private long tag;
  private boolean untagged;
  private @Nullable KObject root;
  private @Nullable KObject user;
  private int begin;

  Tlb(Execution x, int cpu) {
    this.x = x;
    this.g = x.graph();
    this.cpu = cpu;
    scan();
  }

  /** {@return how a HOLD event keeps the manner of a load} */
  static long load(int tag, boolean flush) {
    return (tag + 1L) << 1 | (flush ? 1 : 0);
  }

  /** {@return whether an event of the CPU drops all cached walks of the tag it is on} */
  static boolean flushes(Graph g, int e, int ofRoot) {
    return g.kind[e] == Kind.FLUSH
        || (g.kind[e] == Kind.HOLD && g.op[e] == ofRoot && (g.operand[e] & 1) != 0);
  }

  /** {@return whether an event of any CPU drops all that carries a tag, everywhere} */
  static boolean flushesAll(Graph g, int e, long tag) {
    return g.kind[e] == Kind.FLUSH_ALL && (g.op[e] == 0 || g.op[e] == tag);
  }

  /** {@return what is used in user mode} */
  List<Use> uses() {
    return uses;
  }

  /** {@return what the kernel says of its slots} */
  List<Slot> slots() {
    return slots;
  }

  /**
   * {@return since when the CPU may have cached walks of the root that {@code load} loads}
   *
   * @param load a HOLD event of the root
   */
  int walksSince(int load) {
    return walks.getOrDefault(load, load);
  }

  private void scan() {
    int ofRoot = x.register(Hold.ROOT);
    Snapshot.CpuState start = x.prepared().program().start().cpus().get(cpu);
    if (start.root() != null) {
      load(start.root(), load(start.tag(), false), Graph.NONE);
      if (start.root() != initRoot()) {
        user = start.root();
      }
    }
    begin = Graph.NONE;
    for (int i = 0; i < g.length[cpu]; i++) {
      int e = g.po[cpu][i];
      if (g.kind[e] == Kind.POLL || g.kind[e] == Kind.DEPENDS) {
        continue;
      }
      boolean loads = g.kind[e] == Kind.HOLD && g.op[e] == ofRoot;
      boolean inHandler = (g.flags[e] & Graph.IN_HANDLER) != 0;
      if (user != null && (!inHandler || loads || g.kind[e] == Kind.FLUSH)) {
        use(e);
        begin = e;
        user = inHandler ? user : null;
      }
      if (loads) {
        load(x.object(e), g.operand[e], e);
      } else if (g.kind[e] == Kind.FLUSH) {
        flush(g.cell[e] < 0 ? null : x.object(e), e);
      } else if (g.kind[e] == Kind.FLUSH_ALL) {
        if (g.op[e] == 0) {
          tags.clear();
        } else {
          tags.remove((long) g.op[e]);
        }
        fill(e);
      } else if (g.kind[e] == Kind.SLOT) {
        slot(e);
      } else if (g.kind[e] == Kind.USER) {
        user = x.object(e);
        begin = e;
      }
    }
    if (user != null) {
      use(Graph.NONE);
    }
  }

  private KObject initRoot() {
    return x.kernel().arch().rootOf(x.kernel().initMm());
  }

  private void load(KObject next, long how, int e) {
    root = next;
    untagged = how >> 1 == 0;
    tag = untagged ? -next.handle() : how >> 1;
    if ((how & 1) != 0) {
      tags.remove(tag);
    }
    fill(e);
    if (tags.get(tag) instanceof Map<Entry, Integer> all) {
      walks.put(e, all.getOrDefault(new Entry(next, next), e));
    }
  }

  private void flush(@Nullable KObject range, int e) {
    if (untagged) {
      tags.clear();
    } else if (tags.get(tag) instanceof Map<Entry, Integer> all) {
      all.keySet()
          .removeIf(old -> range == null || old.range() == range || old.range() == old.root());
    }
    fill(e);
  }

  /** From here on the root that is loaded may be cached, if it was not before. */
  private void fill(int e) {
    if (root == null || root == initRoot()) {
      return; // init_mm has no user addresses
    }
    Map<Entry, Integer> all = tags.computeIfAbsent(tag, _ -> new LinkedHashMap<>());
    all.putIfAbsent(new Entry(root, root), e); // the walk
    if (mmOf(root) instanceof Mm mm) {
      all.putIfAbsent(new Entry(root, mm.rangeTables), e);
      all.putIfAbsent(new Entry(root, mm.userTables), e);
    }
  }

  private @Nullable Mm mmOf(KObject ofRoot) {
    for (Mm mm : x.mms()) {
      if (x.kernel().arch().rootOf(mm) == ofRoot) {
        return mm;
      }
    }
    return null;
  }

  private void use(int end) {
    Map<Entry, Integer> all = tags.getOrDefault(tag, Map.of());
    KObject expected = user;
    if (expected != null) {
      all.forEach((entry, since) -> {
        if (entry.range() != entry.root()) {
          uses.add(
              new Use(
                  cpu,
                  mmOf(entry.root()),
                  tag,
                  entry.root(),
                  entry.range(),
                  since,
                  expected,
                  begin,
                  end));
        }
      });
    }
  }

  private void slot(int e) {
    Map<KObject, Integer> since = new LinkedHashMap<>();
    if (x.object(e) instanceof Mm mm) {
      KObject of = x.kernel().arch().rootOf(mm);
      tags.getOrDefault(g.op[e] + 1L, Map.of())
          .forEach((entry, event) -> {
            if (entry.root() == of && entry.range() != of) {
              since.put(entry.range(), event);
            }
          });
    }
    slots.add(new Slot(cpu, e, since));
  }
}
