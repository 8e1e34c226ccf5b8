package dev.lazymm.check;

import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Relation;
import dev.lazymm.check.Explained.Related;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The relations between the steps of a witness. Left out is what follows from others: coherence and
 * from-reads beyond the next write, pairs of a relation that are also two of its steps.
 */
final class Relations {
  /** Those that every execution has. */
  static final List<String> OF_ALL = List.of("po", "rf", "co", "fr");

  private final Graph g;
  private final Harm harm;
  private final WitnessMaker maker;
  private final Set<Related> found = new LinkedHashSet<>();

  Relations(Harm harm, WitnessMaker maker) {
    this.harm = harm;
    this.maker = maker;
    g = harm.prefix;
  }

  /**
   * {@return reads-from, coherence and from-reads between CPUs, and what is asked for besides, on
   * one CPU too}
   *
   * @param model null under sequential consistency
   */
  List<Related> find(List<String> show, @Nullable Weak model) {
    List<String> names = new ArrayList<>(OF_ALL);
    names.addAll(show);
    boolean allRf = show.contains("rf");
    boolean allCo = show.contains("co");
    boolean allFr = show.contains("fr");
    readsFrom(g).forEach(pair -> add("rf", pair, allRf));
    coherence(g).stream()
        .filter(pair -> allCo || !isUpdateOf(pair))
        .forEach(pair -> add("co", pair, allCo));
    fromReads(g).forEach(pair -> add("fr", pair, allFr));
    for (String name : show) {
      if (name.equals("po")) {
        programOrder();
      } else if (model != null && !OF_ALL.contains(name)) {
        named(name, model);
      }
    }
    return found.stream()
        .sorted(
            Comparator.<Related>comparingInt(r -> names.indexOf(r.name()))
                .thenComparingInt(Related::from)
                .thenComparingInt(Related::to))
        .toList();
  }

  // ---- between events --------------------------------------------------------------------------

  /** An event, and one that it comes before in a relation. */
  record Pair(int from, int to) {}

  /** {@return each read's write, but for what was there at first} */
  static List<Pair> readsFrom(Graph g) {
    return IntStream.range(0, g.size)
        .filter(r -> Kind.isRead(g.kind[r]) && g.rf[r] >= 0)
        .mapToObj(r -> new Pair(g.rf[r], r))
        .toList();
  }

  /** {@return each write and the next in coherence order} */
  static List<Pair> coherence(Graph g) {
    List<Pair> pairs = new ArrayList<>();
    for (int c = 0; c < g.cells(); c++) {
      for (int i = 1; i < g.coLength[c]; i++) {
        pairs.add(new Pair(g.co[c][i - 1], g.co[c][i]));
      }
    }
    return pairs;
  }

  /** {@return each read and the write that follows the one which it reads} */
  static List<Pair> fromReads(Graph g) {
    List<Pair> pairs = new ArrayList<>();
    for (int r = 0; r < g.size; r++) {
      int next = Kind.isRead(g.kind[r]) ? g.position(g.rf[r]) : 0;
      if (Kind.isRead(g.kind[r]) && next < g.coLength[g.cell[r]]) {
        pairs.add(new Pair(r, g.co[g.cell[r]][next]));
      }
    }
    return pairs;
  }

  /** Whether a write is the write part of what reads another: rf says that it follows it. */
  private boolean isUpdateOf(Pair pair) {
    return g.kind[pair.to] == Kind.RMW_W && g.rf[g.readPart(pair.to)] == pair.from;
  }

  // ---- between steps ---------------------------------------------------------------------------

  private void programOrder() {
    for (int t = 0; t < g.threads; t++) {
      int last = -1;
      for (int i = 0; i < g.length[t]; i++) {
        int step = step(g.po[t][i]);
        if (step >= 0 && last >= 0 && step != last) {
          found.add(new Related("po", last, step, ""));
        }
        last = step >= 0 ? step : last;
      }
    }
  }

  private void named(String name, Weak model) {
    boolean[] all = new boolean[g.size];
    Arrays.fill(all, true);
    Weak.Asked asked = model.ask(g, all, null);
    int[] event = new int[asked.events().size];
    Arrays.setAll(event, asked.events()::graphEventOf);
    EventSet told = EventSet.of(event.length, e -> event[e] >= 0 && step(event[e]) >= 0);
    Relation relation = asked.judge().known().relation(name).from(told).to(told);
    Relation kept = relation.isAcyclic() ? relation.minus(relation.then(relation)) : relation;
    kept.forEach((a, b) -> add(name, new Pair(event[a], event[b]), true));
  }

  private void add(String name, Pair pair, boolean within) {
    int e = pair.from;
    int f = pair.to;
    int from = step(e);
    int to = step(f);
    if (from >= 0 && to >= 0 && from != to && (within || g.thread[e] != g.thread[f])) {
      boolean same = Kind.isAccess(g.kind[e]) && Kind.isAccess(g.kind[f]) && g.cell[e] == g.cell[f];
      String of = same ? harm.x.cell(original(e)).toString() : "";
      found.add(new Related(name, from, to, of));
    }
  }

  /** {@return the event of the whole graph that one of the prefix is} */
  private int original(int e) {
    return harm.g.po[g.thread[e]][g.index[e]];
  }

  private int step(int e) {
    return maker.stepOf(Weak.begin(harm.g, original(e)));
  }
}
