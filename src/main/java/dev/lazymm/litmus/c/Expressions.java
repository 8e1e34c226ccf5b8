package dev.lazymm.litmus.c;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Source.Place;
import dev.lazymm.litmus.Spelling;
import dev.lazymm.litmus.c.Expression.Assign;
import dev.lazymm.litmus.c.Expression.Binary;
import dev.lazymm.litmus.c.Expression.Call;
import dev.lazymm.litmus.c.Expression.Choice;
import dev.lazymm.litmus.c.Expression.Constant;
import dev.lazymm.litmus.c.Expression.Deref;
import dev.lazymm.litmus.c.Expression.Name;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.c.Expression.Update;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All ways through expressions. */
final class Expressions {
  /** No definition needs as many others inside of each other. */
  private static final int DEEPEST = 50;

  private final Source source;
  private final Macros macros;
  private final Names names;
  private final int most;
  private final Accesses accesses;
  private final Statements statements;
  private final Assignments assignments;

  Expressions(
      Source source,
      Macros macros,
      Names names,
      int most,
      Accesses accesses,
      Statements statements) {
    this.source = source;
    this.macros = macros;
    this.names = names;
    this.most = most;
    this.accesses = accesses;
    this.statements = statements;
    this.assignments = new Assignments(this, names);
  }

  Macros macros() {
    return macros;
  }

  /** {@return all ways through an expression that must have a value} */
  List<Result> value(Expression e, Way way, Scope scope) {
    return switch (e) {
      case Constant(long number, _) -> List.of(new Result(way, Computed.of(number)));
      case Name(String name, _) -> {
        var argument = scope.argument(e);
        yield argument == null
            ? List.of(new Result(way, names.value(way, name)))
            : value(argument.expression(), way, argument.scope());
      }
      case Deref(Expression address, _) ->
          then(
              value(address, way, scope),
              a -> List.of(Events.read(a.way(), a.value(), Set.of(), false, scope)));
      case Binary b ->
          two(
              b.left(),
              b.right(),
              way,
              scope,
              (w, operands) -> {
                Computed c = binary(b.operator(), operands.left, operands.right, b.place(), scope);
                return List.of(new Result(w, c));
              });
      case Choice c -> choice(c, way, scope);
      case Assign a -> assignments.assign(a, way, scope);
      case Update u -> assignments.update(u, way, scope);
      case Call c -> call(c, way, scope, true);
      case Primitively p -> primitive(p, way, scope, true);
    };
  }

  /** {@return all ways through an expression that need not have a value} */
  List<Result> effect(Expression e, Way way, Scope scope) {
    return switch (e) {
      case Call c -> call(c, way, scope, false);
      case Primitively p -> primitive(p, way, scope, false);
      default -> value(e, way, scope);
    };
  }

  record Operands(Computed left, Computed right) {}

  List<Result> two(
      Expression left,
      Expression right,
      Way way,
      Scope scope,
      BiFunction<Way, Operands, List<Result>> next) {
    return then(
        value(left, way, scope),
        l ->
            then(
                value(right, l.way(), scope),
                r -> next.apply(r.way(), new Operands(l.value(), r.value()))));
  }

  List<Result> then(List<Result> results, Function<Result, List<Result>> next) {
    return Result.flatMap(results, most, next);
  }

  Computed binary(Operator operator, Computed left, Computed right, Place place, Scope scope) {
    try {
      return checked(Computed.binary(operator, left, right), place, scope);
    } catch (ArithmeticException _) {
      throw error(scope, place, "division by zero");
    }
  }

  private Computed checked(Computed value, Place place, Scope scope) {
    if (value.size() > Computed.LARGEST) {
      throw error(
          scope, place, "this value depends in over " + Computed.LARGEST + " ways on reads");
    }
    return value;
  }

  /** One way that a condition can be. */
  record Branch(Way way, boolean holds) {}

  /** {@return the one or two ways that a condition can be} */
  List<Branch> branches(Way way, Computed condition) {
    Optional<Boolean> decided = way.decide(condition.value());
    return decided.isPresent()
        ? List.of(new Branch(way, decided.get()))
        : List.of(
            new Branch(way.assume(condition.value(), true), true),
            new Branch(way.assume(condition.value(), false), false));
  }

  private List<Result> choice(Choice c, Way way, Scope scope) {
    return then(
        value(c.condition(), way, scope),
        condition ->
            isPure(c.then(), scope) && isPure(c.otherwise(), scope)
                ? select(c, condition, scope)
                : fork(c, condition, scope));
  }

  private List<Result> select(Choice c, Result condition, Scope scope) {
    Optional<Boolean> decided = condition.way().decide(condition.value().value());
    if (decided.isPresent()) {
      return then(
          value(decided.get() ? c.then() : c.otherwise(), condition.way(), scope),
          r -> List.of(new Result(r.way(), r.value().and(condition.value().reads()))));
    }
    return two(
        c.then(),
        c.otherwise(),
        condition.way(),
        scope,
        (w, arms) -> {
          Computed one = Computed.select(condition.value(), arms.left, arms.right);
          return List.of(new Result(w, checked(one, c.place(), scope)));
        });
  }

  private List<Result> fork(Choice c, Result condition, Scope scope) {
    Set<Integer> control = condition.way().control();
    Set<Integer> reads = condition.value().reads();
    return Result.flatMap(
        branches(condition.way(), condition.value()),
        most,
        b -> {
          Way arm = b.way().control(Computed.union(control, reads));
          return then(
              value(b.holds() ? c.then() : c.otherwise(), arm, scope),
              r -> List.of(new Result(r.way().control(control), r.value().and(reads))));
        });
  }

  /** {@return whether an expression only computes} */
  private static boolean isPure(Expression e, Scope scope) {
    return switch (e) {
      case Constant _ -> true;
      case Name _ -> {
        var argument = scope.argument(e);
        yield argument == null || isPure(argument.expression(), argument.scope());
      }
      case Binary b -> isPure(b.left(), scope) && isPure(b.right(), scope);
      case Choice c ->
          isPure(c.condition(), scope) && isPure(c.then(), scope) && isPure(c.otherwise(), scope);
      case Deref _, Assign _, Update _, Call _, Primitively _ -> false;
    };
  }

  private List<Result> call(Call c, Way way, Scope scope, boolean needsValue) {
    Macro macro = macros.get(c.name());
    if (macro == null) {
      throw error(
          scope, c.place(), "Unknown macro " + c.name() + Spelling.hint(c.name(), macros.names()));
    }
    int expected = macro.parameters().size();
    if (c.arguments().size() != expected) {
      throw error(
          scope,
          c.place(),
          "%s() takes %s, not %d"
              .formatted(c.name(), Trees.count(expected, "argument"), c.arguments().size()));
    }
    if (scope.depth() > DEEPEST) {
      throw error(scope, c.place(), c.name() + "() is defined in terms of itself");
    }
    var arguments = new HashMap<String, Scope.Argument>();
    for (int i = 0; i < expected; i++) {
      arguments.put(macro.parameters().get(i), new Scope.Argument(c.arguments().get(i), scope));
    }
    Scope inside = scope.inside(arguments, c.place());
    return switch (macro) {
      case Macro.Valued v ->
          needsValue ? value(v.body(), way, inside) : effect(v.body(), way, inside);
      case Macro.Unvalued _ when needsValue ->
          throw error(scope, c.place(), c.name() + "() has no value");
      case Macro.Unvalued u ->
          statements.execute(u.body(), way, inside).stream()
              .map(w -> new Result(w, Computed.of(0)))
              .toList();
    };
  }

  private List<Result> primitive(Primitively p, Way way, Scope scope, boolean needsValue) {
    if (needsValue && !p.primitive().hasValue()) {
      throw error(scope, p.place(), p.primitive().word() + " has no value");
    }
    return accesses.primitive(p, way, scope, this);
  }

  /** {@return all ways to the address of what a location expression names} */
  List<Result> location(Expression e, Way way, Scope scope) {
    var argument = scope.argument(e);
    if (argument != null) {
      return location(argument.expression(), way, argument.scope());
    }
    if (e instanceof Deref(Expression address, _)) {
      return value(address, way, scope);
    }
    throw error(scope, e.place(), "expected a location: * and the address, as in READ_ONCE(*x)");
  }

  LitmusException error(Scope scope, Place place, String message) {
    return source.error(scope.place(place), message);
  }
}
