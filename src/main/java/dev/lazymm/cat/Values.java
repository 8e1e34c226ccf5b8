package dev.lazymm.cat;

import dev.lazymm.cat.Value.Any;
import dev.lazymm.cat.Value.Many;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The order of values, by which sets of them are kept, and their common subsets. */
final class Values {
  private Values() {}

  /** Values that cannot be elements of one set. */
  static final class Mixed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Mixed(String message) {
      super(message, null, false, false);
    }
  }

  /** Orders values of one type; {@code 0} is the empty one of any. */
  static final Comparator<Value> ORDER = Values::compare;

  /**
   * {@return a set of values}
   *
   * @throws Mixed if they are of different types
   */
  static Many many(Collection<Value> values) {
    TreeSet<Value> sorted = new TreeSet<>(ORDER);
    sorted.addAll(values);
    return new Many(List.copyOf(sorted));
  }

  private static int compare(Value a, Value b) {
    return switch (a) {
      case Any x when x == Any.EMPTY && b == Any.EMPTY -> 0;
      case Any x when x == Any.EMPTY && isEmpty(b) -> 0;
      case Any x when x == Any.EMPTY && isSet(b) -> -1;
      case Value x when b == Any.EMPTY && isSet(x) -> isEmpty(x) ? 0 : 1;
      case Value.Events(EventSet x) when b instanceof Value.Events(EventSet y) ->
          Arrays.compareUnsigned(x.bits, y.bits);
      case Value.Pairs(Relation x) when b instanceof Value.Pairs(Relation y) ->
          Arrays.compareUnsigned(x.rows, y.rows);
      case Value.Event(int x) when b instanceof Value.Event(int y) -> Integer.compare(x, y);
      case Value.Pair(int x1, int x2) when b instanceof Value.Pair(int y1, int y2) ->
          x1 != y1 ? Integer.compare(x1, y1) : Integer.compare(x2, y2);
      case Value.Tag(String e, String x) when b instanceof Value.Tag(String f, String y) ->
          x.equals(y) ? e.compareTo(f) : x.compareTo(y);
      case Many(List<Value> x) when b instanceof Many(List<Value> y) -> compare(x, y);
      case Value.Tuple(List<Value> x) when b instanceof Value.Tuple(List<Value> y) -> compare(x, y);
      default -> throw new Mixed("a set of " + a.type() + " and " + b.type());
    };
  }

  private static int compare(List<Value> a, List<Value> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int c = compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static boolean isSet(Value value) {
    return value instanceof Value.Events || value instanceof Value.Pairs || value instanceof Many;
  }

  /** {@return whether this is the empty set of any type} */
  static boolean isEmpty(Value value) {
    return switch (value) {
      case Any any -> any == Any.EMPTY;
      case Value.Events(EventSet set) -> set.isEmpty();
      case Value.Pairs(Relation relation) -> relation.isEmpty();
      case Many(List<Value> elements) -> elements.isEmpty();
      default -> false;
    };
  }
}
