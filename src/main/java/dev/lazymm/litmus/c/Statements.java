package dev.lazymm.litmus.c;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.c.Statement.Block;
import dev.lazymm.litmus.c.Statement.Evaluate;
import dev.lazymm.litmus.c.Statement.If;
import dev.lazymm.litmus.c.Statement.Jump;
import dev.lazymm.litmus.c.Statement.Loop;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.End;
import dev.lazymm.litmus.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * All ways through statements.
 *
 * <p>What an {@code if} or a loop's condition reads controls what is inside of it and not what
 * follows, as in herd: a compiler may move that up. Only where a {@code break}, {@code continue} or
 * {@code return} inside leaves what follows out, it controls that too.
 */
final class Statements {
  /** A loop that counts to a constant may go round as often as this, whatever the bound. */
  private static final int LONGEST = 1_000;

  /** As many statements on all ways together take some seconds. */
  private static final int MOST = 3_000_000;

  private final CLitmus.Options options;
  private final Expressions expressions;
  private int executed;

  Statements(Source source, Names names, CLitmus.Options options) {
    this.options = options;
    var accesses = new Accesses(options.variants().contains("lkmmv2"));
    this.expressions =
        new Expressions(source, options.macros(), names, options.paths(), accesses, this);
  }

  /**
   * {@return all ways through a thread}
   *
   * @param thread its number
   */
  static List<Path> paths(
      Source source, int thread, ThreadCode code, Names names, CLitmus.Options options) {
    try {
      var statements = new Statements(source, names, options);
      Scope scope = Scope.of(new Statement.At(0, ""));
      return statements.execute(code.body(), Way.START, scope).stream().map(Way::path).toList();
    } catch (Result.TooManyException _) {
      throw new LitmusException(
          source.file(),
          "P"
              + thread
              + " has more than "
              + options.paths()
              + " ways through it, or too long ones");
    }
  }

  List<Way> execute(Statement statement, Way way, Scope scope) {
    if (way.end() != End.NONE) {
      return List.of(way);
    }
    if (++executed > MOST) {
      throw new Result.TooManyException();
    }
    return switch (statement) {
      case Block(List<Statement> all) -> {
        List<Way> ways = List.of(way);
        for (Statement s : all) {
          ways = each(ways, w -> execute(s, w, scope));
        }
        yield ways;
      }
      case Evaluate e ->
          expressions.effect(e.expression(), way, scope.at(e.at())).stream()
              .map(Result::way)
              .toList();
      case If i -> choose(i, way, scope.at(i.at()));
      case Loop l -> loop(l, way, scope.at(l.at()));
      case Jump(End end) -> List.of(way.end(end));
    };
  }

  private <T> List<Way> each(List<T> from, java.util.function.Function<T, List<Way>> next) {
    return Result.flatMap(from, options.paths(), next);
  }

  private List<Way> choose(If i, Way start, Scope scope) {
    List<Way> ways =
        each(
            test(i.condition(), start, scope),
            t -> execute(t.holds ? i.then() : i.otherwise(), t.way, scope));
    return leave(ways, start.control());
  }

  /** {@return the ways after a statement, controlled again by what controlled it} */
  private static List<Way> leave(List<Way> ways, Set<Integer> control) {
    boolean jumps = ways.stream().anyMatch(w -> w.end() != End.NONE && w.end() != End.CUT);
    return jumps ? ways : ways.stream().map(w -> w.control(control)).toList();
  }

  /**
   * One outcome of a condition.
   *
   * @param way controlled by it
   * @param counted whether a constant decided it that is not written as one
   */
  private record Test(Way way, boolean holds, boolean counted) {}

  private List<Test> test(Expression condition, Way start, Scope scope) {
    return Result.flatMap(
        expressions.value(condition, start, scope),
        options.paths(),
        r -> {
          boolean counted =
              r.value().value() instanceof Value.Constant
                  && !(condition instanceof Expression.Constant);
          Set<Integer> control = Computed.union(r.way().control(), r.value().reads());
          return expressions.branches(r.way(), r.value()).stream()
              .map(b -> new Test(b.way().control(control), b.holds(), counted))
              .toList();
        });
  }

  private List<Way> loop(Loop l, Way start, Scope scope) {
    List<Way> left = new ArrayList<>();
    List<Way> going = List.of(start);
    for (int times = 0; !going.isEmpty(); times++) {
      List<Way> next = new ArrayList<>();
      for (Way way : going) {
        List<Test> tests =
            times == 0 && !l.testFirst()
                ? List.of(new Test(way, true, true))
                : test(l.condition(), way, scope);
        for (Test t : tests) {
          if (!t.holds) {
            left.add(t.way);
          } else if (times >= (t.counted ? LONGEST : options.unroll())) {
            left.add(t.way.end(End.CUT));
          } else {
            once(l, t.way, scope, left, next);
          }
        }
        if (left.size() + next.size() > options.paths()) {
          throw new Result.TooManyException();
        }
      }
      going = next;
    }
    return leave(left, start.control());
  }

  private void once(Loop l, Way way, Scope scope, List<Way> left, List<Way> next) {
    for (Way after : execute(l.body(), way, scope)) {
      switch (after.end()) {
        case NONE, CONTINUE -> next.addAll(execute(l.step(), after.end(End.NONE), scope));
        case BREAK -> left.add(after.end(End.NONE));
        case RETURN, CUT -> left.add(after);
      }
    }
  }
}
