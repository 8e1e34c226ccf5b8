package dev.lazymm.cat;

import dev.lazymm.cat.Expr.BinaryOp;
import dev.lazymm.cat.Expr.UnaryOp;
import dev.lazymm.cat.Value.Any;
import dev.lazymm.cat.Value.Events;
import dev.lazymm.cat.Value.Many;
import dev.lazymm.cat.Value.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The operators on exact values: what they mean, and for which types.
 *
 * @param n the number of events
 * @param enumerations the tags of each enumeration, for the complement of a set of tags
 */
record Operators(int n, Map<String, List<String>> enumerations) {

  /** {@return a value as a relation} */
  Relation relation(Place at, Value value) {
    return switch (value) {
      case Pairs(Relation relation) -> relation;
      case Value.Pair(int a, int b) -> new Relation.Builder(n).add(a, b).build();
      case Any any -> any == Any.EMPTY ? Relation.empty(n) : Relation.full(n);
      default -> throw wrong(at, value, "a relation");
    };
  }

  /** {@return a value as a set of events} */
  EventSet events(Place at, Value value) {
    return switch (value) {
      case Events(EventSet set) -> set;
      case Value.Event(int e) -> EventSet.empty(n).with(e);
      case Any any -> any == Any.EMPTY ? EventSet.empty(n) : EventSet.all(n);
      default -> throw wrong(at, value, "an event set");
    };
  }

  static CatException wrong(Place at, Value value, String expected) {
    return new CatException(at, "this is of type " + value.type(), expected);
  }

  private static CatException mixed(Place at, String symbol, Value left, Value right) {
    return new CatException(
        at,
        "'" + symbol + "' between " + article(left.type()) + " and " + article(right.type()),
        "operands of one type");
  }

  static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  Value unary(Place at, UnaryOp op, Value of) {
    if (of instanceof Any any) {
      boolean empty = any == Any.EMPTY;
      return switch (op) {
        case PLUS, INVERSE -> any;
        case STAR, OPTIONAL -> empty ? new Pairs(Relation.identity(n)) : any;
        case COMPLEMENT -> empty ? Any.UNIVERSE : Any.EMPTY;
        case IDENTITY -> empty ? any : new Pairs(Relation.identity(n));
      };
    }
    return switch (op) {
      case PLUS -> new Pairs(relation(at, of).plus());
      case STAR -> new Pairs(relation(at, of).plus().optional());
      case OPTIONAL -> new Pairs(relation(at, of).optional());
      case INVERSE ->
          of instanceof Value.Pair(int a, int b)
              ? new Value.Pair(b, a)
              : new Pairs(relation(at, of).inverse());
      case IDENTITY -> new Pairs(events(at, of).identity());
      case COMPLEMENT ->
          switch (of) {
            case Events(EventSet set) -> new Events(set.complement());
            case Pairs(Relation relation) -> new Pairs(relation.complement());
            case Many many -> many(at, "\\", all(at, many), many);
            default -> throw wrong(at, of, "a relation or an event set");
          };
    };
  }

  private Many all(Place at, Many tags) {
    if (!tags.elements().isEmpty()
        && tags.elements().getFirst() instanceof Value.Tag(String enumeration, _)) {
      List<Value> all = new ArrayList<>();
      enumerations
          .getOrDefault(enumeration, List.of())
          .forEach(tag -> all.add(new Value.Tag(enumeration, tag)));
      return Values.many(all);
    }
    throw wrong(at, tags, "a relation, an event set or a set of tags");
  }

  Value binary(Place at, BinaryOp op, Value left, Value right) {
    return switch (op) {
      case UNION -> union(at, left, right);
      case INTERSECT -> intersect(at, left, right);
      case MINUS -> minus(at, left, right);
      case SEQUENCE ->
          left == Any.EMPTY || right == Any.EMPTY
              ? Any.EMPTY
              : new Pairs(relation(at, left).then(relation(at, right)));
      case PRODUCT -> new Pairs(events(at, left).times(events(at, right)));
      case INSERT -> insert(at, left, right);
    };
  }

  private static Value setOfTag(Value value) {
    return value instanceof Value.Tag ? new Many(List.of(value)) : value;
  }

  private static Value union(Place at, Value l, Value r) {
    Value left = setOfTag(l);
    Value right = setOfTag(r);
    if (left == Any.UNIVERSE || right == Any.UNIVERSE) {
      return Any.UNIVERSE;
    }
    if (left == Any.EMPTY) {
      return right;
    }
    if (right == Any.EMPTY) {
      return left;
    }
    if (left instanceof Pairs(Relation a) && right instanceof Pairs(Relation b)) {
      return new Pairs(a.union(b));
    }
    if (left instanceof Events(EventSet a) && right instanceof Events(EventSet b)) {
      return new Events(a.union(b));
    }
    if (left instanceof Many && right instanceof Many) {
      return many(at, "|", left, right);
    }
    throw mixed(at, "|", left, right);
  }

  private static Value intersect(Place at, Value l, Value r) {
    Value left = setOfTag(l);
    Value right = setOfTag(r);
    if (left == Any.UNIVERSE) {
      return right;
    }
    if (right == Any.UNIVERSE) {
      return left;
    }
    if (left == Any.EMPTY || right == Any.EMPTY) {
      return Any.EMPTY;
    }
    if (left instanceof Pairs(Relation a) && right instanceof Pairs(Relation b)) {
      return new Pairs(a.intersect(b));
    }
    if (left instanceof Events(EventSet a) && right instanceof Events(EventSet b)) {
      return new Events(a.intersect(b));
    }
    if (left instanceof Many && right instanceof Many) {
      return many(at, "&", left, right);
    }
    throw mixed(at, "&", left, right);
  }

  private Value minus(Place at, Value l, Value r) {
    Value left = setOfTag(l);
    Value right = setOfTag(r);
    if (left == Any.UNIVERSE) {
      return unary(at, UnaryOp.COMPLEMENT, right);
    }
    if (left == Any.EMPTY || right == Any.UNIVERSE) {
      return Any.EMPTY;
    }
    if (right == Any.EMPTY) {
      return left;
    }
    if (left instanceof Pairs(Relation a) && right instanceof Pairs(Relation b)) {
      return new Pairs(a.minus(b));
    }
    if (left instanceof Events(EventSet a) && right instanceof Events(EventSet b)) {
      return new Events(a.minus(b));
    }
    if (left instanceof Many && right instanceof Many) {
      return many(at, "\\", left, right);
    }
    throw mixed(at, "\\", left, right);
  }

  private static Many many(Place at, String symbol, Value left, Value right) {
    if (!(left instanceof Many(List<Value> a) && right instanceof Many(List<Value> b))) {
      throw mixed(at, symbol, left, right);
    }
    try {
      List<Value> result = new ArrayList<>(a);
      switch (symbol) {
        case "|" -> result.addAll(b);
        case "&" -> result.removeIf(x -> !contains(b, x));
        default -> result.removeIf(x -> contains(b, x));
      }
      return Values.many(result);
    } catch (Values.Mixed e) {
      throw new CatException(at, String.valueOf(e.getMessage()), "elements of one type");
    }
  }

  static boolean contains(List<Value> values, Value value) {
    return values.stream().anyMatch(x -> Values.ORDER.compare(x, value) == 0);
  }

  private Value insert(Place at, Value element, Value set) {
    if (element == Any.UNIVERSE) {
      throw new CatException(at, "'_' as an element of a set", "a definite element");
    }
    return switch (set) {
      case Any any when any == Any.UNIVERSE -> any;
      case Any _ -> single(at, element);
      case Pairs(Relation relation) when element instanceof Value.Pair(int a, int b) ->
          new Pairs(new Relation.Builder(relation).add(a, b).build());
      case Pairs(Relation relation)
          when element instanceof Value.Tuple(List<Value> parts)
              && parts.size() == 2
              && parts.getFirst() instanceof Value.Event(int a)
              && parts.getLast() instanceof Value.Event(int b) ->
          new Pairs(new Relation.Builder(relation).add(a, b).build());
      case Events(EventSet events) when element instanceof Value.Event(int e) ->
          new Events(events.with(e));
      case Many many -> many(at, "|", single(at, element, many), many);
      default -> throw mixed(at, "++", element, set);
    };
  }

  private static Many single(Place at, Value element, Many other) {
    if (element instanceof Value.Closure
        || element instanceof Value.Primitive
        || element instanceof Value.Procedure) {
      throw wrong(at, element, "something that can be in a set");
    }
    return other.elements().isEmpty() || element != Any.EMPTY
        ? new Many(List.of(element))
        : new Many(List.of(emptyLike(other.elements().getFirst())));
  }

  private static Value emptyLike(Value like) {
    return switch (like) {
      case Events(EventSet set) -> new Events(EventSet.empty(set.universe()));
      case Pairs(Relation relation) -> new Pairs(Relation.empty(relation.universe()));
      default -> Any.EMPTY;
    };
  }

  private Value single(Place at, Value element) {
    return switch (element) {
      case Value.Event(int e) -> new Events(EventSet.empty(n).with(e));
      case Value.Pair(int a, int b) -> new Pairs(new Relation.Builder(n).add(a, b).build());
      default -> single(at, element, new Many(List.of()));
    };
  }

  /** {@return the literal set of some elements} */
  Value setOf(Place at, List<Value> elements) {
    Value set = Any.EMPTY;
    for (Value element : elements.reversed()) {
      set = insert(at, element, set);
    }
    return set;
  }
}
