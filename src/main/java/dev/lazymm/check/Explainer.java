package dev.lazymm.check;

import dev.lazymm.check.Prevention.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explains a harm by the memory model: which barrier would have forbidden it, by which axiom, and
 * the cycle that this axiom is about.
 */
final class Explainer {
  private static final int MOST_TRIED = 40;

  private final Explorer explorer;
  private final Harm harm;
  private final Graph g;
  private final @Nullable Asked asked;

  /**
   * What was asked of a model that does not order everything.
   *
   * @param why of the set of barriers that is told first; null if none helps
   */
  private record Asked(
      Weak weak, BarrierSearch search, List<Set<Spot>> sets, @Nullable Forbidden why) {
    static Asked of(Weak weak, Harm harm) {
      BarrierSearch search =
          new BarrierSearch(harm.g, harm.needed, spots -> harm.isPreventedBy(spots, weak));
      List<Set<Spot>> sets = search.find();
      return new Asked(weak, search, sets, sets.isEmpty() ? null : first(weak, harm, sets));
    }

    /** The first that stands where such a barrier is meant to; else the first. */
    private static Forbidden first(Weak weak, Harm harm, List<Set<Spot>> sets) {
      return sets.stream()
          .filter(set -> set.size() == 1)
          .limit(MOST_TRIED)
          .map(set -> new Forbidden(weak, harm, set))
          .filter(why -> why.isDividedBy(why.with.iterator().next()))
          .findFirst()
          .orElseGet(() -> new Forbidden(weak, harm, sets.getFirst()));
    }
  }

  Explainer(Explorer explorer, Harm harm) {
    this.explorer = explorer;
    this.harm = harm;
    g = harm.g;
    asked = explorer.model() instanceof Weak weak ? Asked.of(weak, harm) : null;
  }

  /** {@return the events of the cycle} */
  Set<Integer> told() {
    return asked == null || asked.why == null ? Set.of() : asked.why.events();
  }

  /**
   * {@return the explanation}
   *
   * @param maker of the witness
   * @param show the relations to show besides the usual ones
   */
  Explained explained(WitnessMaker maker, List<String> show) {
    Weak weak = asked == null ? null : asked.weak;
    Acts acts = new Acts(explorer, harm.x, needed());
    Prevention prevention = prevention(maker, acts);
    Shape shape =
        new Shapes(explorer, harm, acts)
            .find(asked == null ? null : asked.why, prevention.answer() == Answer.IN_ORDER);
    return new Explained(new Relations(harm, maker).find(show, weak), prevention, shape);
  }

  private Prevention prevention(WitnessMaker maker, Acts acts) {
    String model = explorer.model().name();
    if (asked == null || asked.why == null) {
      boolean inOrder = asked == null || isInOrder();
      Answer answer = inOrder ? Answer.IN_ORDER : Answer.NO_BARRIER;
      return new Prevention(model, answer, List.of(), List.of(), null);
    }
    Forbidden why = asked.why;
    return new Prevention(
        model,
        Answer.BARRIERS,
        why.axioms(),
        chosen(why).stream().map(set -> barriers(asked, set, acts)).toList(),
        why.circle(maker, acts));
  }

  private Set<Integer> needed() {
    Set<Integer> events = new HashSet<>();
    for (int t = 0; t < g.threads; t++) {
      for (int i = 0; i < harm.needed[t]; i++) {
        events.add(g.po[t][i]);
      }
    }
    return events;
  }

  /** Whether it happens as well if all CPUs do one thing after another. */
  private boolean isInOrder() {
    return harm.isInOrder()
        && (harm.invariant == null || harm.invariant.find(harm.x.under(new Sc())).isPresent());
  }

  // ---- the barriers in words -------------------------------------------------------------------

  /** The set that is explained, and of each other kind the first that divides the same cycle. */
  private List<Set<Spot>> chosen(Forbidden why) {
    List<Set<Spot>> chosen = new ArrayList<>(List.of(why.with));
    Set<Barrier.Kind> kinds = EnumSet.of(why.with.iterator().next().kind());
    for (Set<Spot> set : asked == null ? List.<Set<Spot>>of() : asked.sets) {
      Spot spot = set.iterator().next();
      if (set.size() == 1 && why.isDividedBy(spot) && kinds.add(spot.kind())) {
        chosen.add(set);
      }
    }
    return chosen;
  }

  private List<Barrier> barriers(Asked of, Set<Spot> set, Acts acts) {
    return set.stream()
        .sorted(Comparator.comparingInt(Spot::thread).thenComparingInt(Spot::index))
        .map(spot -> barrier(of, spot, set, acts))
        .toList();
  }

  private Barrier barrier(Asked of, Spot spot, Set<Spot> set, Acts acts) {
    String kernel = spot.kernel(g);
    if (!spot.kind().isFence()) {
      Act act = acts.of(g.po[spot.thread()][spot.index()]);
      return new Barrier(spot.kind(), kernel, List.of(), act, null);
    }
    int[] room = of.search.room(spot, set);
    int before = operation(spot.thread(), room[0] - 1);
    int behind = operation(spot.thread(), room[1]);
    List<String> code = of.weak.instructions(spot.kind().key);
    return new Barrier(spot.kind(), kernel, code, acts.of(before), acts.of(behind));
  }

  /** {@return the operation that is at a po-index: a read for its LOAD, an update for its write} */
  private int operation(int t, int index) {
    int e = g.po[t][index];
    for (int i = index; g.kind[e] == Kind.LOAD && i < g.length[t]; i++) {
      if (g.programIndex(g.po[t][i]) == index && i > index) {
        return g.po[t][i];
      }
    }
    return Weak.begin(g, e);
  }
}
