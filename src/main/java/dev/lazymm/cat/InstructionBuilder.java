package dev.lazymm.cat;

import dev.lazymm.cat.grammar.CatLexer;
import dev.lazymm.cat.grammar.CatParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** The parser's tree to ours: instructions. */
final class InstructionBuilder {
  private final AstBuilder expressions;

  InstructionBuilder(AstBuilder expressions) {
    this.expressions = expressions;
  }

  List<Instruction> all(List<CatParser.InstructionContext> contexts) {
    return contexts.stream().map(this::one).toList();
  }

  private Instruction one(CatParser.InstructionContext context) {
    Place at = expressions.at(context);
    return switch (context) {
      case CatParser.LetInsContext c ->
          new Instruction.Let(
              at,
              c.REC() != null,
              expressions.bindings(c.binding()),
              c.test() == null ? null : test(c.test(), Instruction.Kind.CHECK));
      case CatParser.TestInsContext c -> test(c.test(), AstBuilder.kind(c.kind));
      case CatParser.ShowAsInsContext c ->
          new Instruction.ShowAs(at, expressions.visit(c.union()), c.NAME().getText());
      case CatParser.ShowInsContext c ->
          new Instruction.Show(at, c.NAME().stream().map(ParseTree::getText).toList());
      case CatParser.UnshowInsContext c ->
          new Instruction.Unshow(at, c.NAME().stream().map(ParseTree::getText).toList());
      case CatParser.IncludeInsContext c ->
          new Instruction.Include(
              expressions.at(c.STRING().getSymbol()), AstBuilder.unquote(c.STRING()));
      case CatParser.ProcedureInsContext c ->
          new Instruction.Procedure(
              at,
              c.REC() != null,
              c.NAME().getText(),
              expressions.pattern(c.parameter()),
              all(c.instruction()));
      case CatParser.CallInsContext c ->
          new Instruction.Call(
              expressions.at(c.NAME(0).getSymbol()),
              c.NAME(0).getText(),
              expressions.visit(c.argument()));
      case CatParser.DebugInsContext c -> new Instruction.Debug(at, expressions.visit(c.expr()));
      case CatParser.ForallInsContext c ->
          new Instruction.ForAll(
              at, c.NAME().getText(), expressions.visit(c.expr()), all(c.instruction()));
      case CatParser.WithInsContext c ->
          new Instruction.With(at, c.NAME().getText(), expressions.visit(c.expr()));
      case CatParser.MatchInsContext c -> match(at, c);
      case CatParser.IfInsContext c ->
          new Instruction.If(
              at,
              expressions.condition(c.condition()),
              all(c.yes.instruction()),
              c.no == null ? List.of() : all(c.no.instruction()));
      case CatParser.EnumInsContext c ->
          new Instruction.Enumeration(
              at, c.NAME().getText(), c.TAG().stream().map(AstBuilder::untag).toList());
      case CatParser.DeclareInsContext c ->
          new Instruction.Declare(
              at,
              c.kind.getType() == CatLexer.DEFAULT,
              c.NAME().getText(),
              c.union().stream().map(expressions::visit).toList());
      default -> throw new IllegalStateException("instruction");
    };
  }

  private Instruction.Test test(CatParser.TestContext c, Instruction.Kind kind) {
    return new Instruction.Test(
        expressions.at(c),
        kind,
        c.getStart().getText().equals("~"),
        AstBuilder.property(c.kind),
        expressions.visit(c.expr()),
        c.NAME() == null ? null : c.NAME().getText());
  }

  private Instruction match(Place at, CatParser.MatchInsContext c) {
    Map<String, List<Instruction>> cases = new LinkedHashMap<>();
    @Nullable List<Instruction> otherwise = null;
    for (var clause : c.insClause()) {
      if (clause.TAG() == null) {
        otherwise = all(clause.instruction());
      } else {
        cases.put(AstBuilder.untag(clause.TAG()), all(clause.instruction()));
      }
    }
    return new Instruction.Match(at, expressions.visit(c.expr()), cases, otherwise);
  }
}
