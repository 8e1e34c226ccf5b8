package dev.lazymm.litmus.c;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All ways through atomic read-modify-writes, their operands evaluated. */
final class ReadModifyWrites {
  private final boolean separate;

  /** How they are tagged: see {@link Tags#of}. */
  ReadModifyWrites(boolean separate) {
    this.separate = separate;
  }

  /** {@return the way through one that always writes} */
  Result always(
      Primitively p, Way start, Computed address, Computed operand, Scope scope, Expressions in) {
    Tags tags = Tags.of(p, separate);
    Way fenced = tags.fenced(start, scope);
    Result old = Events.read(fenced, address, tags.read(), true, scope);
    Computed now =
        p.operator() instanceof Operator operator
            ? in.binary(operator, old.value(), operand, p.place(), scope)
            : operand;
    Way written = Events.write(old.way(), address, now, tags.write(), fenced.count(), scope);
    Way end = tags.fenced(written, scope);
    return new Result(end, p.primitive() == Primitive.ATOMIC_OP_RETURN ? now : old.value());
  }

  /**
   * {@return the ways through {@code cmpxchg(address, expected, now)}; what it read is its value}
   */
  List<Result> compare(
      Primitively p,
      Way start,
      Computed address,
      Computed expected,
      Computed now,
      Scope scope,
      Expressions in) {
    Tags tags = Tags.of(p, separate);
    List<Result> ways = new ArrayList<>();
    for (boolean succeeds : new boolean[] {true, false}) {
      Way fenced = succeeds ? tags.fenced(start, scope) : start;
      var readTags = succeeds ? tags.read() : tags.failed();
      Result old = Events.read(fenced, address, readTags, true, scope);
      Computed equal = in.binary(Operator.EQ, old.value(), expected, p.place(), scope);
      attempt(old.way(), equal, succeeds, in)
          .map(w -> succeeds ? write(w, equal, address, now, tags, fenced, scope) : w)
          .ifPresent(w -> ways.add(new Result(w, old.value())));
    }
    return ways;
  }

  /** {@return the ways through {@code add_unless(address, amount, unless)}: 1 if it adds, or 0} */
  List<Result> addUnless(
      Primitively p,
      Way start,
      Computed address,
      Computed amount,
      Computed unless,
      Scope scope,
      Expressions in) {
    Tags tags = Tags.of(p, separate);
    List<Result> ways = new ArrayList<>();
    for (boolean adds : new boolean[] {true, false}) {
      Way fenced = adds ? tags.fenced(start, scope) : start;
      var readTags = adds ? tags.read() : tags.failed();
      Result old = Events.read(fenced, address, readTags, true, scope);
      Computed differs = in.binary(Operator.NE, old.value(), unless, p.place(), scope);
      Computed now = in.binary(Operator.ADD, old.value(), amount, p.place(), scope);
      attempt(old.way(), differs, adds, in)
          .map(w -> adds ? write(w, differs, address, now, tags, fenced, scope) : w)
          .ifPresent(w -> ways.add(new Result(w, Computed.of(adds ? 1 : 0, differs.reads()))));
    }
    return ways;
  }

  /** {@return the way on which a condition is so or not, if there is one} */
  private static Optional<Way> attempt(Way way, Computed condition, boolean holds, Expressions in) {
    return in.branches(way, condition).stream()
        .filter(b -> b.holds() == holds)
        .map(Expressions.Branch::way)
        .findFirst();
  }

  /** Whether it writes depends on the condition's reads: they control the write, and only it. */
  private static Way write(
      Way way,
      Computed condition,
      Computed address,
      Computed now,
      Tags tags,
      Way beforeRead,
      Scope scope) {
    Way inside = way.control(Computed.union(way.control(), condition.reads()));
    Way written = Events.write(inside, address, now, tags.write(), beforeRead.count(), scope);
    return tags.fenced(written.control(way.control()), scope);
  }
}
