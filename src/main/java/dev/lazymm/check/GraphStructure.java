package dev.lazymm.check;

import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Relation;
import dev.lazymm.cat.Structure;
import dev.lazymm.check.mapped.Alphabet;
import dev.lazymm.check.mapped.Expansion;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.PathEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sets and relations of a graph's {@link ModelEvents}, for the cat engine. Everything is known:
 * reads-from, and the coherence order as {@code known-co}.
 */
final class GraphStructure implements Structure {
  private final Graph g;
  private final ModelEvents events;
  private final @Nullable Conflict conflict;
  private final Alphabet alphabet;
  private final int n;
  private final long[] bits;
  private final Map<String, Relation> relations = new HashMap<>();

  /**
   * @param more dependencies besides those that the graph has
   */
  GraphStructure(
      Graph g,
      ModelEvents events,
      @Nullable Conflict conflict,
      Alphabet alphabet,
      List<Kept> more) {
    this.g = g;
    this.events = events;
    this.conflict = conflict;
    this.alphabet = alphabet;
    n = events.size;
    bits = new long[n];
    for (int e = 0; e < n; e++) {
      Expansion of = events.expansion[e];
      bits[e] = of == null ? alphabet.initial() : of.bits()[events.part[e]];
    }
    order();
    depend(more);
    communicate();
  }

  // ---- program order, and what depends on what -------------------------------------------------

  private void order() {
    Relation.Builder po = new Relation.Builder(n);
    Relation.Builder inside = new Relation.Builder(n);
    for (int t = 0; t < g.threads; t++) {
      for (int a = events.from[t]; a < events.from[t + 1]; a++) {
        for (int b = events.from[t]; b < events.from[t + 1]; b++) {
          inside.add(a, b);
          if (a < b) {
            po.add(a, b);
          }
        }
      }
    }
    Relation same = inside.build();
    Relation id = Relation.identity(n);
    relations.put("po", po.build());
    relations.put("int", same);
    relations.put("ext", same.complement().minus(id));
    relations.put("id", id);
    relations.put("sm", id);
    relations.put("si", id);
  }

  /** A dependency that all that follows in the thread has. */
  private record Open(String name, int on) {}

  private void depend(List<Kept> more) {
    Map<String, Relation.Builder> all = new HashMap<>();
    for (int t = 0; t < g.threads; t++) {
      List<Open> open = new ArrayList<>();
      int e = events.from[t];
      while (e < events.from[t + 1]) {
        Expansion of = events.expansionOf(e);
        for (int k = 0; k < of.size(); k++) {
          depend(all, of.events().get(k), e, e + k);
          for (Open each : open) {
            on(all, each.name).add(each.on, e + k);
          }
        }
        for (int k : of.branches()) {
          open.add(new Open("ctrl", e + k));
        }
        for (var each : of.open().entrySet()) {
          for (int k : each.getValue()) {
            open.add(new Open(each.getKey(), e + k));
          }
        }
        e += of.size();
      }
    }
    Kept.in(g).forEach(kept -> depend(all, kept));
    more.forEach(kept -> depend(all, kept));
    all.forEach((name, builder) -> relations.put(name, builder.build()));
    Relation pairs = relations.getOrDefault("rmw", Relation.empty(n));
    relations.put("amo", pairs.minus(relations.getOrDefault("lxsx", Relation.empty(n))));
  }

  /** A dependency that kernel code has named, or that somebody asks about. */
  private void depend(Map<String, Relation.Builder> all, Kept kept) {
    int t = kept.thread();
    int base = events.base[g.po[t][kept.read()]];
    if (base < 0) {
      return; // the question is not about it
    }
    Expansion of = events.expansionOf(base);
    for (int e = base + of.size(); e < events.from[t + 1]; e++) {
      if (depends(kept, e)) {
        String name =
            switch (kept.kind()) {
              case ADDRESS -> "addr";
              case DATA -> "data";
              case CONTROL -> "ctrl";
            };
        depend(all, name, of.result(), base, e);
        depend(all, "pick-" + name, of.picked(), base, e);
      }
    }
  }

  private boolean depends(Kept kept, int e) {
    Expansion of = events.expansionOf(e);
    int i = events.index(e, conflict);
    return switch (kept.kind()) {
      case ADDRESS -> i == kept.to() && of.accesses(events.part[e]) && !events.isGhost(e);
      case DATA -> i == kept.to() && of.writes(events.part[e]) && !events.isGhost(e);
      case CONTROL -> i >= kept.to();
    };
  }

  private void depend(Map<String, Relation.Builder> all, PathEvent event, int first, int e) {
    depend(all, "addr", event.addr(), first, e);
    depend(all, "data", event.data(), first, e);
    depend(all, "ctrl", event.ctrl(), first, e);
    event.more().forEach((name, on) -> depend(all, name, on, first, e));
    if (event.readPart() >= 0 && event.action() == Action.WRITE) {
      on(all, "rmw").add(first + event.readPart(), e);
    }
  }

  private void depend(
      Map<String, Relation.Builder> all, String name, Set<Integer> on, int first, int e) {
    for (int each : on) {
      on(all, name).add(first + each, e);
    }
  }

  private Relation.Builder on(Map<String, Relation.Builder> all, String name) {
    return all.computeIfAbsent(name, _ -> new Relation.Builder(n));
  }

  // ---- locations, reads-from, coherence --------------------------------------------------------

  private void communicate() {
    Relation.Builder loc = new Relation.Builder(n);
    Relation.Builder rf = new Relation.Builder(n);
    Relation.Builder co = new Relation.Builder(n);
    for (int a = 0; a < n; a++) {
      if (events.location[a] >= 0) {
        for (int b = 0; b < n; b++) {
          if (events.location[a] == events.location[b]) {
            loc.add(a, b);
          }
        }
        read(rf, a);
      }
    }
    for (int c = 0; c < g.cells(); c++) {
      if (events.initial[c] >= 0) {
        order(co, c);
      }
    }
    if (conflict instanceof Conflict.OfGhosts) {
      ghosts(rf, co);
    }
    relations.put("loc", loc.build());
    relations.put("rf", rf.build());
    relations.put("known-co", co.build());
  }

  private void read(Relation.Builder rf, int event) {
    Expansion of = events.expansion[event];
    int e = events.source[event];
    if (of != null && e >= 0 && of.reads(events.part[event])) {
      int from = g.rf[e];
      rf.add(
          readsGhost(e)
              ? events.first
              : from == Graph.INIT ? events.initial[g.cell[e]] : events.writer(from),
          event);
    }
  }

  /** Whether a read is to read the store that a ghost has become. */
  private boolean readsGhost(int e) {
    return conflict instanceof Conflict.WithAccess with
        && with.ghostFirst()
        && (with.access() == e
            || (g.succeeds(e) && with.access() == g.po[g.thread[e]][g.index[e] + 1]));
  }

  /** The coherence order of a cell, with the store that a ghost has become in its place. */
  private void order(Relation.Builder co, int c) {
    int ghostAt =
        conflict instanceof Conflict.WithAccess with && g.cell[with.access()] == c
            ? place(with)
            : -1;
    List<Integer> writes = new ArrayList<>();
    writes.add(events.initial[c]);
    for (int i = 0; i <= g.coLength[c]; i++) {
      if (i == ghostAt) {
        writes.add(events.first);
      }
      if (i < g.coLength[c]) {
        writes.add(events.writer(g.co[c][i]));
      }
    }
    for (int i = 0; i < writes.size(); i++) {
      for (int j = i + 1; j < writes.size(); j++) {
        co.add(writes.get(i), writes.get(j));
      }
    }
  }

  /** After how many writes of the graph the store that a ghost has become stands. */
  private int place(Conflict.WithAccess with) {
    int e = with.access();
    boolean writes = Kind.isWrite(g.kind[e]);
    if (with.ghostFirst()) {
      return writes ? g.coPos[e] - 1 : g.coLength[g.cell[e]];
    }
    return g.position(writes ? e : g.rf[e]);
  }

  /** The second of two ghosts comes first: the first one reads it, or is overwritten. */
  private void ghosts(Relation.Builder rf, Relation.Builder co) {
    int first = events.first;
    int second = events.second;
    boolean firstWrites = events.expansionOf(first).writes(0);
    boolean secondWrites = events.expansionOf(second).writes(0);
    if (firstWrites) {
      co.add(events.conflictInitial, first);
    }
    if (secondWrites) {
      co.add(events.conflictInitial, second);
    }
    if (firstWrites && secondWrites) {
      co.add(second, first);
    } else if (secondWrites) {
      rf.add(second, first);
    } else {
      rf.add(events.conflictInitial, second);
    }
  }

  // ---- Structure -------------------------------------------------------------------------------

  @Override
  public int size() {
    return n;
  }

  @Override
  public @Nullable EventSet set(String name) {
    return switch (name) {
      case "FW" -> lastWrites();
      case "NA" -> tagged("A").complement();
      default -> {
        long bit = alphabet.set(name);
        yield having(bit != 0 ? bit : alphabet.tag(name));
      }
    };
  }

  private EventSet lastWrites() {
    return EventSet.empty(n); // says nothing that known-co does not
  }

  @Override
  public EventSet tagged(String tag) {
    return having(alphabet.tag(tag));
  }

  private EventSet having(long bit) {
    return bit == 0 ? EventSet.empty(n) : EventSet.of(n, e -> (bits[e] & bit) != 0);
  }

  @Override
  public Relation relation(String name) {
    Relation known = relations.get(name);
    return known == null ? Relation.empty(n) : known;
  }

  @Override
  public long value(int event) {
    int e = events.source[event];
    Expansion of = events.expansion[event];
    if (e == ModelEvents.NO_EVENT || of == null) {
      boolean isCell = of == null && events.location[event] < g.cells();
      return isCell ? g.written(Graph.INIT, events.location[event]) : 0;
    }
    boolean writes = of.writes(events.part[event]);
    return writes && g.succeeds(e) ? g.rmwResult(e) : g.value[e];
  }
}
