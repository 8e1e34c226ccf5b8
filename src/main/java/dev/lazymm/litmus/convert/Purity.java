package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.c.Expression;

/** Tells what only computes from what does something. */
final class Purity {
  private Purity() {}

  static boolean isPure(Expression e) {
    return switch (e) {
      case Expression.Constant _, Expression.Name _ -> true;
      case Expression.Binary b -> isPure(b.left()) && isPure(b.right());
      case Expression.Choice c ->
          isPure(c.condition()) && isPure(c.then()) && isPure(c.otherwise());
      case Expression.Deref _,
          Expression.Assign _,
          Expression.Update _,
          Expression.Call _,
          Expression.Primitively _ ->
          false;
    };
  }
}
