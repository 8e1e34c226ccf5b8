package dev.lazymm.cat;

import dev.lazymm.cat.Program.Fork;
import dev.lazymm.cat.Value.Any;
import java.util.List;

/** What may be chosen, before and while it is chosen. Owned by one judge. */
final class Forks {
  private final List<Fork> all;
  private final Evaluator evaluator;
  private final int n;
  private final boolean[] hopeless;

  Forks(Program program, Evaluator evaluator, int n) {
    all = program.steps().stream().filter(Fork.class::isInstance).map(Fork.class::cast).toList();
    this.evaluator = evaluator;
    this.n = n;
    hopeless = new boolean[all.size()];
  }

  List<Fork> all() {
    return all;
  }

  /** {@return whether nothing can be chosen; what it is chosen from must be evaluated} */
  boolean isHopeless(Fork fork) {
    return hopeless[fork.index()];
  }

  /** {@return the bounds of all that may be chosen} */
  Bounds<?> bounds(Node node) {
    Fork fork = all.get((Integer) java.util.Objects.requireNonNull(node.data()));
    hopeless[fork.index()] = false;
    return switch (fork.kind()) {
      case ORDERS -> {
        Bounds<Relation> orders =
            orders(
                evaluator.set(node.in().get(0)),
                evaluator.relation(node.in().get(1)),
                evaluator.relation(node.in().get(2)));
        hopeless[fork.index()] = !orders.lo().isIrreflexive();
        yield orders;
      }
      case CROSS -> {
        Bounds<?> sets = evaluator.get(node.in().getFirst());
        if (!sets.isExact()) {
          yield new Bounds<>(Relation.empty(n), Relation.full(n));
        }
        List<List<Relation>> choices = choices(fork);
        hopeless[fork.index()] = choices.stream().anyMatch(List::isEmpty);
        yield cross(Relation.empty(n), choices, 0);
      }
      case ANY -> {
        Bounds<?> set = evaluator.get(node.in().getFirst());
        List<Value> elements = set.isExact() ? elements(fork) : List.of();
        hopeless[fork.index()] = set.isExact() && elements.isEmpty();
        yield elements.size() == 1
            ? Bounds.exact(elements.getFirst())
            : new Bounds<Object>(new Object(), new Object());
      }
    };
  }

  /** The orders of the events of each location that extend a relation. */
  private static Bounds<Relation> orders(
      Bounds<EventSet> among, Bounds<Relation> respecting, Bounds<Relation> loc) {
    Relation lo = respecting.lo().intersect(loc.lo()).from(among.lo()).to(among.lo()).plus();
    Relation hi =
        loc.hi()
            .from(among.hi())
            .to(among.hi())
            .minus(Relation.identity(lo.universe()))
            .minus(lo.inverse())
            .union(lo);
    return Algebra.bounds(lo, hi);
  }

  /** {@return pairs of events that every order has one way round, when they are evaluated} */
  Relation ordered(Fork fork) {
    List<Node> in = fork.node().in();
    EventSet among = evaluator.set(in.get(0)).lo();
    return evaluator.relation(in.get(2)).lo().from(among).to(among);
  }

  /** {@return bounds of orders after one more decision} */
  static Bounds<Relation> decide(Bounds<Relation> orders, int first, int second) {
    Relation lo = new Relation.Builder(orders.lo()).add(first, second).build().plus();
    return Algebra.bounds(lo, orders.hi().minus(lo.inverse()).union(lo));
  }

  /** {@return the relations of each set, of which one is to be chosen} */
  List<List<Relation>> choices(Fork fork) {
    return elements(fork).stream()
        .map(set ->
            members(fork.at(), set).stream()
                .map(member -> new Operators(n, java.util.Map.of()).relation(fork.at(), member))
                .toList())
        .toList();
  }

  /** {@return the elements of the set from which is chosen} */
  List<Value> elements(Fork fork) {
    return members(fork.at(), evaluator.exact(fork.set()));
  }

  private static List<Value> members(Place at, Value set) {
    return switch (set) {
      case Any any when any == Any.EMPTY -> List.of();
      case Value.Many(List<Value> members) -> members;
      case Value.Events(EventSet events) ->
          events.stream().<Value>mapToObj(Value.Event::new).toList();
      case Value.Pairs(Relation relation) -> {
        List<Value> pairs = new java.util.ArrayList<>();
        relation.forEach((a, b) -> pairs.add(new Value.Pair(a, b)));
        yield pairs;
      }
      case Value.Tag tag -> List.of(tag);
      default -> throw Operators.wrong(at, set, "a set");
    };
  }

  /** {@return bounds when the relations of the first sets are chosen} */
  static Bounds<Relation> cross(Relation chosen, List<List<Relation>> choices, int from) {
    Relation lo = chosen;
    Relation hi = chosen;
    for (List<Relation> set : choices.subList(from, choices.size())) {
      Relation common = null;
      for (Relation member : set) {
        common = common == null ? member : common.intersect(member);
        hi = hi.union(member);
      }
      lo = common == null ? lo : lo.union(common);
    }
    return Algebra.bounds(lo, hi);
  }
}
