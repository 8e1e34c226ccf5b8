package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Macro;
import dev.lazymm.litmus.c.Statement;

/** Goes over all expressions of a thread, macros put in their place. */
abstract class Parts {
  private final Inliner inliner;

  Parts(Inliner inliner) {
    this.inliner = inliner;
  }

  /** Looks at an expression that is no call; its parts come after it. */
  abstract void expression(Expression e);

  final void all(Statement statement) {
    switch (statement) {
      case Statement.Block(var all) -> all.forEach(this::all);
      case Statement.Evaluate e -> all(e.expression());
      case Statement.If i -> {
        all(i.condition());
        all(i.then());
        all(i.otherwise());
      }
      case Statement.Loop l -> {
        all(l.condition());
        all(l.body());
        all(l.step());
      }
      case Statement.Jump _ -> {}
    }
  }

  private void all(Expression e) {
    if (!(e instanceof Expression.Call)) {
      expression(e);
    }
    switch (e) {
      case Expression.Constant _, Expression.Name _ -> {}
      case Expression.Deref d -> all(d.address());
      case Expression.Binary b -> {
        all(b.left());
        all(b.right());
      }
      case Expression.Choice c -> {
        all(c.condition());
        all(c.then());
        all(c.otherwise());
      }
      case Expression.Assign a -> {
        all(a.target());
        all(a.value());
      }
      case Expression.Update u -> {
        all(u.target());
        all(u.value());
      }
      case Expression.Primitively p -> p.operands().forEach(this::all);
      case Expression.Call c -> {
        switch (inliner.inline(c)) {
          case Macro.Valued v -> all(v.body());
          case Macro.Unvalued u -> all(u.body());
        }
      }
    }
  }
}
