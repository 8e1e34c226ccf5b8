package dev.lazymm.cat;

import dev.lazymm.cat.Library.Chain;
import dev.lazymm.cat.Scope.Lazy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bell file declares.
 *
 * @param enumerations the tags of each enumeration
 * @param instructions for each kind of instruction ({@code R}, {@code F}), the sets of tags that it
 *     may carry, one for each annotation in order
 */
public record Bell(
    Map<String, List<String>> enumerations, Map<String, List<Set<String>>> instructions) {

  /** {@return whether an instruction of a kind may carry a tag at a place} */
  public boolean allows(String kind, int place, String tag) {
    List<Set<String>> places = instructions.getOrDefault(kind, List.of());
    return place < places.size() && places.get(place).contains(tag);
  }

  /** {@return whether any enumeration has a tag} */
  public boolean hasTag(String tag) {
    return enumerations.values().stream().anyMatch(tags -> tags.contains(tag));
  }

  /** {@return all tags, by the name of the set of events that carry them} */
  Map<String, String> tagSets() {
    Map<String, String> sets = new LinkedHashMap<>();
    enumerations.values().forEach(tags -> tags.forEach(tag -> sets.put(setOf(tag), tag)));
    return sets;
  }

  /** {@return the set that a tag defines: {@code foo-bar} defines {@code Foo-bar}} */
  static String setOf(String tag) {
    return Character.toUpperCase(tag.charAt(0)) + tag.substring(1);
  }

  /** {@return a structure without events, to evaluate what needs none} */
  static Structure noEvents() {
    return new NoEvents();
  }

  static Bell empty() {
    return new Bell(Map.of(), Map.of());
  }

  /**
   * {@return what a bell file declares}
   *
   * @throws CatException if it uses a tag that it does not declare
   */
  static Bell read(Source source, Library library, Set<String> variants) {
    return new Reader(library, variants).read(source);
  }

  /** Runs the declarations of a bell file and nothing else of it. */
  private static final class Reader {
    private final Library library;
    private final Interpreter interpreter;
    private final Map<String, List<String>> enumerations = new LinkedHashMap<>();
    private final Map<String, List<Set<String>>> instructions = new LinkedHashMap<>();
    private Scope<Value> scope = new Nothing();

    Reader(Library library, Set<String> variants) {
      this.library = library;
      interpreter = new Interpreter(variants, new Bases(noEvents()));
    }

    Bell read(Source source) {
      run(library.file(source).instructions(), Chain.of(source));
      return new Bell(enumerations, instructions);
    }

    private void run(List<Instruction> all, Chain chain) {
      for (Instruction one : all) {
        switch (one) {
          case Instruction.Enumeration(Place at, String name, List<String> tags) -> {
            enumerations.put(name, tags);
            interpreter.declare(name, tags);
            List<Value> members = new ArrayList<>();
            tags.forEach(tag -> members.add(new Value.Tag(name, tag)));
            scope = scope.with(name, Values.many(members));
          }
          case Instruction.Declare(_, boolean isDefault, String kind, List<Expr> sets) -> {
            List<Set<String>> places = sets.stream().map(this::tags).toList();
            if (!isDefault) {
              instructions.merge(kind, places, Reader::merge);
            }
          }
          case Instruction.Let let ->
              scope =
                  let.recursive()
                      ? scope
                      : interpreter.bind(let.at(), false, let.bindings(), scope, _ -> true);
          case Instruction.Include(Place at, String file) -> {
            var found = library.include(at, file, chain);
            run(found.file().instructions(), found.chain());
          }
          case Instruction.If(_, Expr.Condition condition, var yes, var no) ->
              run(interpreter.holds(condition, scope) ? yes : no, chain);
          default -> {
            // Checks and flags are for the model.
          }
        }
      }
    }

    private static List<Set<String>> merge(List<Set<String>> a, List<Set<String>> b) {
      List<Set<String>> result = new ArrayList<>();
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        Set<String> both = new LinkedHashSet<>(i < a.size() ? a.get(i) : Set.of());
        both.addAll(i < b.size() ? b.get(i) : Set.of());
        result.add(both);
      }
      return result;
    }

    private Set<String> tags(Expr expr) {
      Value value = interpreter.eval(expr, scope);
      List<Value> all = value instanceof Value.Many(List<Value> m) ? m : List.of(value);
      Set<String> tags = new LinkedHashSet<>();
      for (Value one : all) {
        if (!(one instanceof Value.Tag(_, String tag))) {
          throw Operators.wrong(expr.at(), value, "a set of tags");
        }
        tags.add(tag);
      }
      return tags;
    }
  }

  /** The scope of a bell file: it declares all it needs. */
  private record Nothing() implements Scope<Value> {
    @Override
    public @Nullable Lazy<Value> find(String name) {
      return null;
    }

    @Override
    public void names(List<String> into) {}
  }

  /** A structure without events. */
  private record NoEvents() implements Structure {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public EventSet set(String name) {
      return EventSet.empty(0);
    }

    @Override
    public EventSet tagged(String tag) {
      return EventSet.empty(0);
    }

    @Override
    public Relation relation(String name) {
      return Relation.empty(0);
    }

    @Override
    public long value(int event) {
      return 0;
    }
  }
}
