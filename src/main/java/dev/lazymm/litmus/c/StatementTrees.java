package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Statement.At;
import dev.lazymm.litmus.c.Statement.Block;
import dev.lazymm.litmus.c.grammar.CParser.BlockContext;
import dev.lazymm.litmus.c.grammar.CParser.BreakContext;
import dev.lazymm.litmus.c.grammar.CParser.ContinueContext;
import dev.lazymm.litmus.c.grammar.CParser.DeclarationContext;
import dev.lazymm.litmus.c.grammar.CParser.DeclareContext;
import dev.lazymm.litmus.c.grammar.CParser.DoWhileContext;
import dev.lazymm.litmus.c.grammar.CParser.EvaluateContext;
import dev.lazymm.litmus.c.grammar.CParser.ExpressionContext;
import dev.lazymm.litmus.c.grammar.CParser.ForContext;
import dev.lazymm.litmus.c.grammar.CParser.IfContext;
import dev.lazymm.litmus.c.grammar.CParser.NestedContext;
import dev.lazymm.litmus.c.grammar.CParser.NothingContext;
import dev.lazymm.litmus.c.grammar.CParser.ReturnContext;
import dev.lazymm.litmus.c.grammar.CParser.StatementContext;
import dev.lazymm.litmus.c.grammar.CParser.StepsContext;
import dev.lazymm.litmus.c.grammar.CParser.WhileContext;
import dev.lazymm.litmus.way.End;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Turns ANTLR's trees of statements into ours, and notes what they declare. */
final class StatementTrees extends Trees {
  private static final Statement NOTHING = new Block(List.of());

  private final Set<String> declared = new HashSet<>();
  private int loops;

  StatementTrees(Source source) {
    super(source);
  }

  /** {@return the names declared in what has been turned so far} */
  Set<String> declared() {
    return declared;
  }

  Statement block(BlockContext tree) {
    return new Block(tree.statement().stream().map(this::statement).toList());
  }

  private Statement statement(StatementContext tree) {
    return switch (tree) {
      case NestedContext n -> block(n.block());
      case NothingContext _ -> NOTHING;
      case DeclareContext d -> declaration(d.declaration());
      case EvaluateContext e -> evaluate(e.expression(), at(e));
      case IfContext i -> {
        At at = at(i, i.expression());
        Statement then = statement(i.statement(0));
        Statement otherwise = i.statement().size() > 1 ? statement(i.statement(1)) : NOTHING;
        yield new Statement.If(expression(i.expression()), then, otherwise, at);
      }
      case WhileContext w ->
          new Statement.Loop(
              expression(w.expression()),
              body(w.statement()),
              NOTHING,
              true,
              at(w, w.expression()));
      case DoWhileContext d ->
          new Statement.Loop(
              expression(d.expression()),
              body(d.statement()),
              NOTHING,
              false,
              new At(
                  d.expression().start.getLine(),
                  "while (" + text(d.expression().start, d.expression().stop) + ")"));
      case ForContext f -> forLoop(f);
      case BreakContext b -> jump(b, End.BREAK);
      case ContinueContext c -> jump(c, End.CONTINUE);
      case ReturnContext r -> {
        Statement leave = new Statement.Jump(End.RETURN);
        yield r.expression() == null
            ? leave
            : new Block(List.of(evaluate(r.expression(), at(r)), leave));
      }
      default -> throw unknown(tree);
    };
  }

  private Statement forLoop(ForContext tree) {
    List<Statement> all = new ArrayList<>();
    Token close = ((TerminalNode) tree.getChild(tree.getChildCount() - 2)).getSymbol();
    At head = new At(tree.start.getLine(), text(tree.start, close));
    if (tree.first() != null) {
      all.add(
          tree.first().declaration() != null
              ? declaration(tree.first().declaration())
              : steps(tree.first().steps(), head));
    }
    Expression condition =
        tree.test == null ? new Expression.Constant(1, place(tree)) : expression(tree.test);
    Statement step = tree.steps() == null ? NOTHING : steps(tree.steps(), head);
    all.add(new Statement.Loop(condition, body(tree.statement()), step, true, head));
    return new Block(all);
  }

  private Statement steps(StepsContext tree, At at) {
    return new Block(tree.expression().stream().map(e -> evaluate(e, at)).toList());
  }

  private Statement body(StatementContext tree) {
    loops++;
    Statement body = statement(tree);
    loops--;
    return body;
  }

  private Statement jump(ParserRuleContext tree, End end) {
    if (loops == 0) {
      throw source.error(place(tree), tree.start.getText() + " outside of a loop");
    }
    return new Statement.Jump(end);
  }

  private Statement evaluate(ExpressionContext tree, At at) {
    return new Statement.Evaluate(expression(tree), at);
  }

  private Statement declaration(DeclarationContext tree) {
    List<Statement> all = new ArrayList<>();
    for (var d : tree.declarator()) {
      declared.add(d.ID().getText());
      if (d.expression() != null) {
        var target = new Expression.Name(d.ID().getText(), place(d));
        var assign = new Expression.Assign(target, expression(d.expression()), place(d));
        all.add(new Statement.Evaluate(assign, at(tree)));
      }
    }
    return new Block(all);
  }

  private At at(ParserRuleContext tree) {
    return new At(tree.start.getLine(), text(tree.start, tree.stop).replaceAll("\\s*;$", ""));
  }

  /** {@return where an if or while is, up to the bracket after its condition} */
  private At at(ParserRuleContext tree, ParserRuleContext condition) {
    return new At(tree.start.getLine(), text(tree.start, condition.stop) + ")");
  }

  private static String text(Token first, Token last) {
    var interval = new Interval(first.getStartIndex(), last.getStopIndex());
    return first.getInputStream().getText(interval).strip().replaceAll("\\s+", " ");
  }
}
