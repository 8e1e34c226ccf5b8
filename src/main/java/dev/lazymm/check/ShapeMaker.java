package dev.lazymm.check;

import dev.lazymm.check.Shape.Op;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
  private final boolean[] events;
  private final @Nullable Conflict conflict;
  private final @Nullable Weak weak;
  private final Execution x;
  private final Acts acts;

  /** Where the added barriers are in the code, if they are. */
  private final Map<Spot, Missing.Placed> missing;

  /** Of each location its place in the list, by what it is: a cell, a SEND past them, -1. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private final List<String> names = new ArrayList<>();
  private final List<Long> initial = new ArrayList<>();
  private final List<List<Integer>> writes = new ArrayList<>();

  /** The number of the operation that an event's value comes from, or goes to. */
  private final int[] idOf;

  private int ids;
  private int first = Shape.INITIAL;
  private int second = Shape.INITIAL;

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
    this.events = events.clone();
    this.conflict = conflict;
    this.weak = weak;
    this.x = x;
    this.acts = acts;
    this.missing = Map.copyOf(missing);
    idOf = new int[g.size];
    Arrays.fill(idOf, Shape.INITIAL);
  }

  Shape make() {
    for (int e = 0; e < g.size; e++) {
      if (has(e) && g.kind[e] != Kind.RMW_W) {
        idOf[e] = ids++;
        if (g.succeeds(e)) {
          idOf[g.writePart(e)] = idOf[e];
        }
      }
    }
    if (conflict != null) {
      first = ids++;
      second = conflict instanceof Conflict.OfGhosts ? ids++ : Shape.INITIAL;
    }
    List<Shape.Column> columns = new ArrayList<>();
    List<Shape.Depends> dependencies = new ArrayList<>();
    for (int t = 0; t < g.threads; t++) {
      List<Shape.Step> steps = new ArrayList<>();
      for (int e : inProgramOrder(t)) {
        int before = steps.size();
        add(e, steps);
        if (g.kind[e] == Kind.AWAIT && has(e) && steps.size() > before) {
          waits.add(idOf[e]);
        }
      }
      if (!steps.isEmpty()) {
        depend(t, steps, dependencies);
        columns.add(new Shape.Column(t, steps));
      }
    }
    order();
    List<Shape.Location> locations =
        IntStream.range(0, names.size())
            .mapToObj(i -> new Shape.Location(names.get(i), initial.get(i), writes.get(i)))
            .toList();
    return new Shape(columns, locations, dependencies, weak != null, List.of());
  }

  private final List<Integer> waits = new ArrayList<>();

  private boolean has(int e) {
    return Core.has(g, events, e);
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
      steps.add(ghost(first, e, two.firstWrites(), firstReads(two)));
    } else if (conflict instanceof Conflict.WithAccess one && one.ghost() == e) {
      steps.add(ghost(first, e, true, Shape.INITIAL));
    }
    if (has(e) && g.kind[e] != Kind.RMW_W) {
      operation(e, steps);
    }
    if (conflict instanceof Conflict.OfGhosts two && two.second() == e) {
      boolean late = weak == null && two.firstWrites();
      steps.add(ghost(second, e, two.secondWrites(), late ? first : Shape.INITIAL));
    }
  }

  /** What the first of two ghosts reads: the second, which comes first. */
  private int firstReads(Conflict.OfGhosts two) {
    return two.secondWrites() && !two.firstWrites() ? second : Shape.INITIAL;
  }

  private Shape.Step ghost(int id, int e, boolean writes, int from) {
    return new Shape.Step(
        id,
        writes ? Op.WRITE : Op.READ,
        ghostPlace(),
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
    if (weak == null && id == second) {
      return new Act(act.cpu(), "a use of what this CPU still has", "", List.of());
    }
    return id == first && g.kind[e] == Kind.HOLD && conflict instanceof Conflict.OfGhosts two
        ? new Act(act.cpu(), "the last use of " + object(two), act.step(), act.stack())
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
          steps.add(fence(e, Op.MB, ids++));
        }
        steps.add(access(e, Op.WRITE));
      }
      case Kind.POLL -> {
        if (g.rf[e] != Graph.NONE) {
          steps.add(access(e, Op.READ));
          if (fenced) {
            steps.add(fence(e, Op.MB, ids++));
          }
        }
      }
      case Kind.FENCE -> steps.add(fence(e, FENCES[g.op[e]], idOf[e]));
      case Kind.HOLD, Kind.FLUSH, Kind.FLUSH_ALL -> {
        if (fenced) {
          steps.add(fence(e, Op.MB, idOf[e]));
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
    int from = g.rf[e] >= 0 && Kind.isRead(g.kind[e]) ? idOf[g.rf[e]] : Shape.INITIAL;
    if (g.kind[e] == Kind.POLL) {
      from = idOf[g.rf[e]];
    } else if (readsGhost(e)) {
      from = first;
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
        idOf[e],
        op,
        place(e),
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

  // ---- locations -------------------------------------------------------------------------------

  private int place(int e) {
    return switch (g.kind[e]) {
      case Kind.SEND -> place(g.cells() + e, "ipi to CPU " + g.cell[e], 0);
      case Kind.POLL -> place(g.cells() + g.rf[e], "ipi to CPU " + g.thread[e], 0);
      default -> {
        Cell cell = x.cell(original[e]);
        long start = cell.isPointer() ? 0 : g.written(Graph.INIT, g.cell[e]);
        yield place(g.cell[e], cell.toString(), start);
      }
    };
  }

  /** The location that two ghosts have for themselves, or that of the access a ghost meets. */
  private int ghostPlace() {
    return switch (conflict) {
      case Conflict.WithAccess one -> place(one.access());
      case Conflict.OfGhosts two when Kind.isAccess(g.kind[two.first()]) && isRace(two) ->
          place(-1, x.cell(original[two.first()]).toString(), 0);
      case Conflict.OfGhosts two -> place(-1, "memory of " + object(two), 0);
      case null -> throw new IllegalStateException("there is no ghost");
    };
  }

  /** Whether two accesses stand for themselves, and not beside what is no access. */
  private boolean isRace(Conflict.OfGhosts two) {
    return Kind.isAccess(g.kind[two.second()]) && g.cell[two.first()] == g.cell[two.second()];
  }

  private String object(Conflict.OfGhosts two) {
    for (int e : new int[] {two.second(), two.first()}) {
      int kind = g.kind[e];
      if (g.cell[e] >= 0 && kind >= Kind.HOLD && kind != Kind.WARN) {
        return x.memory().object(g.cell[e]).name();
      }
    }
    return "it";
  }

  private int place(int what, String name, long start) {
    return places.computeIfAbsent(
        what,
        _ -> {
          names.add(name);
          initial.add(start);
          writes.add(new ArrayList<>());
          return names.size() - 1;
        });
  }

  // ---- coherence -------------------------------------------------------------------------------

  private void order() {
    for (var place : Map.copyOf(places).entrySet()) {
      List<Integer> list = writes.get(place.getValue());
      int what = place.getKey();
      if (what >= g.cells()) {
        list.add(idOf[what - g.cells()]);
      } else if (what >= 0) {
        ofCell(what, list);
      } else if (conflict instanceof Conflict.OfGhosts two) {
        if (two.secondWrites()) {
          list.add(second);
        }
        if (two.firstWrites()) {
          list.add(first);
        }
      }
    }
  }

  private void ofCell(int c, List<Integer> list) {
    int ghostAt =
        conflict instanceof Conflict.WithAccess one && g.cell[one.access()] == c ? at(one) : -1;
    for (int i = 0; i <= g.coLength[c]; i++) {
      if (i == ghostAt) {
        list.add(first);
      }
      if (i < g.coLength[c] && idOf[g.co[c][i]] >= 0) {
        list.add(idOf[g.co[c][i]]);
      }
    }
  }

  private int at(Conflict.WithAccess one) {
    int e = one.access();
    boolean isWrite = Kind.isWrite(g.kind[e]);
    if (one.ghostFirst()) {
      return isWrite ? g.coPos[e] - 1 : g.coLength[g.cell[e]];
    }
    return g.position(isWrite ? e : g.rf[e]);
  }

  // ---- dependencies ----------------------------------------------------------------------------

  private void depend(int t, List<Shape.Step> steps, List<Shape.Depends> to) {
    for (Kept kept : Kept.in(g)) {
      int on = idOf[g.po[kept.thread()][kept.read()]];
      if (kept.thread() != t || on < 0) {
        continue;
      }
      if (kept.kind() == Dependency.CONTROL) {
        steps.stream()
            .filter(step -> step.isAccess() && isBehind(step.id(), t, kept.to()))
            .findFirst()
            .ifPresent(step -> to.add(new Shape.Depends(kept.kind(), on, step.id())));
      } else if (idOf[g.po[t][kept.to()]] >= 0) {
        to.add(new Shape.Depends(kept.kind(), on, idOf[g.po[t][kept.to()]]));
      }
    }
    for (int i = 0; i + 1 < steps.size(); i++) {
      if (waits.contains(steps.get(i).id())) {
        to.add(new Shape.Depends(Dependency.CONTROL, steps.get(i).id(), steps.get(i + 1).id()));
      }
    }
  }

  /** Whether an operation comes at a po-index, or behind it. */
  private boolean isBehind(int id, int t, int index) {
    for (int i = index; i < g.length[t]; i++) {
      if (idOf[g.po[t][i]] == id || isGhost(id, g.po[t][i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isGhost(int id, int e) {
    return switch (conflict) {
      case Conflict.OfGhosts two ->
          (id == first && e == two.first()) || (id == second && e == two.second());
      case Conflict.WithAccess one -> id == first && e == one.ghost();
      case null -> false;
    };
  }
}
