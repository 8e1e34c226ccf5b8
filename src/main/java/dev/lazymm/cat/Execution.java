package dev.lazymm.cat;

import dev.lazymm.cat.Library.Chain;
import dev.lazymm.cat.Scope.Lazy;
import dev.lazymm.cat.Value.Any;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the instructions of a model over exact values, once for each choice of its {@code with}s.
 * Owned by one judge.
 */
final class Execution {
  private final ModelFiles files;
  private final Bases bases;
  private final Interpreter interpreter;

  Execution(ModelFiles files, Bases bases) {
    this.files = files;
    this.bases = bases;
    interpreter = new Interpreter(files.variants(), bases);
  }

  /**
   * Where a run has come to.
   *
   * @param scope what names mean
   * @param flags those raised
   * @param shown what the model shows, by name
   */
  record State(Scope<Value> scope, List<String> flags, Map<String, Lazy<Value>> shown) {
    State in(Scope<Value> other) {
      return new State(other, flags, shown);
    }

    State flagged(String flag) {
      List<String> more = new ArrayList<>(flags);
      if (!more.contains(flag)) {
        more.add(flag);
      }
      return new State(scope, more, shown);
    }
  }

  /**
   * What is still to be done: a list of instructions from an index on, then more.
   *
   * @param enter the scope to begin in, or null to go on in the present one
   * @param leave the scope to go back to at the end, or null to keep the one there
   */
  private record Todo(
      List<Instruction> list,
      int index,
      Chain chain,
      @Nullable Scope<Value> enter,
      @Nullable Scope<Value> leave,
      @Nullable Todo then) {
    Todo next() {
      return new Todo(list, index + 1, chain, null, leave, then);
    }
  }

  /**
   * Runs the model.
   *
   * @param visitor is shown the end of every run that passes all checks; false ends it
   * @return false if the visitor ended it
   */
  boolean run(Predicate<State> visitor) {
    Todo todo = null;
    for (Source part : files.parts().reversed()) {
      var instructions = files.library().file(part).instructions();
      todo = new Todo(instructions, 0, Chain.of(part), null, null, todo);
    }
    return run(new State(new Given(), List.of(), Map.of()), todo, visitor);
  }

  private boolean run(State state, @Nullable Todo todo, Predicate<State> visitor) {
    while (todo != null) {
      if (todo.enter() != null) {
        state = state.in(todo.enter());
      }
      if (todo.index() == todo.list().size()) {
        state = todo.leave() == null ? state : state.in(todo.leave());
        todo = todo.then();
        continue;
      }
      Instruction instruction = todo.list().get(todo.index());
      Todo next = todo.next();
      Scope<Value> scope = state.scope();
      switch (instruction) {
        case Instruction.With with -> {
          for (Value choice : elements(with.set(), scope)) {
            if (!run(state.in(scope.with(with.name(), choice)), next, visitor)) {
              return false;
            }
          }
          return true;
        }
        case Instruction.Include(Place at, String file) -> {
          var found = files.library().include(at, file, todo.chain());
          todo = new Todo(found.file().instructions(), 0, found.chain(), null, null, next);
        }
        case Instruction.If(_, Expr.Condition condition, var yes, var no) ->
            todo = block(interpreter.holds(condition, scope) ? yes : no, todo.chain(), next);
        case Instruction.Match match ->
            todo = block(choose(match, interpreter.eval(match.of(), scope)), todo.chain(), next);
        case Instruction.Call call -> {
          Value.Procedure procedure = procedure(call, scope);
          Scope<Value> inside =
              Interpreter.bind(
                  call.at(),
                  procedure.code().parameter(),
                  interpreter.eval(call.argument(), scope),
                  procedure.scope());
          todo = new Todo(procedure.code().body(), 0, todo.chain(), inside, scope, next);
        }
        case Instruction.ForAll all -> {
          todo = next;
          for (Value element : elements(all.of(), scope).reversed()) {
            Scope<Value> inside = scope.with(all.name(), element);
            todo = new Todo(all.body(), 0, next.chain(), inside, scope, todo);
          }
        }
        default -> {
          State after = simple(instruction, state);
          if (after == null) {
            return true;
          }
          state = after;
          todo = next;
        }
      }
    }
    return visitor.test(state);
  }

  private static Todo block(List<Instruction> list, Chain chain, Todo then) {
    return new Todo(list, 0, chain, null, null, then);
  }

  /** {@return the state after an instruction that only goes on, or null if a check fails} */
  private @Nullable State simple(Instruction instruction, State state) {
    Scope<Value> scope = state.scope();
    return switch (instruction) {
      case Instruction.Let let -> {
        Instruction.Test when = let.when();
        boolean[] failed = {false};
        Scope<Value> after =
            interpreter.bind(
                let.at(),
                let.recursive(),
                let.bindings(),
                scope,
                round -> {
                  failed[0] = when != null && !holds(when, round);
                  return !failed[0];
                });
        yield failed[0] ? null : state.in(after);
      }
      case Instruction.Test test -> test(test, state);
      case Instruction.Procedure p -> state.in(procedure(p, scope));
      case Instruction.Enumeration(_, String name, List<String> tags) -> {
        interpreter.declare(name, tags);
        List<Value> all = new ArrayList<>();
        tags.forEach(tag -> all.add(new Value.Tag(name, tag)));
        yield state.in(scope.with(name, Values.many(all)));
      }
      case Instruction.Debug(_, Expr of) -> {
        interpreter.eval(of, scope);
        yield state;
      }
      case Instruction.Show _, Instruction.ShowAs _, Instruction.Unshow _ ->
          show(instruction, state);
      case Instruction.Declare _ -> state;
      default -> throw new IllegalStateException("instruction");
    };
  }

  private static Scope<Value> procedure(Instruction.Procedure p, Scope<Value> scope) {
    if (!p.recursive()) {
      return scope.with(p.name(), new Value.Procedure(p, scope));
    }
    List<Scope<Value>> knot = new ArrayList<>();
    Scope<Value> result =
        scope.with(p.name(), new Value.Procedure(p, new Interpreter.Tied<>(scope, knot)));
    knot.add(result);
    return result;
  }

  private static Value.Procedure procedure(Instruction.Call call, Scope<Value> scope) {
    Value value = scope.get(call.at(), call.procedure());
    if (value instanceof Value.Procedure procedure) {
      return procedure;
    }
    throw Operators.wrong(call.at(), value, "a procedure");
  }

  private State show(Instruction instruction, State state) {
    Map<String, Lazy<Value>> shown = new LinkedHashMap<>(state.shown());
    Scope<Value> scope = state.scope();
    switch (instruction) {
      case Instruction.Show(_, List<String> names) ->
          names.forEach(name -> {
            Lazy<Value> value = scope.find(name);
            if (value != null) {
              shown.put(name, value);
            }
          });
      case Instruction.ShowAs(_, Expr of, String name) ->
          shown.put(name, Lazy.by(() -> interpreter.eval(of, scope)));
      case Instruction.Unshow(_, List<String> names) -> names.forEach(shown::remove);
      default -> throw new IllegalStateException("instruction");
    }
    return new State(scope, state.flags(), shown);
  }

  private List<Value> elements(Expr set, Scope<Value> scope) {
    return switch (interpreter.eval(set, scope)) {
      case Any any when any == Any.EMPTY -> List.of();
      case Value.Many(List<Value> elements) -> elements;
      case Value.Tag tag -> List.of(tag);
      case Value.Events(EventSet events) ->
          events.stream().<Value>mapToObj(Value.Event::new).toList();
      case Value.Pairs(Relation relation) -> {
        List<Value> pairs = new ArrayList<>();
        relation.forEach((a, b) -> pairs.add(new Value.Pair(a, b)));
        yield pairs;
      }
      case Value other -> throw Operators.wrong(set.at(), other, "a set");
    };
  }

  static List<Instruction> choose(Instruction.Match match, Value value) {
    if (!(value instanceof Value.Tag(_, String tag))) {
      throw Operators.wrong(match.of().at(), value, "a tag");
    }
    List<Instruction> found = match.cases().getOrDefault(tag, match.otherwise());
    if (found == null) {
      throw new CatException(match.at(), "no case for the tag '" + tag, "a case '_'");
    }
    return found;
  }

  private @Nullable State test(Instruction.Test test, State state) {
    boolean holds = holds(test, state.scope());
    return switch (test.kind()) {
      case CHECK -> holds ? state : null;
      case FLAG -> holds ? state.flagged(test.flagName()) : state;
      case UNDEFINED_UNLESS, ASSERT -> holds ? state : state.flagged(test.flagName());
    };
  }

  private boolean holds(Instruction.Test test, Scope<Value> scope) {
    Value value = interpreter.eval(test.of(), scope);
    boolean has =
        switch (test.property()) {
          case EMPTY ->
              value instanceof Value.Events(EventSet set)
                  ? set.isEmpty()
                  : operators().relation(test.of().at(), value).isEmpty();
          case ACYCLIC -> operators().relation(test.of().at(), value).isAcyclic();
          case IRREFLEXIVE -> operators().relation(test.of().at(), value).isIrreflexive();
        };
    return has != test.negated();
  }

  private Operators operators() {
    return interpreter.operators;
  }

  /** The names that no file defines. */
  private final class Given implements Scope<Value> {
    private final Map<String, Lazy<Value>> known = new HashMap<>();

    @Override
    public @Nullable Lazy<Value> find(String name) {
      Lazy<Value> found = known.get(name);
      if (found == null) {
        ModelFiles.Given given = files.given(name);
        if (given == null) {
          return null;
        }
        found = Lazy.by(() -> value(name, given));
        known.put(name, found);
      }
      return found;
    }

    private Value value(String name, ModelFiles.Given given) {
      return switch (given) {
        case TAGGED -> new Value.Events(bases.tagged(files.tagSets().getOrDefault(name, name)));
        case SET -> new Value.Events(bases.events(name));
        case RELATION -> new Value.Pairs(bases.relation(name));
        case IDENTITY -> new Value.Pairs(Relation.identity(bases.size()));
        case PRIMITIVE -> {
          Primitives.Kind kind = Primitives.Kind.named(name);
          if (kind == null) {
            throw new IllegalStateException(name);
          }
          yield new Value.Primitive(kind);
        }
      };
    }

    @Override
    public void names(List<String> into) {
      files.givenNames(into);
    }
  }

  /** {@return a value as a relation to be shown, or null if it is none} */
  @Nullable Relation shownRelation(@Nullable Lazy<Value> lazy) {
    if (lazy == null) {
      return null;
    }
    try {
      return switch (lazy.get()) {
        case Value.Pairs(Relation relation) -> relation;
        case Any any when any == Any.EMPTY -> Relation.empty(bases.size());
        case Value _ -> null;
      };
    } catch (CatException e) {
      return null;
    }
  }
}
