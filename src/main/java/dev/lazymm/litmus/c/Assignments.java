package dev.lazymm.litmus.c;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source.Place;
import dev.lazymm.litmus.c.Expression.Assign;
import dev.lazymm.litmus.c.Expression.Deref;
import dev.lazymm.litmus.c.Expression.Name;
import dev.lazymm.litmus.c.Expression.Update;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.List;
import java.util.Set;

/** All ways through assignments to registers, and to memory by plain writes. */
final class Assignments {
  private final Expressions in;
  private final Names names;

  Assignments(Expressions in, Names names) {
    this.in = in;
    this.names = names;
  }

  List<Result> assign(Assign a, Way way, Scope scope) {
    var argument = scope.argument(a.target());
    if (argument != null) {
      // Only the target is the caller's, so the value is computed first.
      return in.then(
          in.value(a.value(), way, scope),
          v -> store(argument.expression(), argument.scope(), v.value(), v.way(), a.place()));
    }
    return switch (a.target()) {
      case Name(String name, _) ->
          in.then(
              in.value(a.value(), way, scope),
              v -> List.of(new Result(v.way().register(name, v.value()), v.value())));
      case Deref(Expression address, _) ->
          in.two(
              address,
              a.value(),
              way,
              scope,
              (w, o) ->
                  List.of(
                      new Result(
                          Events.write(w, o.left(), o.right(), Set.of(), -1, scope), o.right())));
      default -> throw unfit(scope, a.place());
    };
  }

  private List<Result> store(Expression target, Scope scope, Computed value, Way way, Place place) {
    return switch (target) {
      case Name(String name, _) when scope.argument(target) == null ->
          List.of(new Result(way.register(name, value), value));
      case Deref(Expression address, _) ->
          in.then(
              in.value(address, way, scope),
              l ->
                  List.of(
                      new Result(
                          Events.write(l.way(), l.value(), value, Set.of(), -1, scope), value)));
      default -> throw unfit(scope, place);
    };
  }

  List<Result> update(Update u, Way way, Scope scope) {
    return switch (u.target()) {
      case Name(String name, _) when scope.argument(u.target()) == null ->
          in.then(
              in.value(u.value(), way, scope),
              v -> {
                Computed old = names.value(v.way(), name);
                Computed now = in.binary(u.operator(), old, v.value(), u.place(), scope);
                return List.of(new Result(v.way().register(name, now), u.old() ? old : now));
              });
      case Deref(Expression address, _) ->
          in.two(
              address,
              u.value(),
              way,
              scope,
              (w, o) -> {
                Result old = Events.read(w, o.left(), Set.of(), false, scope);
                Computed now = in.binary(u.operator(), old.value(), o.right(), u.place(), scope);
                Way stored = Events.write(old.way(), o.left(), now, Set.of(), -1, scope);
                return List.of(new Result(stored, u.old() ? old.value() : now));
              });
      default -> throw unfit(scope, u.place());
    };
  }

  private LitmusException unfit(Scope scope, Place place) {
    return in.error(scope, place, "only registers and *addresses can be assigned to");
  }
}
