package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Expression.Deref;
import dev.lazymm.litmus.c.Expression.Name;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.c.Program;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether addresses are stored or computed with in a test. If so all of it is in 64 bits, as
 * an address has as many, and a location is always accessed in one width; else {@code int} is
 * enough, which has 32.
 */
final class Widths {
  private Widths() {}

  static boolean isWide(Program program, List<Names> threads, Inliner inliner) {
    var init = program.init();
    boolean given =
        init.locations().values().stream().anyMatch(InitialState.Address.class::isInstance)
            || init.registers().values().stream()
                .anyMatch(c -> c.content() instanceof InitialState.Address);
    return given
        || threads.stream().anyMatch(names -> isWide(names, inliner))
        || asks(program.end().condition())
        || asks(program.end().filter());
  }

  private static boolean isWide(Names names, Inliner inliner) {
    var found = new boolean[1];
    Map<Expression, Boolean> accessed = new IdentityHashMap<>();
    new Parts(inliner) {
      @Override
      void expression(Expression e) {
        switch (e) {
          case Deref(Expression address, _) -> access(address);
          case Primitively p when !p.operands().isEmpty() && !(isPlace(p)) ->
              access(p.operands().getFirst());
          case Name(String name, _) when names.isAddress(name) && !accessed.containsKey(e) ->
              found[0] = true;
          case Expression.Constant(long number, _) when number != (int) number -> found[0] = true;
          default -> {}
        }
      }

      private void access(Expression address) {
        accessed.put(address, true);
        boolean named = address instanceof Name(String name, _) && names.isAddress(name);
        found[0] |= !named && !(address instanceof Expression.Call);
      }
    }.all(names.body());
    return found[0];
  }

  /** {@return whether a primitive's first operand is what is at an address, not the address} */
  private static boolean isPlace(Primitively p) {
    return p.operands().getFirst() instanceof Deref;
  }

  private static boolean asks(Prop prop) {
    return switch (prop) {
      case Prop.True _ -> false;
      case Prop.And(var of) -> of.stream().anyMatch(Widths::asks);
      case Prop.Or(var of) -> of.stream().anyMatch(Widths::asks);
      case Prop.Not(Prop of) -> asks(of);
      case Prop.Implies(Prop first, Prop second) -> asks(first) || asks(second);
      case Prop.Equal(Prop.Term left, Prop.Term right) -> isAddress(left) || isAddress(right);
    };
  }

  private static boolean isAddress(Prop.Term term) {
    return term instanceof Prop.Literal(long value) && Value.locationOf(value) >= 0;
  }
}
