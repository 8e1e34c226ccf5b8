package dev.lazymm.cat;

import dev.lazymm.cat.Expr.Binding;
import dev.lazymm.cat.Expr.Condition;
import dev.lazymm.cat.Expr.Pattern;
import dev.lazymm.cat.Scope.Lazy;
import dev.lazymm.cat.Value.Any;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions over exact values: the complete reference, and what a compiled model asks
 * where it meets sets of anything. Owned by one judge.
 */
final class Interpreter {
  /** More rounds of a recursive definition than any structure can need. */
  private static final int ROUNDS = 100_000;

  /** More tail calls than any set can need. */
  private static final int STEPS = 20_000_000;

  private final Set<String> variants;
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, List<String>> enumerations = new LinkedHashMap<>();
  final Operators operators;
  private boolean running;
  private final Primitives primitives;

  Interpreter(Set<String> variants, Bases bases) {
    this.variants = variants;
    operators = new Operators(bases.size(), enumerations);
    primitives = new Primitives(operators, bases);
  }

  /** Makes the tags of an enumeration known. */
  void declare(String enumeration, List<String> members) {
    enumerations.put(enumeration, members);
    members.forEach(tag -> tags.put(tag, enumeration));
  }

  /**
   * {@return the value of an expression}
   *
   * @throws CatException if it has none
   */
  Value eval(Expr expr, Scope<Value> scope) {
    if (running) {
      return run(expr, scope);
    }
    running = true;
    try {
      return run(expr, scope);
    } catch (StackOverflowError e) {
      throw new CatException(expr.at(), "this is nested too deeply", "an end to its recursion");
    } finally {
      running = false;
    }
  }

  /** What comes last in an expression takes no stack: functions walk over large sets. */
  private Value run(Expr first, Scope<Value> outside) {
    Expr expr = first;
    Scope<Value> scope = outside;
    for (int steps = 0; steps < STEPS; steps++) {
      switch (expr) {
        case Expr.Let let -> {
          scope = bind(let.at(), let.recursive(), let.bindings(), scope, _ -> true);
          expr = let.body();
        }
        case Expr.If(_, Condition condition, Expr yes, Expr no) ->
            expr = holds(condition, scope) ? yes : no;
        case Expr.MatchTag match -> expr = choose(match, run(match.of(), scope));
        case Expr.MatchSet match -> {
          Value set = run(match.of(), scope);
          if (set == Any.UNIVERSE) {
            throw new CatException(match.of().at(), "match on '_'", "a definite set");
          }
          boolean empty = Values.isEmpty(set);
          scope = empty ? scope : takeApart(match, set, scope);
          expr = empty ? match.empty() : match.nonEmpty();
        }
        case Expr.Apply(Place at, Expr function, Expr argument) -> {
          Value applied = run(function, scope);
          Value to = run(argument, scope);
          if (!(applied instanceof Value.Closure closure)) {
            return apply(at, applied, to);
          }
          scope = bind(at, closure.parameter(), to, closure.scope());
          expr = closure.body();
        }
        default -> {
          return simple(expr, scope);
        }
      }
    }
    throw new CatException(first.at(), "this does not end", "an end to its recursion");
  }

  private Value simple(Expr expr, Scope<Value> scope) {
    return switch (expr) {
      case Expr.Name(Place at, String name) -> scope.get(at, name);
      case Expr.Zero _ -> Any.EMPTY;
      case Expr.Universe _ -> Any.UNIVERSE;
      case Expr.Tag(Place at, String tag) -> tag(at, tag);
      case Expr.SetOf(Place at, List<Expr> elements) -> operators.setOf(at, all(elements, scope));
      case Expr.Tuple(_, List<Expr> parts) -> new Value.Tuple(all(parts, scope));
      case Expr.Unary(_, Expr.UnaryOp op, Expr of) -> operators.unary(of.at(), op, run(of, scope));
      case Expr.Binary(Place at, Expr.BinaryOp op, Expr left, Expr right) ->
          operators.binary(at, op, run(left, scope), run(right, scope));
      case Expr.Fun(_, Pattern parameter, Expr body) -> new Value.Closure(parameter, body, scope);
      case Expr.Try(_, Expr first, Expr otherwise) -> {
        try {
          yield run(first, scope);
        } catch (CatException e) {
          yield run(otherwise, scope);
        }
      }
      default -> throw new IllegalStateException("expression");
    };
  }

  private List<Value> all(List<Expr> exprs, Scope<Value> scope) {
    List<Value> values = new ArrayList<>();
    for (Expr expr : exprs) {
      values.add(run(expr, scope));
    }
    return values;
  }

  private Value tag(Place at, String tag) {
    String enumeration = tags.get(tag);
    if (enumeration == null) {
      throw unknownTag(at, tag, tags.keySet());
    }
    return new Value.Tag(enumeration, tag);
  }

  static CatException unknownTag(Place at, String tag, Set<String> known) {
    String near = Spelling.nearest(tag, known);
    return new CatException(
        at,
        "unknown tag '" + tag,
        "a tag of an enum" + (near == null ? "" : "; did you mean '" + near + "?"));
  }

  static Expr choose(Expr.MatchTag match, Value value) {
    if (!(value instanceof Value.Tag(_, String tag))) {
      throw Operators.wrong(match.of().at(), value, "a tag");
    }
    Expr found = match.cases().getOrDefault(tag, match.otherwise());
    if (found == null) {
      throw new CatException(match.at(), "no case for the tag '" + tag, "a case '_'");
    }
    return found;
  }

  /** Binds an element of a set that has one, and the others. */
  private static Scope<Value> takeApart(Expr.MatchSet match, Value set, Scope<Value> scope) {
    Value element;
    Value rest;
    switch (set) {
      case Value.Events(EventSet events) -> {
        int first = events.stream().findFirst().getAsInt();
        element = new Value.Event(first);
        rest = new Value.Events(events.minus(EventSet.empty(events.universe()).with(first)));
      }
      case Value.Pairs(Relation relation) -> {
        int a = relation.domain().stream().findFirst().getAsInt();
        int b = relation.successors(a).stream().findFirst().getAsInt();
        element = new Value.Pair(a, b);
        rest =
            new Value.Pairs(
                relation.minus(new Relation.Builder(relation.universe()).add(a, b).build()));
      }
      case Value.Many(List<Value> elements) -> {
        element = elements.getFirst();
        rest = new Value.Many(elements.subList(1, elements.size()));
      }
      default -> throw Operators.wrong(match.of().at(), set, "a set");
    }
    Scope<Value> inside = scope.with(match.element(), element).with(match.rest(), rest);
    return match.before() == null ? inside : inside.with(match.before(), Any.EMPTY);
  }

  Value apply(Place at, Value function, Value argument) {
    return switch (function) {
      case Value.Closure(Pattern parameter, Expr body, Scope<Value> scope) ->
          eval(body, bind(at, parameter, argument, scope));
      case Value.Primitive(Primitives.Kind kind) -> primitives.apply(at, kind, argument);
      default ->
          throw new CatException(
              at, Operators.article(function.type()) + " is applied", "a function");
    };
  }

  /** Binds the names of a pattern to the parts of a value. */
  static Scope<Value> bind(Place at, Pattern pattern, Value value, Scope<Value> scope) {
    if (pattern.isOne()) {
      return scope.with(pattern.names().getFirst(), value);
    }
    int arity = pattern.names().size();
    List<Value> parts = value instanceof Value.Tuple(List<Value> p) ? p : List.of(value);
    if (parts.size() != arity) {
      throw arity(at, arity, parts.size());
    }
    for (int i = 0; i < arity; i++) {
      scope = scope.with(pattern.names().get(i), parts.get(i));
    }
    return scope;
  }

  static CatException arity(Place at, int wanted, int got) {
    return new CatException(
        at, got + (got == 1 ? " argument" : " arguments") + " given", wanted + " of them");
  }

  /**
   * {@return the scope after a definition}
   *
   * @param check asked after each round of a recursive definition; false ends it
   */
  Scope<Value> bind(
      Place at,
      boolean recursive,
      List<Binding> bindings,
      Scope<Value> scope,
      Predicate<Scope<Value>> check) {
    if (recursive) {
      return fixpoint(at, bindings, scope, check);
    }
    Scope<Value> result = scope;
    for (Binding b : bindings.reversed()) {
      result = lazily(b, scope, result);
    }
    return result;
  }

  private Scope<Value> lazily(Binding b, Scope<Value> scope, Scope<Value> into) {
    Lazy<Value> value = Lazy.by(() -> eval(b.value(), scope));
    List<String> names = b.pattern().names();
    if (b.pattern().isOne()) {
      return into.with(names.getFirst(), value);
    }
    for (int i = 0; i < names.size(); i++) {
      int part = i;
      into =
          into.with(
              names.get(i),
              Lazy.by(() -> {
                List<Value> parts =
                    value.get() instanceof Value.Tuple(List<Value> p) ? p : List.of(value.get());
                if (parts.size() != names.size()) {
                  throw arity(b.at(), names.size(), parts.size());
                }
                return parts.get(part);
              }));
    }
    return into;
  }

  /** All names begin empty; each round updates them one after the other, until none grows. */
  private Scope<Value> fixpoint(
      Place at, List<Binding> bindings, Scope<Value> scope, Predicate<Scope<Value>> check) {
    List<Binding> functions = bindings.stream().filter(b -> b.value() instanceof Expr.Fun).toList();
    List<Binding> values = bindings.stream().filter(b -> !(b.value() instanceof Expr.Fun)).toList();
    List<String> names = values.stream().flatMap(b -> b.pattern().names().stream()).toList();
    Map<String, Value> old = new HashMap<>();
    names.forEach(name -> old.put(name, Any.EMPTY));
    Scope<Value> current = extend(scope, names, old, functions);
    if (values.isEmpty()) {
      return current;
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean grown = false;
      for (Binding b : values) {
        Value value = eval(b.value(), current);
        Scope<Value> bound = bind(b.at(), b.pattern(), value, new Base());
        for (String name : b.pattern().names()) {
          if (name.equals("_")) {
            continue;
          }
          Value now = bound.get(b.at(), name);
          grown |= grows(b.value().at(), now, old.getOrDefault(name, Any.EMPTY));
          old.put(name, now);
        }
        current = extend(scope, names, old, functions);
      }
      if (!check.test(current) || !grown) {
        return current;
      }
    }
    throw unstable(at);
  }

  static CatException unstable(Place at) {
    return new CatException(
        at, "this recursive definition does not become stable", "one that does");
  }

  private static Scope<Value> extend(
      Scope<Value> scope, List<String> names, Map<String, Value> values, List<Binding> functions) {
    Scope<Value> result = scope;
    for (String name : names) {
      result = result.with(name, values.getOrDefault(name, Any.EMPTY));
    }
    if (functions.isEmpty()) {
      return result;
    }
    List<Scope<Value>> knot = new ArrayList<>();
    Scope<Value> tied = new Tied<>(result, knot);
    for (Binding b : functions) {
      Expr.Fun f = (Expr.Fun) b.value();
      result =
          result.with(
              b.pattern().names().getFirst(), new Value.Closure(f.parameter(), f.body(), tied));
    }
    knot.add(result);
    return result;
  }

  /** A scope that ends in itself: where recursive functions find each other. */
  record Tied<V>(Scope<V> outside, List<Scope<V>> knot) implements Scope<V> {
    @Override
    public @Nullable Lazy<V> find(String name) {
      return knot.getFirst().find(name);
    }

    @Override
    public void names(List<String> into) {
      knot.getFirst().names(into);
    }

    @Override
    public String toString() {
      return "recursive";
    }
  }

  /** A scope without names. */
  private record Base() implements Scope<Value> {
    @Override
    public @Nullable Lazy<Value> find(String name) {
      return null;
    }

    @Override
    public void names(List<String> into) {}
  }

  private boolean grows(Place at, Value now, Value old) {
    try {
      return !contained(at, now, old);
    } catch (Values.Mixed e) {
      throw new CatException(at, String.valueOf(e.getMessage()), "a set of one type in all rounds");
    }
  }

  private boolean contained(Place at, Value now, Value old) {
    return switch (now) {
      case Any any when any == Any.EMPTY || old == Any.UNIVERSE -> true;
      case Any _ ->
          switch (old) {
            case Value.Events(EventSet set) -> set.size() == operators.n();
            case Value.Pairs(Relation r) -> Relation.full(operators.n()).isSubsetOf(r);
            default -> false;
          };
      case Value _ when old == Any.UNIVERSE -> true;
      case Value _ when old == Any.EMPTY && isSet(now) -> Values.isEmpty(now);
      case Value.Pairs(Relation r) when old instanceof Value.Pairs(Relation o) -> r.isSubsetOf(o);
      case Value.Events(EventSet s) when old instanceof Value.Events(EventSet o) -> s.isSubsetOf(o);
      case Value.Many(List<Value> s) when old instanceof Value.Many(List<Value> o) ->
          s.stream().allMatch(x -> Operators.contains(o, x));
      default -> throw Operators.wrong(at, now, "a relation or a set, in a recursive definition");
    };
  }

  private static boolean isSet(Value v) {
    return v instanceof Value.Pairs || v instanceof Value.Events || v instanceof Value.Many;
  }

  /** {@return whether a condition holds} */
  boolean holds(Condition condition, Scope<Value> scope) {
    return switch (condition) {
      case Condition.Variant(_, String name) -> variants.contains(name);
      case Condition.Not(Condition of) -> !holds(of, scope);
      case Condition.And(List<Condition> all) -> all.stream().allMatch(c -> holds(c, scope));
      case Condition.Or(List<Condition> any) -> any.stream().anyMatch(c -> holds(c, scope));
      case Condition.Compare(Place at, Expr.Comparison how, Expr left, Expr right) ->
          compare(at, how, eval(left, scope), eval(right, scope));
    };
  }

  boolean compare(Place at, Expr.Comparison how, Value left, Value right) {
    try {
      return switch (how) {
        case EQUAL -> Values.ORDER.compare(left, right) == 0;
        case SUBSET -> contained(at, left, right);
        case IN ->
            switch (left) {
              case Value.Event(int e) -> operators.events(at, right).contains(e);
              case Value.Pair(int a, int b) -> operators.relation(at, right).contains(a, b);
              default -> {
                if (right == Any.EMPTY) {
                  yield false;
                }
                if (!(right instanceof Value.Many(List<Value> elements))) {
                  throw Operators.wrong(at, right, "a set");
                }
                yield Operators.contains(elements, left);
              }
            };
      };
    } catch (Values.Mixed e) {
      throw new CatException(at, "comparison of values of different types", "values of one type");
    }
  }
}
