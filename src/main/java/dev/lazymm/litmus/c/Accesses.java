package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All ways through the primitives. */
final class Accesses {
  private final ReadModifyWrites updates;

  /**
   * How read-modify-writes are tagged is a convention between a model and its tool.
   *
   * @param both whether both events carry the macro's tag, as the {@code lkmmv2} variant has it
   */
  Accesses(boolean both) {
    this.updates = new ReadModifyWrites(!both);
  }

  List<Result> primitive(Primitively p, Way start, Scope scope, Expressions in) {
    List<Expression> operands = p.operands();
    Optional<List<Set<String>>> orders = Orders.of(p, scope, in);
    if (orders.isPresent() && p.primitive().isUpdate()) {
      return Updates.ways(p, orders.get(), start, scope, in);
    }
    Set<String> tags =
        orders.map(List::getFirst).orElseGet(() -> p.tag() == null ? Set.of() : Set.of(p.tag()));
    return switch (p.primitive()) {
      case FENCE -> List.of(done(Events.fence(start, tags, scope)));
      case LOAD ->
          in.then(
              in.location(operands.get(0), start, scope),
              l -> List.of(Events.read(l.way(), l.value(), tags, false, scope)));
      case STORE ->
          in.then(
              in.location(operands.get(0), start, scope),
              l ->
                  in.then(
                      in.value(operands.get(1), l.way(), scope),
                      v ->
                          List.of(
                              done(Events.write(v.way(), l.value(), v.value(), tags, -1, scope)))));
      case LOCK, UNLOCK, TRYLOCK, IS_LOCKED, SRCU ->
          in.then(
              in.value(operands.get(0), start, scope),
              a -> at(p.primitive(), a.way(), a.value(), tags, scope));
      case XCHG, ATOMIC_OP, ATOMIC_OP_RETURN, ATOMIC_FETCH_OP ->
          in.two(
              operands.get(0),
              operands.get(1),
              start,
              scope,
              (w, o) -> List.of(updates.always(p, w, o.left(), o.right(), scope, in)));
      case CMPXCHG ->
          three(p, start, scope, in, (w, a, b, c) -> updates.compare(p, w, a, b, c, scope, in));
      case ATOMIC_ADD_UNLESS ->
          three(p, start, scope, in, (w, a, b, c) -> updates.addUnless(p, w, a, b, c, scope, in));
    };
  }

  private static Result done(Way way) {
    return new Result(way, Computed.of(0));
  }

  /** {@return the ways through a primitive that has an address and nothing else} */
  private static List<Result> at(
      Primitive primitive, Way way, Computed address, Set<String> tags, Scope scope) {
    return switch (primitive) {
      case LOCK -> List.of(Events.lock(way, address, scope));
      case TRYLOCK ->
          List.of(
              Events.lock(way, address, scope),
              Events.look(way, Action.LOCK_FAIL, address, 0, scope));
      case IS_LOCKED ->
          List.of(
              Events.look(way, Action.READ_LOCKED, address, 1, scope),
              Events.look(way, Action.READ_UNLOCKED, address, 0, scope));
      case UNLOCK -> List.of(done(Events.at(way, Action.UNLOCK, address, tags, scope)));
      case SRCU -> List.of(done(Events.at(way, Action.SRCU, address, tags, scope)));
      default -> throw new AssertionError(primitive);
    };
  }

  private interface OfThree {
    List<Result> ways(Way way, Computed first, Computed second, Computed third);
  }

  private static List<Result> three(
      Primitively p, Way start, Scope scope, Expressions in, OfThree next) {
    return in.two(
        p.operands().get(0),
        p.operands().get(1),
        start,
        scope,
        (w, o) ->
            in.then(
                in.value(p.operands().get(2), w, scope),
                third -> next.ways(third.way(), o.left(), o.right(), third.value())));
  }
}
