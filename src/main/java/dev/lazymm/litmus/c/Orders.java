package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Spelling;
import dev.lazymm.litmus.c.Expression.Name;
import dev.lazymm.litmus.c.Expression.Primitively;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The memory orders that C11's operations are given as arguments. */
final class Orders {
  /** herd's name of the set of accesses that are given an order. */
  private static final String ATOMIC = "A";

  private Orders() {}

  /** {@return the tags of each order of a primitive; empty if it is given none} */
  static Optional<List<Set<String>>> of(Primitively p, Scope scope, Expressions in) {
    if (p.tag() == null || p.tag().contains("-")) {
      return Optional.empty();
    }
    List<Set<String>> all = new ArrayList<>();
    for (String parameter : p.tag().split(",", -1)) {
      var argument = scope.arguments().get(parameter);
      if (argument == null) {
        return Optional.empty();
      }
      String tag = tag(argument, in);
      all.add(p.primitive() == Primitive.FENCE ? Set.of(tag) : Set.of(tag, ATOMIC));
    }
    return Optional.of(all);
  }

  private static String tag(Scope.Argument argument, Expressions in) {
    var outer = argument.scope().argument(argument.expression());
    if (outer != null) {
      return tag(outer, in);
    }
    Set<String> known = in.macros().tags();
    String name = argument.expression() instanceof Name(String n, _) ? n : "";
    String tag = in.macros().tag(name);
    if (tag == null) {
      throw in.error(
          argument.scope(),
          argument.expression().place(),
          "expected one of %s%s"
              .formatted(
                  String.join(", ", known.stream().sorted().toList()), Spelling.hint(name, known)));
    }
    return tag;
  }
}
