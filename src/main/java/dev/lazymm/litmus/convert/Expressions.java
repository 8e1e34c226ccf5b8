package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.NotMappedException;
import dev.lazymm.litmus.Source.Place;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Expression.Assign;
import dev.lazymm.litmus.c.Expression.Binary;
import dev.lazymm.litmus.c.Expression.Call;
import dev.lazymm.litmus.c.Expression.Choice;
import dev.lazymm.litmus.c.Expression.Deref;
import dev.lazymm.litmus.c.Expression.Name;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.c.Expression.Update;
import dev.lazymm.litmus.c.Macro;
import dev.lazymm.litmus.convert.Arg.Constant;
import dev.lazymm.litmus.convert.Arg.Register;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles expressions. */
final class Expressions {
  private static final Constant ZERO = new Constant(0);

  private final Context in;
  private final Statements statements;
  private final Primitives primitives;

  /** The call of the thread's own that is being compiled, for messages. */
  private @Nullable Call call;

  Expressions(Context in, Statements statements) {
    this.in = in;
    this.statements = statements;
    this.primitives = new Primitives(in, this);
  }

  /** {@return whether a call is being compiled} */
  boolean isInside() {
    return call != null;
  }

  /** Compiles an expression that need not have a value. */
  void effect(Expression e) {
    switch (e) {
      case Call c -> call(c, null, false);
      case Primitively p -> primitives.compile(p, null, call);
      default -> value(e);
    }
  }

  /** {@return the value of an expression} */
  Arg value(Expression e) {
    return value(e, null);
  }

  /** {@return the value of an expression, which may be in a register that is wished for} */
  Arg value(Expression e, @Nullable String target) {
    return switch (e) {
      case Expression.Constant(long number, _) -> new Constant(number);
      case Name(String name, _) ->
          in.isNamed(name)
              ? new Arg.Location(in.label().apply(name))
              : new Register(in.registers().of(name));
      case Deref(Expression address, _) -> load(value(address), target);
      case Binary b -> {
        Arg left = held(value(b.left()), b.right());
        yield binary(b.operator(), left, value(b.right()), target, b.place());
      }
      case Choice c -> choice(c, target);
      case Assign a -> assign(a);
      case Update u -> update(u);
      case Call c -> call(c, target, true);
      case Primitively p -> primitives.compile(p, target, call);
    };
  }

  /** {@return a register with the value of an expression} */
  Register register(Expression e) {
    return in.register(value(e));
  }

  /** {@return the address of the place that an expression names} */
  Arg location(Expression e) {
    if (e instanceof Deref(Expression address, _)) {
      return value(address);
    }
    throw error(e.place(), "expected a location: * and the address, as in READ_ONCE(*x)");
  }

  /** {@return a value that stays what it is while another expression is evaluated} */
  Arg held(Arg value, Expression next) {
    if (!(value instanceof Register) || !assigns(next)) {
      return value;
    }
    String copy = in.registers().temporary();
    in.out().add(in.dialect().move(copy, value, in.wide()));
    return new Register(copy);
  }

  private boolean assigns(Expression e) {
    boolean[] found = new boolean[1];
    new Parts(in.inliner()) {
      @Override
      void expression(Expression part) {
        found[0] |= part instanceof Assign || part instanceof Update;
      }
    }.all(
        new dev.lazymm.litmus.c.Statement.Evaluate(e, new dev.lazymm.litmus.c.Statement.At(0, "")));
    return found[0];
  }

  // ---- memory and registers --------------------------------------------------------------------

  private Register load(Arg address, @Nullable String target) {
    return primitives.load(address, target);
  }

  private Arg assign(Assign a) {
    return switch (a.target()) {
      case Name(String name, _) -> set(in.registers().of(name), a.value());
      case Deref(Expression address, _) -> {
        Arg to = held(value(address), a.value());
        Register from = register(a.value());
        primitives.store(from, to);
        yield from;
      }
      default -> throw unfit(a.place());
    };
  }

  private Register set(String register, Expression e) {
    Arg value = value(e, register);
    Register to = new Register(register);
    if (!value.equals(to)) {
      in.out().add(in.dialect().move(register, value, in.wide()));
    }
    return to;
  }

  private Arg update(Update u) {
    return switch (u.target()) {
      case Name(String name, _) -> {
        Register held = new Register(in.registers().of(name));
        Arg old = u.old() ? copy(held) : held;
        Arg now = binary(u.operator(), held, value(u.value()), held.name(), u.place());
        if (!now.equals(held)) {
          in.out().add(in.dialect().move(held.name(), now, in.wide()));
        }
        yield old;
      }
      case Deref(Expression address, _) -> {
        Arg at = held(value(address), u.value());
        Arg operand = value(u.value());
        Register old = load(at, null);
        Register now = in.register(binary(u.operator(), old, operand, null, u.place()));
        primitives.store(now, at);
        yield u.old() ? old : now;
      }
      default -> throw unfit(u.place());
    };
  }

  private Register copy(Register from) {
    String to = in.registers().temporary();
    in.out().add(in.dialect().move(to, from, in.wide()));
    return new Register(to);
  }

  private LitmusException unfit(Place place) {
    return error(place, "only registers and *addresses can be assigned to");
  }

  // ---- arithmetic ------------------------------------------------------------------------------

  /** {@return an operation on two} */
  Arg binary(Operator operator, Arg left, Arg right, @Nullable String target, Place place) {
    if (left instanceof Constant(long a) && right instanceof Constant(long b)) {
      try {
        return new Constant(operator.apply(a, b));
      } catch (ArithmeticException _) {
        throw error(place, "division by zero");
      }
    }
    if (left instanceof Constant && operator == Operator.MUL) {
      return binary(operator, right, left, target, place);
    }
    String to =
        target == null || right.equals(new Register(target)) ? in.registers().temporary() : target;
    Register one = in.register(left);
    Optional<List<String>> code =
        right.equals(ZERO) && operator == Operator.MUL
            ? in.dialect().binary(Operator.XOR, to, one, one, in.wide())
            : in.dialect().binary(operator, to, one, right, in.wide());
    if (code.isEmpty() && operator == Operator.AND_NOT) {
      Arg mask = binary(Operator.XOR, right, new Constant(-1), null, place);
      return binary(Operator.AND, left, mask, target, place);
    }
    if (code.isEmpty() && !(right instanceof Register)) {
      code = in.dialect().binary(operator, to, one, in.register(right), in.wide());
    }
    in.out()
        .add(
            code.orElseThrow(() ->
                notMapped(
                    place,
                    "operation " + operator.sign(),
                    "the operation %s cannot be said in %s without changing dependencies"
                        .formatted(operator.sign(), in.dialect().isa().name()))));
    return new Register(to);
  }

  private Arg choice(Choice c, @Nullable String target) {
    if (Purity.isPure(c.then()) && Purity.isPure(c.otherwise())) {
      return select(c, target);
    }
    String to = in.registers().temporary();
    String otherwise = in.out().label();
    String end = in.out().label();
    statements.branch(c.condition(), false, otherwise);
    set(to, c.then());
    in.out().add(in.dialect().jump(end));
    in.out().here(otherwise);
    set(to, c.otherwise());
    in.out().here(end);
    return new Register(to);
  }

  private Arg select(Choice c, @Nullable String target) {
    Arg condition = value(c.condition());
    if (condition instanceof Constant(long number)) {
      return value(number != 0 ? c.then() : c.otherwise(), target);
    }
    Register test = in.register(condition);
    Register then = register(c.then());
    Register otherwise = register(c.otherwise());
    String to = target == null ? in.registers().temporary() : target;
    in.out()
        .add(
            in.dialect()
                .select(to, test, then, otherwise, in.wide())
                .orElseThrow(() ->
                    notMapped(
                        c.place(),
                        "choice of a value",
                        "the choice of a value cannot be said in %s without a branch"
                            .formatted(in.dialect().isa().name()))));
    return new Register(to);
  }

  // ---- calls -----------------------------------------------------------------------------------

  private Arg call(Call c, @Nullable String target, boolean needsValue) {
    Call outer = call;
    call = outer == null ? c : outer;
    try {
      return switch (in.inliner().inline(c)) {
        case Macro.Valued v when needsValue -> value(v.body(), target);
        case Macro.Valued v -> {
          effect(v.body());
          yield ZERO;
        }
        case Macro.Unvalued _ when needsValue ->
            throw error(c.place(), c.name() + "() has no value");
        case Macro.Unvalued u -> {
          statements.compile(u.body());
          yield ZERO;
        }
      };
    } finally {
      call = outer;
    }
  }

  /** {@return what to throw if there are no instructions for something} */
  NotMappedException notMapped(Place place, String what, String message) {
    return new NotMappedException(error(place, message), what);
  }

  LitmusException error(Place place, String message) {
    return in.source().error(place, message);
  }
}
