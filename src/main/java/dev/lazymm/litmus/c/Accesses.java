package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.Operator;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.c.Expression.Primitively;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What primitives do to memory, in events. */
final class Accesses {
  private final boolean separate;

  /**
   * How read-modify-writes are tagged is a convention between a model and its tool.
   *
   * @param both whether both events carry the macro's tag, as the {@code lkmmv2} variant has it
   */
  Accesses(boolean both) {
    this.separate = !both;
  }

  /** {@return a plain read} */
  Result load(Way way, Computed address, Scope scope) {
    return read(way, address, Set.of(), false, scope);
  }

  /** {@return the way after a plain write} */
  Way store(Way way, Computed address, Computed value, Scope scope) {
    return write(way, address, value, Set.of(), -1, scope);
  }

  List<Result> primitive(Primitively p, Way start, Scope scope, Expressions in) {
    Set<String> tags = p.tag() == null ? Set.of() : Set.of(p.tag());
    List<Expression> o = p.operands();
    return switch (p.primitive()) {
      case LOAD ->
          in.then(
              in.location(o.get(0), start, scope),
              l -> List.of(read(l.way(), l.value(), tags, false, scope)));
      case STORE ->
          in.then(
              in.location(o.get(0), start, scope),
              l ->
                  in.then(
                      in.value(o.get(1), l.way(), scope),
                      v -> {
                        Way w = write(v.way(), l.value(), v.value(), tags, -1, scope);
                        return List.of(done(w));
                      }));
      case FENCE -> List.of(done(fence(start, tags, scope)));
      case SRCU -> simple(Action.SRCU, p, start, tags, scope, in);
      case UNLOCK -> simple(Action.UNLOCK, p, start, tags, scope, in);
      case LOCK ->
          in.then(in.value(o.get(0), start, scope), a -> List.of(lock(a.way(), a.value(), scope)));
      case TRYLOCK ->
          in.then(
              in.value(o.get(0), start, scope),
              a ->
                  List.of(
                      lock(a.way(), a.value(), scope),
                      outcome(a.way(), a.value(), Action.LOCK_FAIL, 0, scope)));
      case IS_LOCKED ->
          in.then(
              in.value(o.get(0), start, scope),
              a ->
                  List.of(
                      outcome(a.way(), a.value(), Action.READ_LOCKED, 1, scope),
                      outcome(a.way(), a.value(), Action.READ_UNLOCKED, 0, scope)));
      case XCHG, ATOMIC_OP, ATOMIC_OP_RETURN, ATOMIC_FETCH_OP ->
          in.two(
              o.get(0),
              o.get(1),
              start,
              scope,
              (w, both) -> List.of(update(p, w, both.left(), both.right(), scope, in)));
      case CMPXCHG, ATOMIC_ADD_UNLESS ->
          in.two(
              o.get(0),
              o.get(1),
              start,
              scope,
              (w, both) ->
                  in.then(
                      in.value(o.get(2), w, scope),
                      third ->
                          conditional(
                              p,
                              third.way(),
                              List.of(both.left(), both.right(), third.value()),
                              scope,
                              in)));
    };
  }

  private static Result done(Way way) {
    return new Result(way, Computed.of(0));
  }

  private List<Result> simple(
      Action action, Primitively p, Way start, Set<String> tags, Scope scope, Expressions in) {
    return in.then(
        in.value(p.operands().get(0), start, scope),
        a -> List.of(done(event(a.way(), action, tags, a.value(), -1, scope))));
  }

  private Result lock(Way way, Computed address, Scope scope) {
    Way read = event(way, Action.LOCK_READ, Set.of(), address, -1, scope);
    Way both = event(read, Action.LOCK_WRITE, Set.of(), address, way.count(), scope);
    return new Result(both, Computed.of(1, Set.of(way.count())));
  }

  private Result outcome(Way way, Computed address, Action action, long value, Scope scope) {
    Way after = event(way, action, Set.of(), address, -1, scope);
    return new Result(after, Computed.of(value, Set.of(way.count())));
  }

  /** A read-modify-write that always writes. */
  private Result update(
      Primitively p, Way start, Computed address, Computed operand, Scope scope, Expressions in) {
    Tags tags = Tags.of(p, separate);
    Way way = tags.fenced(start, w -> fence(w, tags.fence(), scope));
    Result old = read(way, address, tags.read(), true, scope);
    Computed now =
        p.operator() instanceof Operator operator
            ? in.binary(operator, old.value(), operand, p.place(), scope)
            : operand;
    Way written = write(old.way(), address, now, tags.write(), way.count(), scope);
    Way end = tags.fenced(written, w -> fence(w, tags.fence(), scope));
    return new Result(end, p.primitive() == Primitive.ATOMIC_OP_RETURN ? now : old.value());
  }

  /** A read-modify-write that writes if what it reads is as it should be. */
  private List<Result> conditional(
      Primitively p, Way start, List<Computed> operands, Scope scope, Expressions in) {
    boolean add = p.primitive() == Primitive.ATOMIC_ADD_UNLESS;
    Tags tags = Tags.of(p, separate);
    Computed address = operands.get(0);
    Computed expected = operands.get(add ? 2 : 1);

    Result tried = read(start, address, tags.failed(), true, scope);
    Computed compare =
        in.binary(add ? Operator.NE : Operator.EQ, tried.value(), expected, p.place(), scope);

    Way fenced = tags.fenced(start, w -> fence(w, tags.fence(), scope));
    Result old = read(fenced, address, tags.read(), true, scope);
    Computed now =
        add
            ? in.binary(Operator.ADD, old.value(), operands.get(1), p.place(), scope)
            : operands.get(2);
    Computed succeeds =
        in.binary(add ? Operator.NE : Operator.EQ, old.value(), expected, p.place(), scope);
    var ways = new ArrayList<Result>();
    for (var b : in.branches(old.way(), succeeds)) {
      if (b.holds()) {
        Set<Integer> control = start.control();
        Way inside = b.way().control(Computed.union(control, succeeds.reads()));
        Way written = write(inside, address, now, tags.write(), fenced.count(), scope);
        Way end = tags.fenced(written.control(control), w -> fence(w, tags.fence(), scope));
        ways.add(new Result(end, add ? Computed.of(1, succeeds.reads()) : old.value()));
      }
    }
    for (var b : in.branches(tried.way(), compare)) {
      if (!b.holds()) {
        ways.add(new Result(b.way(), add ? Computed.of(0, compare.reads()) : tried.value()));
      }
    }
    return ways;
  }

  private static Result read(
      Way way, Computed address, Set<String> tags, boolean rmw, Scope scope) {
    var event =
        new PathEvent(
            Action.READ,
            tags,
            rmw,
            address.value(),
            null,
            -1,
            address.reads(),
            Set.of(),
            way.control(),
            scope.at().line(),
            scope.at().text());
    return new Result(way.event(event), Computed.ofRead(way.count()));
  }

  private static Way write(
      Way way, Computed address, Computed value, Set<String> tags, int readPart, Scope scope) {
    return way.event(
        new PathEvent(
            Action.WRITE,
            tags,
            readPart >= 0,
            address.value(),
            value.value(),
            readPart,
            address.reads(),
            value.reads(),
            way.control(),
            scope.at().line(),
            scope.at().text()));
  }

  private static Way event(
      Way way, Action action, Set<String> tags, Computed address, int readPart, Scope scope) {
    return way.event(
        new PathEvent(
            action,
            tags,
            false,
            address.value(),
            null,
            readPart,
            address.reads(),
            Set.of(),
            way.control(),
            scope.at().line(),
            scope.at().text()));
  }

  private static Way fence(Way way, Set<String> tags, Scope scope) {
    return way.event(
        new PathEvent(
            Action.FENCE,
            tags,
            false,
            null,
            null,
            -1,
            Set.of(),
            Set.of(),
            way.control(),
            scope.at().line(),
            scope.at().text()));
  }
}
