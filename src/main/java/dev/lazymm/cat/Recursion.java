package dev.lazymm.cat;

import dev.lazymm.cat.Expr.Binding;
import dev.lazymm.cat.Node.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compiles a recursive definition. A name is a hole inside; its type is found by compiling the
 * definition with what is known of the types so far, until no more comes out.
 */
final class Recursion {
  private final Compiler compiler;
  private final Place at;
  private final List<Binding> functions;
  private final List<Binding> values;
  private final Scope<Code> outside;
  private final Set<Node> results = new HashSet<>();
  private boolean monotone = true;

  Recursion(Compiler compiler, Place at, List<Binding> bindings, Scope<Code> outside) {
    this.compiler = compiler;
    this.at = at;
    this.outside = outside;
    functions = bindings.stream().filter(b -> b.value() instanceof Expr.Fun).toList();
    values = bindings.stream().filter(b -> !(b.value() instanceof Expr.Fun)).toList();
    for (Binding b : values) {
      if (!b.pattern().isOne()) {
        throw new NotCompilable(b.at(), "a recursive tuple");
      }
    }
  }

  /** {@return whether more in the names never gives less: known after {@link #scope}} */
  boolean isMonotone() {
    return monotone;
  }

  /**
   * {@return whether more in the names never gives less in any of some nodes}
   *
   * @param order the nodes, operands first
   */
  boolean isMonotone(List<Node> order) {
    Map<Node, Boolean> depends = new HashMap<>();
    for (Node node : order) {
      boolean inner = node.in().stream().anyMatch(x -> depends.getOrDefault(x, false));
      depends.put(node, inner || results.contains(node));
      if (inner && !isMonotone(node, depends)) {
        return false;
      }
    }
    return true;
  }

  /** {@return the scope after the definition} */
  Scope<Code> scope() {
    Map<String, Code> inside = new HashMap<>();
    Map<String, Node> bodies = new HashMap<>();
    List<Node> holes = new ArrayList<>();
    List<String> names = values.stream().map(b -> b.pattern().names().getFirst()).toList();
    names.forEach(name -> inside.put(name, Code.Constant.EMPTY));
    for (boolean changed = !names.isEmpty(); changed; ) {
      changed = false;
      Scope<Code> scope = extend(inside);
      for (Binding b : values) {
        String name = b.pattern().names().getFirst();
        Code body = compiler.eval(b.value(), scope);
        if (Compiler.is(body, Value.Any.EMPTY)) {
          continue;
        }
        if (!(body instanceof Code.Of(Node node)) || node.type() == Node.Type.VALUE) {
          if (body instanceof Code.Of || Compiler.is(body, Value.Any.UNIVERSE)) {
            throw new NotCompilable(b.at(), "recursion on values");
          }
          throw Coercions.wrong(
              b.value().at(), body, "a relation or a set, in a recursive definition");
        }
        if (!(inside.get(name) instanceof Code.Of)) {
          Node hole = compiler.nodes.fresh(Op.HOLE, node.type(), name, List.of());
          inside.put(name, new Code.Of(hole));
          changed = true;
        }
        bodies.put(name, node);
      }
    }
    List<Node> inOrder = new ArrayList<>();
    List<String> typed = new ArrayList<>();
    for (String name : names) {
      if (inside.get(name) instanceof Code.Of(Node hole)) {
        Node body = bodies.get(name);
        if (body == null || body.type() != hole.type()) {
          throw new CatException(at, "'" + name + "' changes its type", "one type");
        }
        holes.add(hole);
        inOrder.add(body);
        typed.add(name);
      }
    }
    if (holes.isEmpty()) {
      return extend(inside);
    }
    Node fixpoint = fixpoint(holes, inOrder);
    for (int i = 0; i < holes.size(); i++) {
      Node fixed = compiler.nodes.node(Op.FIXED, holes.get(i).type(), i, fixpoint);
      results.add(fixed);
      inside.put(typed.get(i), new Code.Of(fixed));
    }
    return extend(inside);
  }

  private Node fixpoint(List<Node> holes, List<Node> bodies) {
    Map<Node, Boolean> depends = new HashMap<>();
    holes.forEach(hole -> depends.put(hole, true));
    Set<Node> outer = new LinkedHashSet<>();
    List<List<Node>> orders = new ArrayList<>();
    for (Node body : bodies) {
      List<Node> order = new ArrayList<>();
      for (Node node : Nodes.order(body, new HashSet<>(holes))) {
        boolean inner = node.in().stream().anyMatch(x -> depends.getOrDefault(x, false));
        depends.put(node, inner);
        if (inner) {
          order.add(node);
        }
      }
      order.forEach(node ->
          node.in().stream().filter(x -> !depends.getOrDefault(x, false)).forEach(outer::add));
      if (!depends.getOrDefault(body, false)) {
        outer.add(body);
      }
      orders.add(order);
    }
    monotone =
        orders.stream()
            .flatMap(List::stream)
            .distinct()
            .allMatch(node -> isMonotone(node, depends));
    return compiler.nodes.fresh(
        Op.FIXPOINT,
        Node.Type.VALUE,
        new Node.Fixpoint(at, holes, bodies, orders, monotone),
        new ArrayList<>(outer));
  }

  private static boolean isMonotone(Node node, Map<Node, Boolean> depends) {
    return switch (node.op()) {
      case MINUS, MINUS_SETS -> !depends.getOrDefault(node.in().getLast(), false);
      case COMPLEMENT, COMPLEMENT_SET, DYNAMIC, AS_SET, AS_RELATION, ORDERS, CROSS, FORK -> false;
      case FIXPOINT ->
          node.data() instanceof Node.Fixpoint inner
              && inner.monotone()
              && inner.orders().stream()
                  .flatMap(List::stream)
                  .allMatch(x -> isMonotone(x, depends));
      default -> true;
    };
  }

  private Scope<Code> extend(Map<String, Code> inside) {
    Scope<Code> result = outside;
    for (Binding b : values) {
      String name = b.pattern().names().getFirst();
      result = result.with(name, inside.getOrDefault(name, Code.Constant.EMPTY));
    }
    if (functions.isEmpty()) {
      return result;
    }
    Set<String> names =
        functions.stream().map(b -> b.pattern().names().getFirst()).collect(Collectors.toSet());
    List<Scope<Code>> knot = new ArrayList<>();
    Scope<Code> tied = new Interpreter.Tied<>(result, knot);
    for (Binding b : functions) {
      Expr.Fun f = (Expr.Fun) b.value();
      boolean recursive = FreeNames.of(f.body()).stream().anyMatch(names::contains);
      Code closure = new Code.Closure(f.parameter(), f.body(), tied, recursive);
      result = result.with(b.pattern().names().getFirst(), closure);
    }
    knot.add(result);
    return result;
  }
}
