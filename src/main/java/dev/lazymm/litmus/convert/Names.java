package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.InitialState.Content;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Program;
import dev.lazymm.litmus.c.Statement;
import dev.lazymm.litmus.c.ThreadCode;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names in a thread stand for. */
final class Names {
  private final Program program;
  private final int thread;
  private final Set<String> assigned = new HashSet<>();
  private final Set<String> all = new LinkedHashSet<>();
  private final Set<String> values = new HashSet<>();

  Names(Program program, int thread, Inliner inliner) {
    this.program = program;
    this.thread = thread;
    Set<Expression> accessed = Collections.newSetFromMap(new IdentityHashMap<>());
    new Parts(inliner) {
      @Override
      void expression(Expression e) {
        Expression address = accessed(e);
        if (address != null) {
          accessed.add(address);
        }
        if (e instanceof Expression.Name(String name, _)) {
          all.add(name);
          if (!accessed.contains(e)) {
            values.add(name);
          }
        }
        if (e instanceof Expression.Assign(Expression.Name(String name, _), _, _)) {
          assigned.add(name);
        } else if (e instanceof Expression.Update u
            && u.target() instanceof Expression.Name(String name, _)) {
          assigned.add(name);
        }
      }
    }.all(body());
  }

  /** {@return the address that an expression accesses memory at; null if it does not} */
  static @Nullable Expression accessed(Expression e) {
    return switch (e) {
      case Expression.Deref(Expression address, _) -> address;
      case Expression.Primitively p
          when !p.operands().isEmpty() && !(p.operands().getFirst() instanceof Expression.Deref) ->
          p.operands().getFirst();
      default -> null;
    };
  }

  /** {@return the names in the thread, in the order of its text} */
  Set<String> all() {
    return all;
  }

  Statement body() {
    return program.threads().get(thread).body();
  }

  /** {@return whether a name is nothing but the address of the location that is called so} */
  boolean isAddress(String name) {
    return isGlobal(name) && !assigned.contains(name);
  }

  /** {@return whether a name is asked for, or set, and not only what is at its address} */
  boolean isValue(String name) {
    return values.contains(name);
  }

  private boolean isGlobal(String name) {
    ThreadCode code = program.threads().get(thread);
    boolean local = code.locals().contains(name) && !code.parameters().contains(name);
    return !local && program.locations().contains(name) && given(name).isEmpty();
  }

  private Optional<Content> given(String name) {
    return Optional.ofNullable(program.init().registers().get(new Prop.Register(thread, name)))
        .map(InitialState.RegisterContent::content);
  }

  /** {@return what is in the register of a name at the start, if that is not 0} */
  Optional<Content> initial(String name) {
    return given(name)
        .or(() -> isGlobal(name) ? Optional.of(new InitialState.Address(name)) : Optional.empty());
  }
}
