package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Source.Place;
import dev.lazymm.litmus.c.Statement.At;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is around an expression: the thread, or the calls of macros that it is in.
 *
 * @param at the statement of the thread that is being executed
 * @param arguments what the names of the macro's parameters stand for
 * @param call where the thread calls the macro; null outside of macros
 * @param depth how many macros this is in
 */
record Scope(At at, Map<String, Argument> arguments, @Nullable Place call, int depth) {
  /** An expression, and what it is in. Macros are called by name, as in C. */
  record Argument(Expression expression, Scope scope) {}

  static Scope of(At at) {
    return new Scope(at, Map.of(), null, 0);
  }

  /** {@return that of a macro's body, called at a place of this one} */
  Scope inside(Map<String, Argument> newArguments, Place place) {
    return new Scope(at, newArguments, place(place), depth + 1);
  }

  /** {@return the place in the test that a place in this scope belongs to} */
  Place place(Place place) {
    return call == null ? place : call;
  }

  /** {@return this for a statement, which inside of a macro is that of the call} */
  Scope at(At statement) {
    return depth > 0 ? this : of(statement);
  }

  @Nullable Argument argument(Expression expression) {
    return expression instanceof Expression.Name(String name, _) ? arguments.get(name) : null;
  }
}
