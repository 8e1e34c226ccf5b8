package dev.lazymm.litmus.c;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Source.Place;
import dev.lazymm.litmus.Syntax;
import dev.lazymm.litmus.c.Expression.Constant;
import dev.lazymm.litmus.c.grammar.CLexer;
import dev.lazymm.litmus.c.grammar.CParser;
import dev.lazymm.litmus.c.grammar.CParser.AssignContext;
import dev.lazymm.litmus.c.grammar.CParser.AtomContext;
import dev.lazymm.litmus.c.grammar.CParser.BinaryContext;
import dev.lazymm.litmus.c.grammar.CParser.BuiltinContext;
import dev.lazymm.litmus.c.grammar.CParser.CallContext;
import dev.lazymm.litmus.c.grammar.CParser.CastedContext;
import dev.lazymm.litmus.c.grammar.CParser.ChoiceContext;
import dev.lazymm.litmus.c.grammar.CParser.ExpressionContext;
import dev.lazymm.litmus.c.grammar.CParser.NameContext;
import dev.lazymm.litmus.c.grammar.CParser.NumberContext;
import dev.lazymm.litmus.c.grammar.CParser.OperandContext;
import dev.lazymm.litmus.c.grammar.CParser.OperationContext;
import dev.lazymm.litmus.c.grammar.CParser.ParensContext;
import dev.lazymm.litmus.c.grammar.CParser.PostfixContext;
import dev.lazymm.litmus.c.grammar.CParser.PreStepContext;
import dev.lazymm.litmus.c.grammar.CParser.PrefixContext;
import dev.lazymm.litmus.c.grammar.CParser.PrimaryContext;
import dev.lazymm.litmus.c.grammar.CParser.SimpleContext;
import dev.lazymm.litmus.c.grammar.CParser.UnaryContext;
import dev.lazymm.litmus.c.grammar.CParser.UpdateContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/** Turns ANTLR's trees of expressions into ours. */
class Trees {
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("switch", "switch is not supported; write it with if and else"),
          Map.entry("case", "switch is not supported; write it with if and else"),
          Map.entry("default", "switch is not supported; write it with if and else"),
          Map.entry("goto", "goto is not supported"),
          Map.entry("sizeof", "sizeof is not supported"),
          Map.entry("typedef", "typedef is not supported"),
          Map.entry("asm", "inline assembly is not supported"),
          Map.entry("__asm__", "inline assembly is not supported"),
          Map.entry("[", "arrays are not supported"),
          Map.entry(".", "fields of structures are not supported"),
          Map.entry("->", "fields of structures are not supported"),
          Map.entry(
              "&", "the address-of operator & is not supported; a parameter is an address already"),
          Map.entry("\"", "strings are not supported"),
          Map.entry("'", "characters are not supported"),
          Map.entry("#", "the preprocessor is not supported"));

  final Source source;

  Trees(Source source) {
    this.source = source;
  }

  final CParser parser() {
    return Syntax.parser(source, CLexer::new, CParser::new, REFUSED);
  }

  final Expression expression(ExpressionContext tree) {
    return switch (tree) {
      case AssignContext a ->
          new Expression.Assign(unary(a.unary()), expression(a.expression()), place(a));
      case UpdateContext u -> {
        String sign = u.COMPOUND().getText();
        Operator operator = operator(sign.substring(0, sign.length() - 1));
        yield new Expression.Update(
            unary(u.unary()), operator, expression(u.expression()), false, place(u));
      }
      case SimpleContext s -> choice(s.choice());
      default -> throw unknown(tree);
    };
  }

  private Expression choice(ChoiceContext tree) {
    Expression condition = binary(tree.binary());
    return tree.expression() == null
        ? condition
        : new Expression.Choice(
            condition, expression(tree.expression()), choice(tree.choice()), place(tree));
  }

  private Expression binary(BinaryContext tree) {
    return switch (tree) {
      case OperandContext o -> unary(o.unary());
      case OperationContext o -> {
        Place place = Syntax.place(o.op);
        Expression left = binary(o.binary(0));
        Expression right = binary(o.binary(1));
        yield switch (o.op.getText()) {
          case "&&" -> new Expression.Choice(left, truth(right), new Constant(0, place), place);
          case "||" -> new Expression.Choice(left, new Constant(1, place), truth(right), place);
          case String sign -> new Expression.Binary(operator(sign), left, right, place);
        };
      }
      default -> throw unknown(tree);
    };
  }

  private static Expression truth(Expression e) {
    return new Expression.Binary(Operator.NE, e, new Constant(0, e.place()), e.place());
  }

  private Expression unary(UnaryContext tree) {
    Place place = place(tree);
    return switch (tree) {
      case PrimaryContext p -> postfix(p.postfix());
      case CastedContext c -> unary(c.unary());
      case PreStepContext s -> step(unary(s.unary()), s.step, false);
      case PrefixContext p -> {
        Expression of = unary(p.unary());
        yield switch (p.op.getText()) {
          case "*" -> new Expression.Deref(of, place);
          case "!" -> new Expression.Binary(Operator.EQ, of, new Constant(0, place), place);
          case "~" -> new Expression.Binary(Operator.XOR, of, new Constant(-1, place), place);
          case "-" -> new Expression.Binary(Operator.SUB, new Constant(0, place), of, place);
          default -> of;
        };
      }
      default -> throw unknown(tree);
    };
  }

  private Expression postfix(PostfixContext tree) {
    Expression of = atom(tree.atom());
    return tree.step == null ? of : step(of, tree.step, true);
  }

  private static Expression step(Expression of, Token sign, boolean old) {
    Place place = Syntax.place(sign);
    Operator operator = sign.getText().equals("++") ? Operator.ADD : Operator.SUB;
    return new Expression.Update(of, operator, new Constant(1, place), old, place);
  }

  private Expression atom(AtomContext tree) {
    Place place = place(tree);
    return switch (tree) {
      case ParensContext p -> expression(p.expression());
      case CallContext c ->
          new Expression.Call(
              c.ID().getText(), c.expression().stream().map(this::expression).toList(), place);
      case BuiltinContext b -> primitive(b);
      case NameContext n -> new Expression.Name(n.ID().getText(), place);
      case NumberContext n ->
          new Constant(Syntax.number(source, n.NUM().getSymbol(), false), place);
      default -> throw unknown(tree);
    };
  }

  private Expression primitive(BuiltinContext tree) {
    Primitive primitive = Primitive.of(tree.BUILTIN().getText());
    var operators = tree.argument().stream().filter(a -> a.operator() != null).toList();
    List<Expression> operands =
        tree.argument().stream()
            .filter(a -> a.expression() != null)
            .map(a -> expression(a.expression()))
            .toList();
    boolean operatorFits =
        primitive.hasOperator()
            ? tree.argument().size() == 3 && tree.argument(1).operator() != null
            : operators.isEmpty();
    if (operands.size() != primitive.operands() || !operatorFits) {
      throw source.error(
          place(tree),
          primitive.word()
              + " takes "
              + count(primitive.operands(), "operand")
              + (primitive.hasOperator() ? " with an operator between them" : ""));
    }
    String tag = tree.tag() == null ? null : tree.tag().getText().replaceAll("[{}]", "");
    Operator operator =
        operators.isEmpty() ? null : operator(operators.getFirst().operator().getText());
    return new Expression.Primitively(primitive, tag, operands, operator, place(tree));
  }

  static String count(int number, String thing) {
    return number == 1 ? "1 " + thing : number + " " + thing + "s";
  }

  private static Operator operator(String sign) {
    return Arrays.stream(Operator.values())
        .filter(o -> o.sign().equals(sign))
        .findFirst()
        .orElseThrow();
  }

  static Place place(ParserRuleContext tree) {
    return Syntax.place(tree.start);
  }

  static AssertionError unknown(ParseTree tree) {
    return new AssertionError(tree.getText());
  }
}
