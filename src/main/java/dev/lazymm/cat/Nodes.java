package dev.lazymm.cat;

import dev.lazymm.cat.Node.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes nodes, each once, in their simplest form. */
final class Nodes {
  private record Key(Op op, List<Node> in, @Nullable Object data) {}

  private final Map<Key, Node> made = new HashMap<>();
  private int count;

  int count() {
    return count;
  }

  /** {@return a node, made before or now} */
  Node node(Op op, Node.Type type, @Nullable Object data, Node... in) {
    List<Node> operands = List.of(in);
    Key key = new Key(op, operands, data);
    Node known = made.get(key);
    if (known == null) {
      known = new Node(count++, op, type, operands, data);
      made.put(key, known);
    }
    return known;
  }

  /** {@return a new node, whatever was made before} */
  Node fresh(Op op, Node.Type type, @Nullable Object data, List<Node> in) {
    return new Node(count++, op, type, List.copyOf(in), data);
  }

  Node set(Op op, Node... in) {
    return node(op, Node.Type.SET, null, in);
  }

  Node relation(Op op, Node... in) {
    return node(op, Node.Type.RELATION, null, in);
  }

  Node emptySet() {
    return set(Op.EMPTY_SET);
  }

  Node all() {
    return set(Op.ALL);
  }

  Node empty() {
    return relation(Op.EMPTY);
  }

  Node full() {
    return relation(Op.FULL);
  }

  Node id() {
    return relation(Op.ID);
  }

  static boolean isEmpty(Node node) {
    return node.op() == Op.EMPTY || node.op() == Op.EMPTY_SET;
  }

  private static boolean isAll(Node node) {
    return node.op() == Op.FULL || node.op() == Op.ALL;
  }

  private static boolean isSet(Node node) {
    return node.type() == Node.Type.SET;
  }

  Node union(Node a, Node b) {
    if (a == b || isEmpty(b) || isAll(a)) {
      return a;
    }
    if (isEmpty(a) || isAll(b)) {
      return b;
    }
    boolean swap = a.id() > b.id();
    Node first = swap ? b : a;
    Node second = swap ? a : b;
    return isSet(a) ? set(Op.UNION_SETS, first, second) : relation(Op.UNION, first, second);
  }

  Node intersect(Node a, Node b) {
    if (a == b || isEmpty(a) || isAll(b)) {
      return a;
    }
    if (isEmpty(b) || isAll(a)) {
      return b;
    }
    if (isSet(a)) {
      return set(Op.INTERSECT_SETS, a.id() > b.id() ? b : a, a.id() > b.id() ? a : b);
    }
    if (b.op() == Op.PRODUCT) {
      return from(b.in().getFirst(), to(a, b.in().getLast()));
    }
    if (a.op() == Op.PRODUCT) {
      return from(a.in().getFirst(), to(b, a.in().getLast()));
    }
    return relation(Op.INTERSECT, a.id() > b.id() ? b : a, a.id() > b.id() ? a : b);
  }

  Node minus(Node a, Node b) {
    if (isEmpty(a) || isEmpty(b)) {
      return a;
    }
    if (a == b || isAll(b)) {
      return isSet(a) ? emptySet() : empty();
    }
    if (isAll(a)) {
      return complement(b);
    }
    return isSet(a) ? set(Op.MINUS_SETS, a, b) : relation(Op.MINUS, a, b);
  }

  Node complement(Node a) {
    if (isEmpty(a)) {
      return isSet(a) ? all() : full();
    }
    if (isAll(a)) {
      return isSet(a) ? emptySet() : empty();
    }
    return isSet(a) ? set(Op.COMPLEMENT_SET, a) : relation(Op.COMPLEMENT, a);
  }

  Node sequence(Node a, Node b) {
    if (isEmpty(a) || b.op() == Op.ID) {
      return a;
    }
    if (isEmpty(b) || a.op() == Op.ID) {
      return b;
    }
    if (a.op() == Op.IDENTITY && b.op() == Op.IDENTITY) {
      return identity(intersect(a.in().getFirst(), b.in().getFirst()));
    }
    if (a.op() == Op.IDENTITY) {
      return from(a.in().getFirst(), b);
    }
    if (b.op() == Op.IDENTITY) {
      return to(a, b.in().getFirst());
    }
    return relation(Op.SEQUENCE, a, b);
  }

  Node from(Node set, Node relation) {
    if (isEmpty(set) || isEmpty(relation)) {
      return empty();
    }
    return isAll(set) ? relation : relation(Op.FROM, set, relation);
  }

  Node to(Node relation, Node set) {
    if (isEmpty(set) || isEmpty(relation)) {
      return empty();
    }
    return isAll(set) ? relation : relation(Op.TO, relation, set);
  }

  Node plus(Node a) {
    return isEmpty(a) || isAll(a) || a.op() == Op.PLUS ? a : relation(Op.PLUS, a);
  }

  Node optional(Node a) {
    return isEmpty(a) ? id() : a.op() == Op.OPTIONAL || isAll(a) ? a : relation(Op.OPTIONAL, a);
  }

  Node inverse(Node a) {
    return switch (a.op()) {
      case EMPTY, FULL, ID, IDENTITY -> a;
      case INVERSE -> a.in().getFirst();
      default -> relation(Op.INVERSE, a);
    };
  }

  Node identity(Node set) {
    return isEmpty(set) ? empty() : isAll(set) ? id() : relation(Op.IDENTITY, set);
  }

  Node product(Node a, Node b) {
    return isEmpty(a) || isEmpty(b)
        ? empty()
        : isAll(a) && isAll(b) ? full() : relation(Op.PRODUCT, a, b);
  }

  Node domain(Node relation) {
    return isEmpty(relation) ? emptySet() : set(Op.DOMAIN, relation);
  }

  Node range(Node relation) {
    return isEmpty(relation) ? emptySet() : set(Op.RANGE, relation);
  }

  /** {@return a node and all that it depends on, operands first} */
  static List<Node> order(Node root) {
    return order(root, new HashSet<>());
  }

  /** {@return what is not seen yet of a node and all that it depends on, operands first} */
  static List<Node> order(Node root, Set<Node> seen) {
    List<Node> order = new ArrayList<>();
    visit(root, seen, order);
    return order;
  }

  private static void visit(Node node, Set<Node> seen, List<Node> order) {
    if (seen.add(node)) {
      node.in().forEach(operand -> visit(operand, seen, order));
      order.add(node);
    }
  }
}
