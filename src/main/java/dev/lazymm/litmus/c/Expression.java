package dev.lazymm.litmus.c;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Source.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression, without what can be said in other words: {@code !e} is {@code e == 0}. */
public sealed interface Expression {
  /** {@return where it is in its file} */
  Place place();

  /** {@code 1}. */
  record Constant(long number, Place place) implements Expression {}

  /** {@code r1}, or {@code x} for the address of location x. */
  record Name(String name, Place place) implements Expression {}

  /** {@code *address}. */
  record Deref(Expression address, Place place) implements Expression {}

  /** {@code left + right}. */
  record Binary(Operator operator, Expression left, Expression right, Place place)
      implements Expression {}

  /** {@code condition ? then : otherwise}; also {@code &&} and {@code ||}. */
  record Choice(Expression condition, Expression then, Expression otherwise, Place place)
      implements Expression {}

  /** {@code target = value}. */
  record Assign(Expression target, Expression value, Place place) implements Expression {}

  /**
   * {@code target += value}; also {@code ++} and {@code --}.
   *
   * @param old whether its own value is what the target held before
   */
  record Update(Expression target, Operator operator, Expression value, boolean old, Place place)
      implements Expression {}

  /** {@code READ_ONCE(*x)}. */
  record Call(String name, List<Expression> arguments, Place place) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * {@code __atomic_op{NORETURN}(x, +, 1)}.
   *
   * @param tag or the parameter that it is; null if it has none, with a comma if it has two
   * @param operator of those that take one
   */
  record Primitively(
      Primitive primitive,
      @Nullable String tag,
      List<Expression> operands,
      @Nullable Operator operator,
      Place place)
      implements Expression {
    public Primitively {
      operands = List.copyOf(operands);
    }
  }
}
