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
  private final Alphabet alphabet;
  private final int n;
  private final long[] bits;
  private final Map<String, Relation> relations = new HashMap<>();

  GraphStructure(Graph g, ModelEvents events, Alphabet alphabet) {
    this.g = g;
    this.events = events;
    this.alphabet = alphabet;
    n = events.size;
    bits = new long[n];
    for (int e = 0; e < n; e++) {
      Expansion of = events.expansion[e];
      bits[e] = of == null ? alphabet.initial() : of.bits()[events.part[e]];
    }
    order();
    depend();
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

  private void depend() {
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
    events.dependencies.forEach(each -> depend(all, each));
    all.forEach((name, builder) -> relations.put(name, builder.build()));
    Relation pairs = relations.getOrDefault("rmw", Relation.empty(n));
    relations.put("amo", pairs.minus(relations.getOrDefault("lxsx", Relation.empty(n))));
  }

  /** A dependency on what an operation of kernel code returns. */
  private void depend(Map<String, Relation.Builder> all, ModelEvents.Named named) {
    String name =
        switch (named.kind()) {
          case ADDRESS -> "addr";
          case DATA -> "data";
          case CONTROL -> "ctrl";
        };
    Expansion of = events.expansionOf(named.on());
    depend(all, name, of.result(), named.on(), named.to());
    depend(all, "pick-" + name, of.picked(), named.on(), named.to());
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
      for (int b = 0; events.location[a] >= 0 && b < n; b++) {
        if (events.location[a] == events.location[b]) {
          loc.add(a, b);
        }
      }
      if (events.rf[a] >= 0) {
        rf.add(events.rf[a], a);
      }
    }
    for (int[] order : events.co) {
      for (int i = 0; i < order.length; i++) {
        for (int j = i + 1; j < order.length; j++) {
          co.add(order[i], order[j]);
        }
      }
    }
    relations.put("loc", loc.build());
    relations.put("rf", rf.build());
    relations.put("known-co", co.build());
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
