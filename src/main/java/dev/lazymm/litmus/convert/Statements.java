package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Statement;
import dev.lazymm.litmus.convert.Arg.Constant;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles statements, and conditions of branches. */
final class Statements {
  private static final Map<Operator, Operator> OPPOSITES =
      Map.of(
          Operator.EQ, Operator.NE,
          Operator.NE, Operator.EQ,
          Operator.LT, Operator.GE,
          Operator.GE, Operator.LT,
          Operator.GT, Operator.LE,
          Operator.LE, Operator.GT);

  private final Context in;
  private final Expressions expressions;
  private final Deque<Around> loops = new ArrayDeque<>();

  /** Where {@code continue} and {@code break} go. */
  private record Around(String next, String end) {}

  Statements(Context in) {
    this.in = in;
    this.expressions = new Expressions(in, this);
  }

  void compile(Statement statement) {
    if (!expressions.isInside() && at(statement) instanceof Statement.At at) {
      in.out().from(at);
    }
    switch (statement) {
      case Statement.Block(var all) -> all.forEach(this::compile);
      case Statement.Evaluate e -> {
        expressions.effect(e.expression());
        end();
      }
      case Statement.If i -> choose(i);
      case Statement.Loop l -> loop(l);
      case Statement.Jump(var end) ->
          in.out()
              .add(
                  in.dialect()
                      .jump(
                          switch (end) {
                            case BREAK -> loops.element().end;
                            case CONTINUE -> loops.element().next;
                            default -> in.end();
                          }));
    }
  }

  private static Statement.@Nullable At at(Statement statement) {
    return switch (statement) {
      case Statement.Evaluate e -> e.at();
      case Statement.If i -> i.at();
      case Statement.Loop l -> l.at();
      case Statement.Block _, Statement.Jump _ -> null;
    };
  }

  /** Gives registers back, if this is not inside of an expression, in the body of a macro. */
  private void end() {
    if (!expressions.isInside()) {
      in.registers().endStatement();
    }
  }

  private void choose(Statement.If i) {
    boolean hasElse = !i.otherwise().equals(new Statement.Block(java.util.List.of()));
    String otherwise = in.out().label();
    branch(i.condition(), false, otherwise);
    end();
    compile(i.then());
    if (hasElse) {
      String end = in.out().label();
      in.out().add(in.dialect().jump(end));
      in.out().here(otherwise);
      compile(i.otherwise());
      in.out().here(end);
    } else {
      in.out().here(otherwise);
    }
  }

  /** The condition comes last, so that a way round is one jump back. */
  private void loop(Statement.Loop l) {
    String again = in.out().label();
    String next = in.out().label();
    String test = in.out().label();
    String end = in.out().label();
    if (l.testFirst()) {
      in.out().add(in.dialect().jump(test));
    }
    in.out().here(again);
    loops.push(new Around(next, end));
    compile(l.body());
    loops.pop();
    in.out().here(next);
    compile(l.step());
    if (!expressions.isInside()) {
      in.out().from(l.at());
    }
    in.out().here(test);
    branch(l.condition(), true, again);
    end();
    in.out().here(end);
  }

  /** Goes to a label if a condition holds, or if it does not. */
  void branch(Expression condition, boolean holds, String label) {
    switch (condition) {
      case Expression.Binary b
          when b.right() instanceof Expression.Constant(long n, _)
              && n == 0
              && isTruth(b.left())
              && b.operator() == Operator.NE ->
          branch(b.left(), holds, label);
      case Expression.Binary b
          when b.right() instanceof Expression.Constant(long n, _)
              && n == 0
              && isTruth(b.left())
              && b.operator() == Operator.EQ ->
          branch(b.left(), !holds, label);
      case Expression.Binary b when OPPOSITES.containsKey(b.operator()) -> {
        Arg left = expressions.held(expressions.value(b.left()), b.right());
        Arg right = expressions.value(b.right());
        compare(b.operator(), left, right, holds, label);
      }
      case Expression.Choice c when isNumber(c.otherwise(), 0) ->
          both(c.condition(), true, c.then(), holds, label);
      case Expression.Choice c when isNumber(c.then(), 1) ->
          both(c.condition(), false, c.otherwise(), holds, label);
      default -> compare(Operator.NE, expressions.value(condition), new Constant(0), holds, label);
    }
  }

  /**
   * Goes to a label after {@code first && second}, or {@code first || second}.
   *
   * @param and which of them: what the first must be so that the second is asked
   */
  private void both(Expression first, boolean and, Expression second, boolean holds, String label) {
    if (and != holds) {
      branch(first, holds, label);
      branch(second, holds, label);
    } else {
      String end = in.out().label();
      branch(first, !and, end);
      branch(second, holds, label);
      in.out().here(end);
    }
  }

  /** {@return whether an expression is a comparison, or made of such} */
  private static boolean isTruth(Expression e) {
    return switch (e) {
      case Expression.Binary b -> OPPOSITES.containsKey(b.operator());
      case Expression.Choice c -> isNumber(c.otherwise(), 0) || isNumber(c.then(), 1);
      default -> false;
    };
  }

  private static boolean isNumber(Expression e, long number) {
    return e instanceof Expression.Constant(long n, _) && n == number;
  }

  private void compare(Operator operator, Arg left, Arg right, boolean holds, String label) {
    Operator asked = holds ? operator : OPPOSITES.getOrDefault(operator, operator);
    if (left instanceof Constant(long a) && right instanceof Constant(long b)) {
      if (asked.apply(a, b) != 0) {
        in.out().add(in.dialect().jump(label));
      }
      return;
    }
    Register first = in.register(left);
    Arg second =
        right instanceof Constant(long n) && in.dialect().compares(n) ? right : in.register(right);
    in.out().add(in.dialect().branch(asked, first, second, label, in.wide()));
  }
}
