package dev.lazymm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An execution that a model does not allow with some barriers more, and why: the fewest of its
 * events that are too many, and the cycle that these are.
 */
final class Forbidden {
  private final Weak weak;
  private final Graph g;
  private final Execution x;

  /** The barriers with which it is. */
  final Set<Spot> with;

  /** Null if nothing but what the code says of itself has changed: a data race is none any more. */
  private final @Nullable Core core;

  /** The event of the graph that each of the core's graph is; NONE of barriers. */
  private int[] original = new int[0];

  private final List<CircleMaker.Link> links;

  Forbidden(Weak weak, Harm harm, Set<Spot> with) {
    this.weak = weak;
    this.with = with;
    g = harm.g;
    x = harm.x;
    core = core(harm);
    links =
        core == null
            ? List.of()
            : new CircleMaker(weak, core.graph(), core.events(), core.conflict(), core.failing())
                .links();
  }

  private @Nullable Core core(Harm harm) {
    Strengthened prefix = Strengthened.of(harm.prefix, with);
    for (boolean[] cycle : weak.cycles(prefix.graph())) {
      if (!weak.judge(prefix.graph(), cycle, null)) {
        original = originals(harm.prefix, prefix);
        return Core.of(weak, prefix.graph(), cycle, null);
      }
    }
    Strengthened whole = Strengthened.of(g, with);
    for (int[] pair : unordered(harm)) {
      int e = Weak.begin(whole.graph(), whole.renamed()[pair[0]]);
      int f = Weak.whole(whole.graph(), whole.renamed()[pair[1]]);
      boolean[] ways = weak.ways(whole.graph(), e, f);
      Conflict conflict = Weak.conflict(whole.graph(), e, f);
      if (!weak.judge(whole.graph(), ways, conflict)) {
        original = originals(g, whole);
        return Core.of(weak, whole.graph(), ways, conflict);
      }
    }
    return null;
  }

  /**
   * {@return the shape of a data race: that the later of the two accesses comes first, which the
   * barriers forbid; null if they do not}
   */
  @Nullable Shape race(Harm harm, Acts acts, Map<Spot, Missing.Placed> missing) {
    List<Integer> pair = harm.finding.events();
    if (pair.size() != 2 || !pair.stream().allMatch(e -> Kind.isAccess(g.kind[e]))) {
      return null;
    }
    boolean inOrder = x.isToldBefore(pair.getFirst(), pair.getLast());
    Strengthened whole = Strengthened.of(g, with);
    int e = whole.renamed()[inOrder ? pair.getFirst() : pair.getLast()];
    int f = whole.renamed()[inOrder ? pair.getLast() : pair.getFirst()];
    boolean[] ways = weak.ways(whole.graph(), e, f);
    boolean writes = Kind.isWrite(g.kind[pair.get(inOrder ? 0 : 1)]);
    boolean alsoWrites = Kind.isWrite(g.kind[pair.get(inOrder ? 1 : 0)]);
    Conflict two = new Conflict.OfGhosts(e, writes, f, alsoWrites);
    if (weak.judge(whole.graph(), ways, two)) {
      return null;
    }
    Core core = Core.of(weak, whole.graph(), ways, two);
    boolean[] others = core.events().clone();
    others[e] = false;
    others[f] = false;
    return new ShapeMaker(core.graph(), originals(g, whole), others, two, weak, x, acts, missing)
        .make();
  }

  /** What is not ordered, first that in which what was found takes part. */
  private static List<int[]> unordered(Harm harm) {
    List<Integer> found = harm.finding.events();
    return harm.x.unordered().stream()
        .sorted(
            Comparator.comparing((int[] p) -> !found.contains(p[0]) && !found.contains(p[1]))
                .thenComparing(p -> !found.contains(p[0]) || !found.contains(p[1])))
        .toList();
  }

  private int[] originals(Graph of, Strengthened strengthened) {
    int[] back = new int[strengthened.graph().size];
    Arrays.fill(back, Graph.NONE);
    for (int e = 0; e < of.size; e++) {
      back[strengthened.renamed()[e]] = g.po[of.thread[e]][of.index[e]];
    }
    return back;
  }

  // ---- what there is to say --------------------------------------------------------------------

  /** {@return the names of the checks that fail; empty if none does} */
  List<String> axioms() {
    return core == null ? List.of() : core.failing();
  }

  /** {@return the events of the cycle} */
  Set<Integer> events() {
    Set<Integer> events = new HashSet<>();
    links.forEach(link -> events.add(original[link.from()]));
    return events;
  }

  /**
   * {@return whether a barrier stands in the cycle, where it is meant to: a fence between accesses
   * of its kind, an acquire at the read by which the cycle comes to a CPU, a release at the write
   * by which it leaves one} Where {@code smp_rmb()} is the same instruction as {@code smp_wmb()} it
   * orders stores as well, but no source should say so; nor that an acquire orders an earlier read.
   */
  boolean isDividedBy(Spot spot) {
    for (int i = 0; i < links.size(); i++) {
      CircleMaker.Link link = links.get(i);
      int from = original[link.from()];
      int to = original[link.to()];
      if (link.on().equals("po") && g.thread[from] == spot.thread()) {
        boolean stands =
            switch (spot.kind()) {
              case ACQUIRE -> spot.index() == g.index[from] && !isPo(i - 1);
              case RELEASE -> spot.index() == g.index[to] && !isPo(i + 1);
              case RMB, WMB, MB ->
                  g.programIndex(from) < spot.index()
                      && spot.index() <= g.programIndex(to)
                      && isMeantFor(spot.kind(), from)
                      && isMeantFor(spot.kind(), to);
            };
        if (stands) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPo(int link) {
    return links.get(Math.floorMod(link, links.size())).on().equals("po");
  }

  private boolean isMeantFor(Barrier.Kind barrier, int e) {
    return switch (g.kind[e]) {
      case Kind.WRITE, Kind.FREE, Kind.ALLOC, Kind.PTE, Kind.UNLINK, Kind.SEND ->
          barrier != Barrier.Kind.RMB;
      case Kind.READ, Kind.AWAIT, Kind.HOLD, Kind.RELEASE, Kind.POLL -> barrier != Barrier.Kind.WMB;
      default -> true;
    };
  }

  /** {@return what is left of the graph; null if nothing but what the code says has changed} */
  @Nullable Shape shape(Acts acts, Map<Spot, Missing.Placed> missing) {
    return core == null
        ? null
        : new ShapeMaker(
                core.graph(), original, core.events(), core.conflict(), weak, x, acts, missing)
            .make();
  }

  // ---- the cycle -------------------------------------------------------------------------------

  /** {@return the cycle; null if there is none to show} */
  @Nullable Circle circle(WitnessMaker maker, Acts acts) {
    if (core == null || links.isEmpty()) {
      return null;
    }
    boolean[] events = new boolean[g.size];
    for (int e = 0; e < original.length; e++) {
      if (core.events()[e] && original[e] >= 0) {
        events[original[e]] = true;
      }
    }
    CircleMaker without = new CircleMaker(weak, g, events, weaker(core.conflict()), core.failing());
    List<Circle.Turn> turns = new ArrayList<>();
    for (CircleMaker.Link link : links) {
      int from = original[link.from()];
      boolean po = link.on().equals("po");
      turns.add(
          new Circle.Turn(
              acts.of(from),
              maker.stepOf(from),
              closes(core.conflict(), link) ? Circle.BEFORE : link.on(),
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

  /** Whether a link leads back from what must come last to what must come first. */
  private static boolean closes(@Nullable Conflict conflict, CircleMaker.Link link) {
    return !link.on().equals("po")
        && switch (conflict) {
          case Conflict.OfGhosts two -> link.from() == two.second() && link.to() == two.first();
          case Conflict.WithAccess one -> link.from() == one.ghost() || link.to() == one.ghost();
          case null -> false;
        };
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
}
