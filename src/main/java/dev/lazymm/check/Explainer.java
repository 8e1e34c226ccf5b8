package dev.lazymm.check;

import dev.lazymm.check.Prevention.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explains a harm by the memory model: which barrier would have forbidden it, by which axiom, and
 * the cycle that this axiom is about.
 */
final class Explainer {
  private final Explorer explorer;
  private final Harm harm;
  private final Graph g;
  private final @Nullable Weak weak;
  private final @Nullable BarrierSearch search;
  private final List<Set<Spot>> sets;
  private final @Nullable Core core;
  private final List<CircleMaker.Link> links;

  /** The event of the graph that each of the core's graph is; NONE of barriers. */
  private int[] original = new int[0];

  Explainer(Explorer explorer, Harm harm) {
    this.explorer = explorer;
    this.harm = harm;
    g = harm.g;
    weak = explorer.model() instanceof Weak model ? model : null;
    search = weak == null ? null : new BarrierSearch(weak, harm);
    sets = search == null ? List.of() : search.find();
    core = weak == null || sets.isEmpty() ? null : core(weak, sets.getFirst());
    links =
        weak == null || core == null
            ? List.of()
            : new CircleMaker(
                    weak, core.graph(), core.events(), core.conflict(), core.failing())
                .links();
  }

  /** {@return the events of the cycle} */
  Set<Integer> told() {
    Set<Integer> told = new HashSet<>();
    links.forEach(link -> told.add(original[link.from()]));
    return told;
  }

  /**
   * {@return the explanation}
   *
   * @param maker of the witness
   * @param show the relations to show besides the usual ones
   */
  Explained explained(WitnessMaker maker, List<String> show) {
    return new Explained(new Relations(harm, maker).find(show, weak), prevention(maker));
  }

  private Prevention prevention(WitnessMaker maker) {
    String model = explorer.model().name();
    if (weak == null) {
      return new Prevention(model, Answer.IN_ORDER, List.of(), List.of(), null);
    }
    if (sets.isEmpty()) {
      return new Prevention(
          model, isInOrder(weak) ? Answer.IN_ORDER : Answer.NO_BARRIER, List.of(), List.of(), null);
    }
    Set<Integer> events = new HashSet<>();
    for (int t = 0; t < g.threads; t++) {
      for (int i = 0; i < harm.needed[t]; i++) {
        events.add(g.po[t][i]);
      }
    }
    Acts acts = new Acts(explorer, harm.x, events);
    return new Prevention(
        model,
        Answer.BARRIERS,
        core == null ? List.of() : core.failing(),
        chosen().stream().map(set -> barriers(weak, set, acts)).toList(),
        links.isEmpty() ? null : circle(weak, maker, acts));
  }

  /** Whether it happens as well if all CPUs do one thing after another. */
  private boolean isInOrder(Weak model) {
    return model.cycles(harm.prefix).isEmpty()
        && (harm.invariant == null || harm.invariant.find(harm.x.under(new Sc())).isPresent());
  }

  // ---- why it is forbidden ---------------------------------------------------------------------

  /** The first set, and of each other kind the first that divides the same cycle. */
  private List<Set<Spot>> chosen() {
    List<Set<Spot>> chosen = new ArrayList<>();
    Set<Barrier.Kind> kinds = EnumSet.noneOf(Barrier.Kind.class);
    for (Set<Spot> set : sets) {
      Barrier.Kind kind = set.iterator().next().kind();
      if (chosen.isEmpty() || (set.size() == 1 && isInCycle(set.iterator().next()))) {
        if (kinds.add(kind)) {
          chosen.add(set);
        }
      }
    }
    return chosen;
  }

  private boolean isInCycle(Spot spot) {
    return links.stream()
        .filter(link -> link.on().equals("po"))
        .anyMatch(link -> {
          int from = original[link.from()];
          int least = g.index[from] + (spot.kind().isFence() ? 1 : 0);
          return g.thread[from] == spot.thread()
              && least <= spot.index()
              && spot.index() <= g.index[original[link.to()]];
        });
  }

  private @Nullable Core core(Weak model, Set<Spot> set) {
    Strengthened prefix = Strengthened.of(harm.prefix, set);
    for (boolean[] cycle : model.cycles(prefix.graph())) {
      if (!model.judge(prefix.graph(), cycle, null)) {
        original = originals(harm.prefix, prefix);
        return Core.of(model, prefix.graph(), cycle, null);
      }
    }
    Strengthened whole = Strengthened.of(g, set);
    for (int[] pair : harm.x.unordered()) {
      int e = Weak.begin(whole.graph(), whole.renamed()[pair[0]]);
      int f = Weak.whole(whole.graph(), whole.renamed()[pair[1]]);
      boolean[] ways = model.ways(whole.graph(), e, f);
      Conflict conflict = Weak.conflict(whole.graph(), e, f);
      if (!model.judge(whole.graph(), ways, conflict)) {
        original = originals(g, whole);
        return Core.of(model, whole.graph(), ways, conflict);
      }
    }
    return null;
  }

  private int[] originals(Graph of, Strengthened strengthened) {
    int[] back = new int[strengthened.graph().size];
    Arrays.fill(back, Graph.NONE);
    for (int e = 0; e < of.size; e++) {
      back[strengthened.renamed()[e]] = g.po[of.thread[e]][of.index[e]];
    }
    return back;
  }

  private Circle circle(Weak model, WitnessMaker maker, Acts acts) {
    Core found = Objects.requireNonNull(core);
    boolean[] events = new boolean[g.size];
    for (int e = 0; e < original.length; e++) {
      if (found.events()[e] && original[e] >= 0) {
        events[original[e]] = true;
      }
    }
    CircleMaker without =
        new CircleMaker(model, g, events, weaker(found.conflict()), found.failing());
    List<Circle.Turn> turns = new ArrayList<>();
    for (CircleMaker.Link link : links) {
      int from = original[link.from()];
      boolean po = link.on().equals("po");
      boolean ghosts = isBetweenGhosts(found.conflict(), link);
      turns.add(
          new Circle.Turn(
              acts.of(from),
              maker.stepOf(from),
              ghosts ? Circle.BEFORE : link.on(),
              po ? without.smallest(from, original[link.to()]) : "",
              link.relation()));
    }
    Collections.rotate(turns, -first(turns));
    return new Circle(turns);
  }

  /** The turn to begin with: what closes the cycle comes last, else the first step first. */
  private static int first(List<Circle.Turn> turns) {
    int first = 0;
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).on().equals(Circle.BEFORE)) {
        return i + 1;
      }
      if (turns.get(i).step() < turns.get(first).step()) {
        first = i;
      }
    }
    return first;
  }

  /** Whether it leads back from what must come last to what must come first. */
  private static boolean isBetweenGhosts(@Nullable Conflict conflict, CircleMaker.Link link) {
    return switch (conflict) {
      case Conflict.OfGhosts two -> link.from() == two.second() && link.to() == two.first();
      case Conflict.WithAccess one ->
          one.ghostFirst() ? link.from() == one.ghost() : link.to() == one.ghost();
      case null -> false;
    } && !link.on().equals("po");
  }

  private @Nullable Conflict weaker(@Nullable Conflict conflict) {
    return switch (conflict) {
      case Conflict.OfGhosts(int first, boolean writes, int second, boolean alsoWrites) ->
          new Conflict.OfGhosts(original[first], writes, original[second], alsoWrites);
      case Conflict.WithAccess(int access, int ghost, boolean ghostFirst) ->
          new Conflict.WithAccess(original[access], original[ghost], ghostFirst);
      case null -> null;
    };
  }

  // ---- the barriers in words -------------------------------------------------------------------

  private List<Barrier> barriers(Weak model, Set<Spot> set, Acts acts) {
    return set.stream()
        .sorted(Comparator.comparingInt(Spot::thread).thenComparingInt(Spot::index))
        .map(spot -> barrier(model, spot, set, acts))
        .toList();
  }

  private Barrier barrier(Weak model, Spot spot, Set<Spot> set, Acts acts) {
    String kernel = spot.kernel(g);
    if (!spot.kind().isFence()) {
      Act act = acts.of(g.po[spot.thread()][spot.index()]);
      return new Barrier(spot.kind(), kernel, List.of(), act, null);
    }
    int[] room = Objects.requireNonNull(search).room(spot, set);
    int before = Weak.begin(g, g.po[spot.thread()][room[0] - 1]);
    int behind = g.po[spot.thread()][room[1]];
    List<String> code = model.instructions(spot.kind().key);
    return new Barrier(spot.kind(), kernel, code, acts.of(before), acts.of(behind));
  }
}
