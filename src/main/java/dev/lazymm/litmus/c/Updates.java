package dev.lazymm.litmus.c;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All ways through C11's read-modify-writes: each is one event, as in herd. */
final class Updates {
  private Updates() {}

  /**
   * {@return the ways through one}
   *
   * @param orders the tags of its order; of a comparison, of its success and of its failure
   */
  static List<Result> ways(
      Primitively p, List<Set<String>> orders, Way start, Scope scope, Expressions in) {
    return in.two(
        p.operands().get(0),
        p.operands().get(1),
        start,
        scope,
        (w, o) ->
            p.primitive() == Primitive.CMPXCHG
                ? in.then(
                    in.value(p.operands().get(2), w, scope),
                    now ->
                        compare(p, orders, now.way(), o.left(), o.right(), now.value(), scope, in))
                : List.of(always(p, orders.getFirst(), w, o.left(), o.right(), scope, in)));
  }

  private static Result always(
      Primitively p,
      Set<String> tags,
      Way way,
      Computed address,
      Computed operand,
      Scope scope,
      Expressions in) {
    Computed old = Computed.ofRead(way.count());
    Computed now =
        p.operator() instanceof Operator operator
            ? in.binary(operator, old, operand, p.place(), scope)
            : operand;
    // That what it writes depends on what it reads goes without saying.
    Computed written = new Computed(now.value(), operand.reads(), operand.picks(), now.size());
    return Events.update(way, address, written, tags, scope);
  }

  /**
   * A comparison reads what is expected from memory, and if it fails writes there what it found.
   */
  private static List<Result> compare(
      Primitively p,
      List<Set<String>> orders,
      Way start,
      Computed address,
      Computed expected,
      Computed now,
      Scope scope,
      Expressions in) {
    Result hoped = Events.read(start, expected, Set.of(), false, scope);
    Computed found = Computed.ofRead(hoped.way().count());
    Computed equal = in.binary(Operator.EQ, found, hoped.value(), p.place(), scope);
    List<Result> ways = new ArrayList<>();
    Result done = Events.update(hoped.way(), address, now, orders.getFirst(), scope);
    Result seen = Events.read(hoped.way(), address, orders.getLast(), false, scope);
    for (Expressions.Branch b : in.branches(done.way(), equal)) {
      if (b.holds()) {
        ways.add(new Result(b.way(), Computed.of(1, equal.reads())));
      }
    }
    for (Expressions.Branch b : in.branches(seen.way(), equal)) {
      if (!b.holds()) {
        Way told = Events.write(b.way(), expected, found, Set.of(), -1, scope);
        ways.add(new Result(told, Computed.of(0, equal.reads())));
      }
    }
    return ways;
  }
}
