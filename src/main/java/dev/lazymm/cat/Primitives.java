package dev.lazymm.cat;

import dev.lazymm.cat.Value.Any;
import dev.lazymm.cat.Value.Events;
import dev.lazymm.cat.Value.Pairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions that the tool gives to every model. */
final class Primitives {
  /** All primitives that are known here. */
  enum Kind {
    DOMAIN,
    RANGE,
    LINEARISATIONS,
    CLASSES,
    CLASSES_LOC,
    TAG2EVENTS,
    TAG2SCOPE,
    TAG2LEVEL,
    DIFFERENT_VALUES,
    FROMTO,
    AT_LEAST_ONE_WRITABLE,
    OA_CHANGES,
    SAME_OA,
    INTER_TRANSITIVE("inter_transitive"),
    FAIL;

    final String name;

    Kind() {
      name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Kind(String name) {
      this.name = name;
    }

    static @Nullable Kind named(String name) {
      return Arrays.stream(values()).filter(k -> k.name.equals(name)).findFirst().orElse(null);
    }
  }

  /** herd's primitives that are not here, all about page tables, scopes or classes of events. */
  static final List<String> MISSING =
      List.of("lift", "delift", "deliftinter", "bisimulation", "tag2fenced", "loc2events");

  private final Operators operators;
  private final Bases bases;

  Primitives(Operators operators, Bases bases) {
    this.operators = operators;
    this.bases = bases;
  }

  /** {@return the value of a primitive} */
  Value apply(Place at, Kind kind, Value argument) {
    return switch (kind) {
      case DOMAIN ->
          argument instanceof Any any ? any : new Events(operators.relation(at, argument).domain());
      case RANGE ->
          argument instanceof Any any ? any : new Events(operators.relation(at, argument).range());
      case LINEARISATIONS -> {
        List<Value> two = tuple(at, kind, argument, 2);
        yield Orders.all(
            operators.events(at, two.getFirst()), operators.relation(at, two.getLast()));
      }
      case CLASSES -> classes(operators.relation(at, argument));
      case CLASSES_LOC -> classes(operators.events(at, argument), bases.relation("loc"));
      case TAG2EVENTS -> new Events(bases.tagged(tag(at, argument)));
      case TAG2SCOPE, TAG2LEVEL ->
          throw new CatException(
              at, "scope '" + tag(at, argument) + "' is unknown", "no scopes: they are not built");
      case DIFFERENT_VALUES ->
          argument == Any.EMPTY
              ? argument
              : new Pairs(differentValues(operators.relation(at, argument)));
      case FROMTO -> {
        Relation po = bases.relation("po");
        EventSet via = operators.events(at, argument);
        yield new Pairs(po.then(via.identity()).then(po));
      }
      case AT_LEAST_ONE_WRITABLE, OA_CHANGES -> {
        List<Value> two = tuple(at, kind, argument, 2);
        if (!operators.events(at, two.getFirst()).isEmpty()) {
          throw pageTables(at, kind);
        }
        yield two.getFirst();
      }
      case SAME_OA -> {
        if (!operators.relation(at, argument).isEmpty()) {
          throw pageTables(at, kind);
        }
        yield argument;
      }
      case INTER_TRANSITIVE -> {
        List<Value> two = tuple(at, kind, argument, 2);
        yield new Pairs(
            operators
                .relation(at, two.getFirst())
                .plus()
                .intersect(operators.relation(at, two.getLast())));
      }
      case FAIL -> throw new CatException(at, "the model says: fail", "not to come here");
    };
  }

  private static CatException pageTables(Place at, Kind kind) {
    return new CatException(
        at, "primitive " + kind.name + " on page table entries", "no page tables");
  }

  private static List<Value> tuple(Place at, Kind kind, Value argument, int size) {
    if (argument instanceof Value.Tuple(List<Value> parts) && parts.size() == size) {
      return parts;
    }
    throw new CatException(
        at,
        "primitive " + kind.name + " on " + Operators.article(argument.type()),
        size + " arguments");
  }

  private static String tag(Place at, Value argument) {
    if (argument instanceof Value.Tag(_, String tag)) {
      return tag;
    }
    throw Operators.wrong(at, argument, "a tag");
  }

  private Relation differentValues(Relation relation) {
    Relation.Builder result = new Relation.Builder(operators.n());
    relation.forEach((a, b) -> {
      if (bases.value(a) != bases.value(b)) {
        result.add(a, b);
      }
    });
    return result.build();
  }

  private static Value classes(Relation equivalence) {
    return classes(equivalence.domain().union(equivalence.range()), equivalence);
  }

  private static Value classes(EventSet events, Relation equivalence) {
    List<Value> classes = new ArrayList<>();
    EventSet rest = events;
    while (!rest.isEmpty()) {
      int first = rest.stream().findFirst().getAsInt();
      EventSet one = equivalence.successors(first).intersect(rest).with(first);
      classes.add(new Events(one));
      rest = rest.minus(one);
    }
    return Values.many(classes);
  }
}
