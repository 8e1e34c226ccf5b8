package dev.lazymm.cat;

import dev.lazymm.cat.Scope.Lazy;
import dev.lazymm.cat.Value.Any;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the nodes of a program on bounds, each again only when an operand has changed. Owned by
 * one judge.
 */
final class Evaluator {
  /** More rounds of a recursive definition than any structure can need. */
  private static final int ROUNDS = 100_000;

  /** Of a value of which nothing is known: not exact. */
  private static final Bounds<Object> UNKNOWN = new Bounds<>(new Object(), new Object());

  private final int n;
  private final Bases bases;
  private final Interpreter interpreter;
  private final Bounds<?>[] values;
  private final long[] changedAt;
  private final long[] doneAt;
  private final Map<String, Node> baseNodes = new HashMap<>();
  private final Forks forks;
  private long version = 1;
  private boolean valuesKnown;

  Evaluator(ModelFiles files, Program program, Bases bases) {
    this.bases = bases;
    n = bases.size();
    interpreter = new Interpreter(files.variants(), bases);
    program.enumerations().forEach(interpreter::declare);
    values = new Bounds<?>[program.nodes()];
    changedAt = new long[program.nodes()];
    doneAt = new long[program.nodes()];
    forks = new Forks(program, this, n);
  }

  Forks forks() {
    return forks;
  }

  /** Forgets a base set or relation, because it has changed. */
  void rebase(String name) {
    version++;
    Node node = baseNodes.get(name);
    if (node != null) {
      put(node, base(node));
    }
  }

  /** Says whether the values of events are known. */
  void valuesKnown(boolean known) {
    if (known != valuesKnown) {
      valuesKnown = known;
      version++;
      Node node = baseNodes.get("%values");
      if (node != null) {
        put(node, base(node));
      }
    }
  }

  /** Sets what a choice is bounded by. */
  void choose(Node fork, Bounds<?> bounds) {
    version++;
    put(fork, bounds);
    doneAt[fork.id()] = version;
  }

  /** Has a choice computed again from what it is chosen from. */
  void unchoose(Node fork) {
    version++;
    doneAt[fork.id()] = 0;
  }

  /** Evaluates what has changed; operands must come first. */
  void refresh(List<Node> order) {
    for (int i = 0; i < order.size(); i++) {
      Node node = order.get(i);
      if (isStale(node)) {
        put(node, compute(node));
        doneAt[node.id()] = version;
      }
    }
  }

  private boolean isStale(Node node) {
    long done = doneAt[node.id()];
    if (done == 0) {
      return true;
    }
    List<Node> in = node.in();
    for (int i = 0; i < in.size(); i++) {
      if (changedAt[in.get(i).id()] > done) {
        return true;
      }
    }
    return false;
  }

  private void put(Node node, Bounds<?> bounds) {
    Bounds<?> old = values[node.id()];
    if (old == null
        || (old != bounds
            && !(bounds.isExact() == old.isExact()
                && bounds.lo().equals(old.lo())
                && bounds.hi().equals(old.hi())))) {
      values[node.id()] = bounds;
      changedAt[node.id()] = version;
    }
  }

  Bounds<?> get(Node node) {
    return values[node.id()];
  }

  @SuppressWarnings("unchecked") // the type of the node says so
  Bounds<Relation> relation(Node node) {
    return (Bounds<Relation>) values[node.id()];
  }

  @SuppressWarnings("unchecked") // the type of the node says so
  Bounds<EventSet> set(Node node) {
    return (Bounds<EventSet>) values[node.id()];
  }

  private Bounds<?> base(Node node) {
    return switch (node.op()) {
      case BASE_SET -> bases.setBounds(String.valueOf(node.data()));
      case BASE_RELATION -> bases.relationBounds(String.valueOf(node.data()));
      default -> valuesKnown ? Bounds.exact(Any.EMPTY) : UNKNOWN;
    };
  }

  private Bounds<?> compute(Node node) {
    List<Node> in = node.in();
    return switch (node.op()) {
      case BASE_SET, BASE_RELATION -> {
        baseNodes.put(String.valueOf(node.data()), node);
        yield base(node);
      }
      case VALUES -> {
        baseNodes.put("%values", node);
        yield base(node);
      }
      case TAGGED -> Bounds.exact(bases.tagged(String.valueOf(node.data())));
      case EMPTY_SET -> Bounds.exact(EventSet.empty(n));
      case ALL -> Bounds.exact(EventSet.all(n));
      case EMPTY -> Bounds.exact(Relation.empty(n));
      case FULL -> Bounds.exact(Relation.full(n));
      case ID -> Bounds.exact(Relation.identity(n));
      case CONSTANT -> Bounds.exact((Value) data(node));
      case DYNAMIC -> dynamic(in, (Node.Dynamic) data(node));
      case ORDERS, CROSS -> get(in.getLast());
      case FORK -> forks.bounds(node);
      case HOLE -> get(node);
      case FIXPOINT -> fixpoint(node, (Node.Fixpoint) data(node));
      case FIXED -> ((Bounds<?>[]) get(in.getFirst()).lo())[(Integer) data(node)];
      case AS_SET -> asSet(node, get(in.getFirst()));
      case AS_RELATION -> asRelation(node, get(in.getFirst()));
      case DIFFERENT_VALUES -> {
        Bounds<Relation> of = relation(in.getFirst());
        yield get(in.getLast()).isExact() && of.isExact()
            ? Bounds.exact(differentValues(of.lo()))
            : new Bounds<>(Relation.empty(n), of.hi());
      }
      case UNION_SETS, INTERSECT_SETS, MINUS_SETS, COMPLEMENT_SET, DOMAIN, RANGE -> sets(node, in);
      default -> Algebra.relation(node.op(), in, this);
    };
  }

  private static Object data(Node node) {
    Object data = node.data();
    if (data == null) {
      throw new IllegalStateException(node.toString());
    }
    return data;
  }

  private Bounds<EventSet> sets(Node node, List<Node> in) {
    Node first = in.getFirst();
    return switch (node.op()) {
      case DOMAIN -> Algebra.map(relation(first), Relation::domain);
      case RANGE -> Algebra.map(relation(first), Relation::range);
      case COMPLEMENT_SET -> {
        Bounds<EventSet> a = set(first);
        yield a.isExact()
            ? Bounds.exact(a.lo().complement())
            : Algebra.bounds(a.hi().complement(), a.lo().complement());
      }
      case UNION_SETS -> Algebra.combine(set(first), set(in.getLast()), EventSet::union);
      case INTERSECT_SETS -> Algebra.combine(set(first), set(in.getLast()), EventSet::intersect);
      default -> {
        Bounds<EventSet> a = set(first);
        Bounds<EventSet> b = set(in.getLast());
        yield a.isExact() && b.isExact()
            ? Bounds.exact(a.lo().minus(b.lo()))
            : Algebra.bounds(a.lo().minus(b.hi()), a.hi().minus(b.lo()));
      }
    };
  }

  private Relation differentValues(Relation relation) {
    Relation.Builder result = new Relation.Builder(n);
    relation.forEach((a, b) -> {
      if (bases.value(a) != bases.value(b)) {
        result.add(a, b);
      }
    });
    return result.build();
  }

  private Bounds<?> asRelation(Node node, Bounds<?> value) {
    if (!value.isExact()) {
      return new Bounds<>(Relation.empty(n), Relation.full(n));
    }
    Place at = ((Node.Coercion) data(node)).at();
    return Bounds.exact(interpreter.operators.relation(at, (Value) value.lo()));
  }

  private Bounds<?> asSet(Node node, Bounds<?> value) {
    if (!value.isExact()) {
      return new Bounds<>(EventSet.empty(n), EventSet.all(n));
    }
    Place at = ((Node.Coercion) data(node)).at();
    return Bounds.exact(interpreter.operators.events(at, (Value) value.lo()));
  }

  // What the interpreter does.

  private Bounds<?> dynamic(List<Node> in, Node.Dynamic dynamic) {
    for (Node input : in) {
      if (!get(input).isExact()) {
        return UNKNOWN;
      }
    }
    return Bounds.exact(interpreter.eval(dynamic.expr(), new Exact(dynamic.scope())));
  }

  /** A compile-time scope as the interpreter sees it, when everything it needs is exact. */
  private final class Exact implements Scope<Value> {
    private final Scope<Code> compiled;

    Exact(Scope<Code> compiled) {
      this.compiled = compiled;
    }

    @Override
    public @Nullable Lazy<Value> find(String name) {
      Lazy<Code> code = compiled.find(name);
      return code == null ? null : Lazy.by(() -> value(code.get()));
    }

    @Override
    public void names(List<String> into) {
      compiled.names(into);
    }
  }

  private Value value(Code code) {
    return switch (code) {
      case Code.Constant(Value value) -> value;
      case Code.Of(Node node) -> exact(node);
      case Code.Tuple(List<Code> parts) ->
          new Value.Tuple(parts.stream().map(this::value).toList());
      case Code.Closure closure ->
          new Value.Closure(closure.parameter(), closure.body(), new Exact(closure.scope()));
      case Code.Known(_, Code original) -> value(original);
      case Code.Procedure(var procedure, Scope<Code> scope) ->
          new Value.Procedure(procedure, new Exact(scope));
    };
  }

  /** {@return the exact value of a node} */
  Value exact(Node node) {
    Object value = get(node).lo();
    return switch (value) {
      case Relation relation -> new Value.Pairs(relation);
      case EventSet set -> new Value.Events(set);
      case Value other -> other;
      default -> throw new IllegalStateException(node + " is not exact");
    };
  }

  // Recursive definitions.

  private Bounds<?> fixpoint(Node node, Node.Fixpoint fixpoint) {
    List<Node> holes = fixpoint.holes();
    Bounds<?>[] results = new Bounds<?>[holes.size()];
    boolean exact = node.in().stream().allMatch(x -> get(x).isExact());
    if (!exact && !fixpoint.monotone()) {
      for (int i = 0; i < results.length; i++) {
        results[i] =
            holes.get(i).type() == Node.Type.SET
                ? new Bounds<>(EventSet.empty(n), EventSet.all(n))
                : new Bounds<>(Relation.empty(n), Relation.full(n));
      }
      return Bounds.exact(results);
    }
    version++;
    for (Node hole : holes) {
      put(hole, Bounds.exact(hole.type() == Node.Type.SET ? EventSet.empty(n) : Relation.empty(n)));
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean grown = false;
      for (int i = 0; i < results.length; i++) {
        refresh(fixpoint.orders().get(i));
        Node hole = holes.get(i);
        Bounds<?> now = get(fixpoint.bodies().get(i));
        grown |= !contained(now, get(hole));
        version++;
        put(hole, now);
        results[i] = now;
      }
      if (!grown) {
        return Bounds.exact(results);
      }
    }
    throw Interpreter.unstable(fixpoint.at());
  }

  private static boolean contained(Bounds<?> now, Bounds<?> old) {
    return now == old
        || (contained(now.lo(), old.lo())
            && ((now.isExact() && old.isExact()) || contained(now.hi(), old.hi())));
  }

  private static boolean contained(Object now, Object old) {
    return now instanceof Relation a
        ? old instanceof Relation b && a.isSubsetOf(b)
        : now instanceof EventSet s && old instanceof EventSet t && s.isSubsetOf(t);
  }
}
