package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Expression.Name;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.c.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether addresses are stored or computed with in a test. If so all of it is in 64 bits, as
 * an address has as many, and a location is always accessed in one width; else {@code int} is
 * enough, which has 32. Numbers that may be negative are in 64 bits, too, as registers of 32 have a
 * sign for some instruction sets and none for others.
 */
final class Widths {
  /** Whether differences are of counts, which are not below 0. */
  private final boolean counts;

  private Widths(boolean counts) {
    this.counts = counts;
  }

  static boolean isWide(Program program, List<Names> threads, Inliner inliner, boolean counts) {
    var init = program.init();
    boolean given =
        init.locations().values().stream().anyMatch(Widths::isLarge)
            || init.registers().values().stream().anyMatch(c -> isLarge(c.content()));
    return given
        || threads.stream().anyMatch(names -> new Widths(counts).isWide(names, inliner))
        || asks(program.end().condition())
        || asks(program.end().filter());
  }

  private static boolean isLarge(InitialState.Content content) {
    return switch (content) {
      case InitialState.Address _ -> true;
      case InitialState.Constant(long number) -> isLarge(number);
    };
  }

  private boolean isWide(Names names, Inliner inliner) {
    var found = new boolean[1];
    new Parts(inliner) {
      @Override
      void expression(Expression e) {
        Expression address = Names.accessed(e);
        if (address != null) {
          boolean named = address instanceof Name(String name, _) && names.isAddress(name);
          found[0] |= !named && !(address instanceof Expression.Call);
        }
        switch (e) {
          case Name(String name, _) -> found[0] |= names.isAddress(name) && names.isValue(name);
          case Expression.Constant(long number, _) when isLarge(number) -> found[0] = true;
          case Expression.Binary b -> subtracts(b.operator());
          case Expression.Update u -> subtracts(u.operator());
          case Primitively p -> subtracts(p.operator());
          default -> {}
        }
      }

      private void subtracts(@Nullable Operator operator) {
        found[0] |= operator == Operator.SUB && !counts;
      }
    }.all(names.body());
    return found[0];
  }

  private static boolean asks(Prop prop) {
    return switch (prop) {
      case Prop.True _ -> false;
      case Prop.And(var of) -> of.stream().anyMatch(Widths::asks);
      case Prop.Or(var of) -> of.stream().anyMatch(Widths::asks);
      case Prop.Not(Prop of) -> asks(of);
      case Prop.Implies(Prop first, Prop second) -> asks(first) || asks(second);
      case Prop.Equal(Prop.Term left, Prop.Term right) -> isLarge(left) || isLarge(right);
    };
  }

  private static boolean isLarge(Prop.Term term) {
    return term instanceof Prop.Literal(long value) && isLarge(value);
  }

  /** {@return whether a number is an address, or another that 32 bits without a sign have not} */
  private static boolean isLarge(long number) {
    return number < 0 || number > Integer.MAX_VALUE;
  }
}
