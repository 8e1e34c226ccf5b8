package dev.lazymm.cat;

import dev.lazymm.cat.Expr.BinaryOp;
import dev.lazymm.cat.Expr.Binding;
import dev.lazymm.cat.Expr.Comparison;
import dev.lazymm.cat.Expr.Condition;
import dev.lazymm.cat.Expr.Pattern;
import dev.lazymm.cat.Expr.UnaryOp;
import dev.lazymm.cat.Instruction.Kind;
import dev.lazymm.cat.Instruction.Property;
import dev.lazymm.cat.grammar.CatBaseVisitor;
import dev.lazymm.cat.grammar.CatLexer;
import dev.lazymm.cat.grammar.CatParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** The parser's tree to ours: expressions. */
final class AstBuilder extends CatBaseVisitor<Expr> {
  private final Source source;
  private final InstructionBuilder instructions = new InstructionBuilder(this);

  AstBuilder(Source source) {
    this.source = source;
  }

  CatFile file(CatParser.ModelContext model) {
    String title =
        model.STRING() != null
            ? unquote(model.STRING())
            : model.NAME().isEmpty() ? "" : model.NAME().getLast().getText();
    return new CatFile(title, model.CATDEP() != null, instructions.all(model.instruction()));
  }

  Place at(ParserRuleContext context) {
    return at(context.getStart());
  }

  Place at(Token token) {
    return new Place(source, token.getLine(), token.getCharPositionInLine() + 1);
  }

  static String unquote(TerminalNode string) {
    String text = string.getText();
    return text.substring(1, text.length() - 1);
  }

  static String untag(TerminalNode tag) {
    return tag.getText().substring(1);
  }

  Binding binding(CatParser.BindingContext context) {
    return switch (context) {
      case CatParser.FunctionBindingContext f ->
          new Binding(
              at(f),
              new Pattern(List.of(f.NAME().getText())),
              new Expr.Fun(at(f), pattern(f.parameter()), visit(f.expr())));
      case CatParser.ValueBindingContext v ->
          new Binding(at(v), pattern(v.parameter()), visit(v.expr()));
      default -> throw new IllegalStateException("binding");
    };
  }

  List<Binding> bindings(List<CatParser.BindingContext> contexts) {
    return contexts.stream().map(this::binding).toList();
  }

  Pattern pattern(CatParser.ParameterContext context) {
    return new Pattern(context.formal().stream().map(ParserRuleContext::getText).toList());
  }

  @Override
  public Expr visitLetExpr(CatParser.LetExprContext c) {
    return new Expr.Let(at(c), c.REC() != null, bindings(c.binding()), visit(c.expr()));
  }

  @Override
  public Expr visitFunExpr(CatParser.FunExprContext c) {
    return new Expr.Fun(at(c), pattern(c.parameter()), visit(c.expr()));
  }

  @Override
  public Expr visitTryExpr(CatParser.TryExprContext c) {
    return new Expr.Try(at(c), visit(c.expr(0)), visit(c.expr(1)));
  }

  @Override
  public Expr visitIfExpr(CatParser.IfExprContext c) {
    return new Expr.If(at(c), condition(c.condition()), visit(c.expr(0)), visit(c.expr(1)));
  }

  @Override
  public Expr visitMatchExpr(CatParser.MatchExprContext c) {
    Map<String, Expr> tags = new LinkedHashMap<>();
    @Nullable Expr otherwise = null;
    @Nullable Expr empty = null;
    List<String> names = List.of();
    @Nullable Expr nonEmpty = null;
    for (var clause : c.clause()) {
      switch (clause) {
        case CatParser.TagClauseContext t when t.TAG() != null ->
            tags.put(untag(t.TAG()), visit(t.expr()));
        case CatParser.TagClauseContext t -> otherwise = visit(t.expr());
        case CatParser.EmptyClauseContext e -> empty = visit(e.expr());
        case CatParser.ElementClauseContext e -> {
          names = e.formal().stream().map(ParserRuleContext::getText).toList();
          nonEmpty = visit(e.expr());
        }
        case CatParser.MiddleClauseContext m -> {
          names = m.formal().stream().map(ParserRuleContext::getText).toList();
          nonEmpty = visit(m.expr());
        }
        default -> throw new IllegalStateException("clause");
      }
    }
    Expr of = visit(c.expr());
    if (empty == null && nonEmpty == null) {
      return new Expr.MatchTag(at(c), of, tags, otherwise);
    }
    if (empty == null || nonEmpty == null || otherwise != null || !tags.isEmpty()) {
      throw new CatException(
          at(c),
          "this match is not complete",
          "either two cases '{} -> ..' and 'x ++ rest -> ..', or cases of tags");
    }
    boolean three = names.size() == 3;
    return new Expr.MatchSet(
        at(c),
        of,
        empty,
        three ? names.getFirst() : null,
        names.get(names.size() - 2),
        names.getLast(),
        nonEmpty);
  }

  @Override
  public Expr visitPlainExpr(CatParser.PlainExprContext c) {
    return c.union().size() == 1
        ? visit(c.union(0))
        : new Expr.Tuple(at(c), c.union().stream().map(this::visit).toList());
  }

  Condition condition(CatParser.ConditionContext context) {
    return switch (context) {
      case CatParser.VariantConditionContext v -> variant(v.variant());
      case CatParser.ValueConditionContext v ->
          new Condition.Compare(
              at(v),
              switch (v.kind.getType()) {
                case CatLexer.SUBSET -> Comparison.SUBSET;
                case CatLexer.IN -> Comparison.IN;
                default -> Comparison.EQUAL;
              },
              visit(v.union(0)),
              visit(v.union(1)));
      default -> throw new IllegalStateException("condition");
    };
  }

  private Condition variant(CatParser.VariantContext c) {
    return new Condition.Or(
        c.conjunction().stream()
            .<Condition>map(
                all -> new Condition.And(all.negation().stream().map(this::negation).toList()))
            .toList());
  }

  private Condition negation(CatParser.NegationContext c) {
    return c.NOT() != null
        ? new Condition.Not(negation(c.negation()))
        : c.variant() != null
            ? variant(c.variant())
            : new Condition.Variant(at(c), unquote(c.STRING()));
  }

  /** Balanced, so that a union of thousands is not thousands deep. */
  private Expr associative(BinaryOp op, List<? extends ParserRuleContext> operands) {
    if (operands.size() == 1) {
      return visit(operands.getFirst());
    }
    int half = operands.size() / 2;
    return new Expr.Binary(
        at(operands.getFirst()),
        op,
        associative(op, operands.subList(0, half)),
        associative(op, operands.subList(half, operands.size())));
  }

  private Expr leftToRight(BinaryOp op, List<? extends ParserRuleContext> operands) {
    Expr left = visit(operands.getFirst());
    for (var operand : operands.subList(1, operands.size())) {
      left = new Expr.Binary(left.at(), op, left, visit(operand));
    }
    return left;
  }

  @Override
  public Expr visitUnion(CatParser.UnionContext c) {
    return associative(BinaryOp.UNION, c.insertion());
  }

  @Override
  public Expr visitInsertion(CatParser.InsertionContext c) {
    Expr left = visit(c.sequence());
    return c.insertion() == null
        ? left
        : new Expr.Binary(at(c), BinaryOp.INSERT, left, visit(c.insertion()));
  }

  @Override
  public Expr visitSequence(CatParser.SequenceContext c) {
    return associative(BinaryOp.SEQUENCE, c.difference());
  }

  @Override
  public Expr visitDifference(CatParser.DifferenceContext c) {
    return leftToRight(BinaryOp.MINUS, c.intersection());
  }

  @Override
  public Expr visitIntersection(CatParser.IntersectionContext c) {
    return associative(BinaryOp.INTERSECT, c.product());
  }

  @Override
  public Expr visitProduct(CatParser.ProductContext c) {
    return leftToRight(BinaryOp.PRODUCT, c.complement());
  }

  @Override
  public Expr visitComplement(CatParser.ComplementContext c) {
    return c.postfix() != null
        ? visit(c.postfix())
        : new Expr.Unary(at(c), UnaryOp.COMPLEMENT, visit(c.complement()));
  }

  @Override
  public Expr visitPostfix(CatParser.PostfixContext c) {
    Expr of = visit(c.application());
    for (var suffix : c.suffix()) {
      UnaryOp op =
          switch (suffix.getStop().getText()) {
            case "*" -> UnaryOp.STAR;
            case "+" -> UnaryOp.PLUS;
            case "?" -> UnaryOp.OPTIONAL;
            default -> UnaryOp.INVERSE;
          };
      of = new Expr.Unary(at(c), op, of);
    }
    return of;
  }

  @Override
  public Expr visitApplication(CatParser.ApplicationContext c) {
    if (c.NAME() == null) {
      return visit(c.simple());
    }
    Expr result = new Expr.Name(at(c), c.NAME().getText());
    for (var argument : c.argument()) {
      result = new Expr.Apply(at(c), result, visit(argument));
    }
    return result;
  }

  @Override
  public Expr visitArgument(CatParser.ArgumentContext c) {
    return c.NAME() == null ? visit(c.simple()) : new Expr.Name(at(c), c.NAME().getText());
  }

  @Override
  public Expr visitZero(CatParser.ZeroContext c) {
    return new Expr.Zero(at(c));
  }

  @Override
  public Expr visitUniverse(CatParser.UniverseContext c) {
    return new Expr.Universe(at(c));
  }

  @Override
  public Expr visitTag(CatParser.TagContext c) {
    return new Expr.Tag(at(c), untag(c.TAG()));
  }

  @Override
  public Expr visitSetOf(CatParser.SetOfContext c) {
    return c.union().isEmpty()
        ? new Expr.Zero(at(c))
        : new Expr.SetOf(at(c), new ArrayList<>(c.union().stream().map(this::visit).toList()));
  }

  @Override
  public Expr visitIdentity(CatParser.IdentityContext c) {
    return new Expr.Unary(at(c), UnaryOp.IDENTITY, visit(c.expr()));
  }

  @Override
  public Expr visitParenthesis(CatParser.ParenthesisContext c) {
    return c.expr() == null ? new Expr.Tuple(at(c), List.of()) : visit(c.expr());
  }

  static Kind kind(@Nullable Token token) {
    return token == null
        ? Kind.CHECK
        : switch (token.getType()) {
          case CatLexer.FLAG -> Kind.FLAG;
          case CatLexer.ASSERT -> Kind.ASSERT;
          default -> Kind.UNDEFINED_UNLESS;
        };
  }

  static Property property(Token token) {
    return switch (token.getType()) {
      case CatLexer.ACYCLIC -> Property.ACYCLIC;
      case CatLexer.IRREFLEXIVE -> Property.IRREFLEXIVE;
      default -> Property.EMPTY;
    };
  }
}
