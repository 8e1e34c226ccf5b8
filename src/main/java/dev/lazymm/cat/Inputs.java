package dev.lazymm.cat;

import dev.lazymm.cat.Node.Op;
import dev.lazymm.cat.Scope.Lazy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the nodes that an expression may ask for when it is interpreted. */
final class Inputs {
  private final Nodes nodes;
  private final Set<Node> found = new LinkedHashSet<>();
  private final Set<Lazy<Code>> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The bodies of functions that were looked at, by the scope of each. */
  private final IdentityHashMap<Scope<Code>, Set<Expr>> bodies = new IdentityHashMap<>();

  private Inputs(Nodes nodes) {
    this.nodes = nodes;
  }

  static List<Node> of(Nodes nodes, Expr expr, Scope<Code> scope) {
    Inputs inputs = new Inputs(nodes);
    inputs.collect(expr, scope);
    return List.copyOf(inputs.found);
  }

  private void collect(Expr expr, Scope<Code> scope) {
    for (String name : FreeNames.of(expr)) {
      Lazy<Code> meant = scope.find(name);
      if (meant != null && visited.add(meant)) {
        Code code;
        try {
          code = meant.get();
        } catch (CatException e) {
          continue; // It may never be asked for; if it is, the interpreter says this again.
        }
        collect(code);
      }
    }
  }

  private void collect(Code code) {
    switch (code) {
      case Code.Of(Node node) -> found.add(node);
      case Code.Tuple(List<Code> parts) -> parts.forEach(this::collect);
      case Code.Closure closure -> {
        Set<Expr> there =
            bodies.computeIfAbsent(
                closure.scope(), _ -> Collections.newSetFromMap(new IdentityHashMap<>()));
        if (there.add(closure.body())) {
          collect(closure.body(), closure.scope());
        }
      }
      case Code.Known(_, Code original) -> collect(original);
      case Code.Constant(Value v) when v instanceof Value.Primitive(var kind) -> {
        // What it reads besides its argument.
        switch (kind) {
          case CLASSES_LOC -> found.add(nodes.node(Op.BASE_RELATION, Node.Type.RELATION, "loc"));
          case FROMTO -> found.add(nodes.node(Op.BASE_RELATION, Node.Type.RELATION, "po"));
          case DIFFERENT_VALUES -> found.add(nodes.node(Op.VALUES, Node.Type.VALUE, null));
          default -> {}
        }
      }
      case Code.Constant _, Code.Procedure _ -> {}
    }
  }
}
