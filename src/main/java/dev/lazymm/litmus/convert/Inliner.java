package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Source.Place;
import dev.lazymm.litmus.Spelling;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Macro;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.c.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the body of a macro where it is called: by name, as C does. */
final class Inliner {
  /** What a macro's parameters stand for, and where the macro is called. */
  private record Call(Map<String, Expression> arguments, Place place) {}

  private final Source source;
  private final Macros macros;

  Inliner(Source source, Macros macros) {
    this.source = source;
    this.macros = macros;
  }

  /**
   * {@return the macro of a call, with the call's arguments for its parameters, and the call's
   * place for all of its own}
   *
   * @throws LitmusException if there is no such macro, or it takes other arguments
   */
  Macro inline(Expression.Call call) {
    Macro macro = macros.get(call.name());
    if (macro == null) {
      throw source.error(
          call.place(),
          "Unknown macro " + call.name() + Spelling.hint(call.name(), macros.names()));
    }
    List<String> parameters = macro.parameters();
    if (parameters.size() != call.arguments().size()) {
      throw source.error(
          call.place(),
          "%s() takes %d arguments, not %d"
              .formatted(call.name(), parameters.size(), call.arguments().size()));
    }
    Map<String, Expression> arguments = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      arguments.put(parameters.get(i), call.arguments().get(i));
    }
    Call inside = new Call(arguments, call.place());
    return switch (macro) {
      case Macro.Valued v -> new Macro.Valued(List.of(), expression(v.body(), inside));
      case Macro.Unvalued u -> new Macro.Unvalued(List.of(), statement(u.body(), inside));
    };
  }

  private Expression expression(Expression e, Call c) {
    return switch (e) {
      case Expression.Constant(long number, _) -> new Expression.Constant(number, c.place);
      case Expression.Name(String name, _) ->
          c.arguments.getOrDefault(name, new Expression.Name(name, c.place));
      case Expression.Deref(Expression address, _) ->
          new Expression.Deref(expression(address, c), c.place);
      case Expression.Binary b ->
          new Expression.Binary(
              b.operator(), expression(b.left(), c), expression(b.right(), c), c.place);
      case Expression.Choice o ->
          new Expression.Choice(
              expression(o.condition(), c),
              expression(o.then(), c),
              expression(o.otherwise(), c),
              c.place);
      case Expression.Assign a ->
          new Expression.Assign(expression(a.target(), c), expression(a.value(), c), c.place);
      case Expression.Update u ->
          new Expression.Update(
              expression(u.target(), c), u.operator(), expression(u.value(), c), u.old(), c.place);
      case Expression.Call o -> new Expression.Call(o.name(), all(o.arguments(), c), c.place);
      case Expression.Primitively p ->
          new Expression.Primitively(
              p.primitive(), p.tag(), all(p.operands(), c), p.operator(), c.place);
    };
  }

  private List<Expression> all(List<Expression> expressions, Call c) {
    return expressions.stream().map(e -> expression(e, c)).toList();
  }

  private Statement statement(Statement s, Call c) {
    return switch (s) {
      case Statement.Block(List<Statement> all) ->
          new Statement.Block(all.stream().map(x -> statement(x, c)).toList());
      case Statement.Evaluate e -> new Statement.Evaluate(expression(e.expression(), c), e.at());
      case Statement.If i ->
          new Statement.If(
              expression(i.condition(), c),
              statement(i.then(), c),
              statement(i.otherwise(), c),
              i.at());
      case Statement.Loop l ->
          new Statement.Loop(
              expression(l.condition(), c),
              statement(l.body(), c),
              statement(l.step(), c),
              l.testFirst(),
              l.at());
      case Statement.Jump j -> j;
    };
  }
}
