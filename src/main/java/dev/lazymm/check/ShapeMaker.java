package dev.lazymm.check;

import dev.lazymm.check.Shape.Op;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Shape} of some events of a graph, read as {@link ModelEvents} does: an operation
 * is whole, a read whose write is left out reads what was there at first, an IPI is a store that
 * the taking of the interrupt reads, and two ghosts of a {@link Conflict} are accesses to a
 * location of their own.
 */
final class ShapeMaker {
  private static final Rmw[] RMW = Rmw.values();
  private static final Barrier.Kind[] KINDS = {
    Barrier.Kind.MB, Barrier.Kind.RMB, Barrier.Kind.WMB, Barrier.Kind.MB
  };
  private static final Op[] FENCES = {Op.MB, Op.RMB, Op.WMB, Op.MB};

  private final Graph g;
  private final int[] original;
  private final @Nullable Conflict conflict;
  private final @Nullable Weak weak;
  private final Execution x;
  private final Acts acts;

  /** Where the added barriers are in the code, if they are. */
  private final Map<Spot, Missing.Placed> missing;

  private final ShapeIds ids;
  private final ShapePlaces places;

  /**
   * @param g a graph that may have barriers that the code does not have
   * @param original the event of the execution that each of its events is; NONE of such barriers
   * @param events which of its events to keep
   * @param conflict what is out of order besides; null if nothing is
   * @param weak the model; null if all is in order
   * @param missing the code of barriers that count for nothing here
   */
  ShapeMaker(
      Graph g,
      int[] original,
      boolean[] events,
      @Nullable Conflict conflict,
      @Nullable Weak weak,
      Execution x,
      Acts acts,
      Map<Spot, Missing.Placed> missing) {
    this.g = g;
    this.original = original.clone();
    this.conflict = conflict;
    this.weak = weak;
    this.x = x;
    this.acts = acts;
    this.missing = Map.copyOf(missing);
    ids = new ShapeIds(g, events, conflict);
    places = new ShapePlaces(ids, original, x);
  }

  Shape make() {
    ShapeDependencies depends = new ShapeDependencies(ids);
    List<Shape.Column> columns = new ArrayList<>();
    List<Shape.Depends> dependencies = new ArrayList<>();
    for (int t = 0; t < g.threads; t++) {
      List<Shape.Step> steps = new ArrayList<>();
      for (int e : inProgramOrder(t)) {
        add(e, steps);
      }
      if (!steps.isEmpty()) {
        dependencies.addAll(depends.of(t, steps));
        columns.add(new Shape.Column(t, steps));
      }
    }
    return new Shape(columns, places.all(), dependencies, weak != null, List.of());
  }

  private List<Integer> inProgramOrder(int t) {
    return IntStream.of(g.po[t])
        .limit(g.length[t])
        .filter(e -> g.kind[e] != Kind.LOAD)
        .boxed()
        .sorted(Comparator.comparingInt(g::programIndex))
        .toList();
  }

  // ---- operations ------------------------------------------------------------------------------

  private void add(int e, List<Shape.Step> steps) {
    if (conflict instanceof Conflict.OfGhosts two && two.first() == e) {
      steps.add(ghost(ids.first, e, two.firstWrites(), firstReads(two)));
    } else if (conflict instanceof Conflict.WithAccess one && one.ghost() == e) {
      steps.add(ghost(ids.first, e, true, Shape.INITIAL));
    }
    if (ids.has(e)) {
      operation(e, steps);
    }
    if (conflict instanceof Conflict.OfGhosts two && two.second() == e) {
      boolean late = weak == null && two.firstWrites();
      steps.add(ghost(ids.second, e, two.secondWrites(), late ? ids.first : Shape.INITIAL));
    }
  }

  /** What the first of two ghosts reads: the second, which comes first. */
  private int firstReads(Conflict.OfGhosts two) {
    return two.secondWrites() && !two.firstWrites() ? ids.second : Shape.INITIAL;
  }

  private Shape.Step ghost(int id, int e, boolean writes, int from) {
    return new Shape.Step(
        id,
        writes ? Op.WRITE : Op.READ,
        places.ofGhost(),
        false,
        Ordering.RELAXED,
        Ordering.RELAXED,
        from,
        0,
        false,
        ghostAct(id, e),
        "");
  }

  /** What a ghost is in the code: where something else is held, what was held before is let go. */
  private Act ghostAct(int id, int e) {
    Act act = acts.of(original[e]);
    if (weak == null && id == ids.second) {
      return new Act(act.cpu(), "a use of what this CPU still has", "", List.of());
    }
    return id == ids.first && g.kind[e] == Kind.HOLD && conflict instanceof Conflict.OfGhosts two
        ? new Act(act.cpu(), "the last use of " + places.object(two), act.step(), act.stack())
        : act;
  }

  private void operation(int e, List<Shape.Step> steps) {
    boolean fenced = weak != null && weak.isFenced(g, e);
    switch (g.kind[e]) {
      case Kind.READ, Kind.AWAIT -> steps.add(access(e, Op.READ));
      case Kind.WRITE ->
          steps.add(access(e, (g.flags[e] & Graph.UNLOCK) != 0 ? Op.UNLOCK : Op.WRITE));
      case Kind.RMW_R -> steps.add(access(e, g.succeeds(e) ? Op.UPDATE : Op.READ));
      case Kind.LOCK_R -> {
        if (g.succeeds(e)) {
          steps.add(access(e, Op.LOCK));
        }
      }
      case Kind.SEND -> {
        if (fenced) {
          steps.add(fence(e, Op.MB, ids.next()));
        }
        steps.add(access(e, Op.WRITE));
      }
      case Kind.POLL -> {
        if (g.rf[e] != Graph.NONE) {
          steps.add(access(e, Op.READ));
          if (fenced) {
            steps.add(fence(e, Op.MB, ids.next()));
          }
        }
      }
      case Kind.FENCE -> steps.add(fence(e, FENCES[g.op[e]], ids.of(e)));
      case Kind.HOLD, Kind.FLUSH, Kind.FLUSH_ALL -> {
        if (fenced) {
          steps.add(fence(e, Op.MB, ids.of(e)));
        }
      }
      default -> {} // ghosts
    }
  }

  private Shape.Step fence(int e, Op op, int id) {
    boolean added = original[e] == Graph.NONE;
    Missing.Placed placed = added ? missing.get(spot(e)) : null;
    Act act =
        placed != null
            ? placed.act()
            : added ? new Act(g.thread[e], "", "", List.of()) : acts.of(original[e]);
    String site = placed != null ? placed.site().name() : added ? "" : site(e);
    return new Shape.Step(
        id, op, -1, false, Ordering.FULL, Ordering.FULL, Shape.INITIAL, 0, added, act, site);
  }

  /** Where a fence stands that was added. */
  private Spot spot(int fence) {
    int t = g.thread[fence];
    int i = g.index[fence];
    while (i < g.length[t] && original[g.po[t][i]] == Graph.NONE) {
      i++;
    }
    int index = i < g.length[t] ? x.graph().index[original[g.po[t][i]]] : x.graph().length[t];
    return new Spot(KINDS[g.op[fence]], t, index);
  }

  private Shape.Step access(int e, Op op) {
    int was = x.graph().flags[original[e]];
    int from = g.rf[e] >= 0 && Kind.isRead(g.kind[e]) ? ids.of(g.rf[e]) : Shape.INITIAL;
    if (g.kind[e] == Kind.POLL) {
      from = ids.of(g.rf[e]);
    } else if (readsGhost(e)) {
      from = ids.first;
    }
    long delta = 0;
    if (op == Op.UPDATE) {
      delta =
          switch (RMW[g.op[e]]) {
            case XCHG, CMPXCHG -> 0;
            case ADD, ADD_UNLESS, OR, AND -> g.rmwResult(e) - g.value[e];
          };
    }
    boolean fails = op == Op.READ && g.kind[e] == Kind.RMW_R;
    return new Shape.Step(
        ids.of(e),
        op,
        places.of(e),
        (g.flags[e] & Graph.PLAIN) != 0,
        fails ? Ordering.RELAXED : ordering(was),
        fails ? Ordering.RELAXED : ordering(g.flags[e]),
        from,
        delta,
        false,
        acts.of(original[e]),
        site(e));
  }

  private String site(int e) {
    Site site = acts.site(original[e]);
    return site == null ? "" : site.name();
  }

  /** Whether an access is to read the store that a ghost has become. */
  private boolean readsGhost(int e) {
    return conflict instanceof Conflict.WithAccess one
        && one.ghostFirst()
        && one.access() == Weak.whole(g, e)
        && Kind.isRead(g.kind[e]);
  }

  private static Ordering ordering(int flags) {
    return switch (flags & (Graph.ACQUIRE | Graph.RELEASE)) {
      case Graph.ACQUIRE -> Ordering.ACQUIRE;
      case Graph.RELEASE -> Ordering.RELEASE;
      case 0 -> (flags & Graph.NO_RETURN) != 0 ? Ordering.NO_RETURN : Ordering.RELAXED;
      default -> Ordering.FULL;
    };
  }
}
