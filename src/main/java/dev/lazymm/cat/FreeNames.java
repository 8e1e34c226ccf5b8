package dev.lazymm.cat;

import dev.lazymm.cat.Expr.Binding;
import dev.lazymm.cat.Expr.Condition;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names that an expression takes from around it; a few too many do no harm. */
final class FreeNames {
  private final Set<String> free = new LinkedHashSet<>();

  private FreeNames() {}

  static Set<String> of(Expr expr) {
    FreeNames names = new FreeNames();
    names.visit(expr, Set.of());
    return names.free;
  }

  private void visit(Expr expr, Set<String> bound) {
    switch (expr) {
      case Expr.Name(_, String name) -> {
        if (!bound.contains(name)) {
          free.add(name);
        }
      }
      case Expr.Zero _, Expr.Universe _, Expr.Tag _ -> {}
      case Expr.SetOf set -> set.elements().forEach(e -> visit(e, bound));
      case Expr.Tuple tuple -> tuple.parts().forEach(e -> visit(e, bound));
      case Expr.Unary unary -> visit(unary.of(), bound);
      case Expr.Binary binary -> {
        visit(binary.left(), bound);
        visit(binary.right(), bound);
      }
      case Expr.Apply apply -> {
        visit(apply.function(), bound);
        visit(apply.argument(), bound);
      }
      case Expr.Fun fun -> visit(fun.body(), plus(bound, fun.parameter().names()));
      case Expr.Let let -> {
        Set<String> inside = new HashSet<>(bound);
        for (Binding b : let.bindings()) {
          inside.addAll(b.pattern().names());
        }
        let.bindings().forEach(b -> visit(b.value(), let.recursive() ? inside : bound));
        visit(let.body(), inside);
      }
      case Expr.If choice -> {
        visit(choice.condition(), bound);
        visit(choice.yes(), bound);
        visit(choice.no(), bound);
      }
      case Expr.Try attempt -> {
        visit(attempt.first(), bound);
        visit(attempt.otherwise(), bound);
      }
      case Expr.MatchTag match -> {
        visit(match.of(), bound);
        match.cases().values().forEach(e -> visit(e, bound));
        if (match.otherwise() != null) {
          visit(match.otherwise(), bound);
        }
      }
      case Expr.MatchSet match -> {
        visit(match.of(), bound);
        visit(match.empty(), bound);
        Set<String> inside = new HashSet<>(bound);
        inside.add(match.element());
        inside.add(match.rest());
        if (match.before() != null) {
          inside.add(match.before());
        }
        visit(match.nonEmpty(), inside);
      }
    }
  }

  private void visit(Condition condition, Set<String> bound) {
    switch (condition) {
      case Condition.Variant _ -> {}
      case Condition.Not(Condition of) -> visit(of, bound);
      case Condition.And(var all) -> all.forEach(c -> visit(c, bound));
      case Condition.Or(var any) -> any.forEach(c -> visit(c, bound));
      case Condition.Compare compare -> {
        visit(compare.left(), bound);
        visit(compare.right(), bound);
      }
    }
  }

  private static Set<String> plus(Set<String> names, Iterable<String> more) {
    Set<String> all = new HashSet<>(names);
    more.forEach(all::add);
    return all;
  }
}
